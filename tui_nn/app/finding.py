"""The list of all that can be found, and what is done with a setting, a data set or a preset found there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui_nn.files.errors import FileError
from tui_nn.lessons.course import language_of
from tui_nn.lessons.glossary import Glossary, shipped_glossary
from tui_nn.render.palette import palette_for
from tui_nn.screens.entries import find_entries
from tui_nn.screens.find import FindScreen
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.datasets import find_dataset
from tui_nn.settings.presets import preset_config, presets

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp


def open_palette(app: PlaygroundApp) -> None:
    """Open the list, where there is room to read it."""

    async def do_found(action: str | None) -> None:
        if action is not None and not await app.run_action(action):
            app.tell("That works on another screen.", is_warning=True)

    if not app.shown.has_class("-tiny"):
        palette = palette_for(app.depth, app.is_ascii)
        app.push_screen(FindScreen(find_entries(app.config, _glossary(app)), palette), do_found)


def _glossary(app: PlaygroundApp) -> Glossary:
    """Return the words of the field; none, and why in words, where they cannot be read."""
    try:
        return shipped_glossary(language_of(os.environ))
    except FileError as error:
        app.tell(f"{error}.", is_warning=True)
        return Glossary({})


async def choose(app: PlaygroundApp, name: str, text: str) -> None:
    """Give a setting a value; a data set is shown on the screen that can."""
    value = SETTINGS[name].parse(text)
    if name == "dataset":
        await _open_screen_for(app, value)
    app.run_shown.configure(**{name: value})


async def use_preset(app: PlaygroundApp, name: str) -> None:
    """Use the settings of a preset."""
    await _open_screen_for(app, preset_config(app.config, name).dataset)
    words = f"Preset {name}: {presets()[name].help}. ctrl+z takes it back."
    app.run_shown.use(preset_config(app.config, name), words)


async def _open_screen_for(app: PlaygroundApp, dataset: str) -> None:
    """Open the screen that shows a data set, where what is open does not."""
    has_images = find_dataset(dataset).image_shape is not None
    if has_images != (app.config.image_shape is not None):
        await app.action_open("digits" if has_images else "playground")
