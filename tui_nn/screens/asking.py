"""What a screen asks a person for: a setting and its value, where to write a run, which one to open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from tui_nn.data import FEATURES
from tui_nn.screens.choose import LETTERS, ChooseScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.values import choices
from tui_nn.sweeps.following import holds_sweep
from tui_nn.training.remote.run_files import load
from tui_nn.views.map.panel_thumbnails import dataset_pictures
from tui_nn.widgets.form import Form
from tui_nn.widgets.settings_rows import is_listed, why_not_listed


def go_to_settings(screen: RunScreen, name: str) -> None:
    """Go to the settings, and there to a certain one, or say why it is not listed."""
    if name and not is_listed(name, screen.config):
        screen.tell(why_not_listed(SETTINGS[name]), True)
        return

    def go() -> None:
        form = screen.query_one(Form)
        form.focus()
        form.go_to(name)

    screen.add_class("-settings")
    screen.call_after_refresh(go)


def ask_where_to_save(screen: RunScreen, with_timeline: bool) -> None:
    """Ask where to write the run, with all its moments or as it is."""
    from tui_nn.exports.saving import ALLOWED, save_as  # nothing that is drawn waits for it

    label = "save with history to" if with_timeline else "save to"
    _ask_for_file(screen, label, ALLOWED, lambda path: save_as(screen.run, path, with_timeline))


def ask_what_to_open(screen: RunScreen) -> None:
    """Ask which run to read, or which sweep."""

    async def use(path: str) -> None:
        if await asyncio.to_thread(holds_sweep, path):
            await screen.app.run_action(f"app.sweep({path!r})")
        else:
            await load(screen.run, path)

    _ask_for_file(screen, "open", "a file name", use)


def _ask_for_file(
    screen: RunScreen, label: str, note: str, use: Callable[[str], Coroutine[Any, Any, None]]
) -> None:
    def accept(text: str) -> str:
        if not text.strip():
            return "enter a file name"
        screen.app.run_worker(use(text.strip()))
        return ""

    screen.ask(label, f"{screen.config.dataset}.npz", "", note, accept)


def ask_for_setting(screen: RunScreen, name: str, typed: str) -> None:
    """Let a value be typed or chosen; `typed`, a digit, chooses as it does in the list."""
    setting = SETTINGS[name]
    listed = choices(setting.kind)
    if name == "features" and typed.isdecimal():
        toggle_feature(screen, int(typed) - 1)
    elif listed is None:
        _ask_for_value(screen, name, typed)
    else:
        if name == "dataset":
            listed = {name: note for name, note in listed.items() if name in screen.datasets}
        if typed in LETTERS[: len(listed)] and typed:
            _choose(screen, name, list(listed)[LETTERS.index(typed)])
            return
        current = setting.kind.format(getattr(screen.config, name))
        pictures = dataset_pictures(screen.palette) if name == "dataset" else None
        chooser = ChooseScreen(setting.label, listed, current, screen.palette, pictures)
        screen.app.push_screen(chooser, lambda text: _choose(screen, name, text))


def _choose(screen: RunScreen, name: str, text: str | None) -> None:
    if text is not None:
        screen.run.configure(**{name: SETTINGS[name].parse(text)})


def toggle_feature(screen: RunScreen, index: int) -> None:
    """Give the network a feature, or take it away."""
    names = list(FEATURES)
    if not 0 <= index < len(names):
        return
    chosen = set(screen.config.features) ^ {names[index]}
    if not chosen:
        screen.tell("The network needs at least one feature.", True)
        return
    screen.run.configure(features=tuple(name for name in names if name in chosen))


def _ask_for_value(screen: RunScreen, name: str, typed: str) -> None:
    setting = SETTINGS[name]

    def accept(text: str) -> str:
        try:
            value = setting.parse(text)
            screen.config.replace(**{name: value})
        except ConfigError as error:
            return error.why
        screen.run.configure(**{name: value})
        return ""

    shown = setting.kind.format(getattr(screen.config, name))
    screen.ask(setting.label, shown, typed, setting.kind.allowed, accept)
