"""Settings that a lesson gives: only those of a run, and no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.data import DATASETS
from tui_nn.lessons.fields import Fields
from tui_nn.lessons.lesson import Settings
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import SETS_OF_IMAGES
from tui_nn.settings.naming import find_name, nearest
from tui_nn.settings.setting import ConfigError, Scope

OF_THE_APP = ("speed", "fps", "walk_interval", "pause_on")
"""What a lesson may set of how a run is shown."""
OF_THE_PERSON = ("fps", "color", "ascii", "mouse", "threads", "pause_on")
"""What whoever sits before the screen has chosen, and no lesson changes."""


def usual_settings(chosen: Config) -> Config:
    """Return the usual settings, with what only concerns the person as it was chosen."""
    return Config().replace(**{name: getattr(chosen, name) for name in OF_THE_PERSON})


def read_settings(fields: Fields, table: str, values: Mapping[str, Any], base: Settings) -> Settings:
    """Return checked values of a table; note what is wrong alone, or beside `base`."""
    found: Settings = {}
    for name, value in values.items():
        setting = SETTINGS.get(name)
        if setting is None:
            near = nearest(name, SETTINGS)
            fields.wrong(name, f"{name} is no setting" + (f"; {near}?" if near else ""), table)
        elif setting.scope is Scope.APP and name not in OF_THE_APP:
            fields.wrong(name, f"{name} is for who sits before the screen to choose, not for a lesson", table)
        elif name == "dataset" and value not in DATASETS and value not in SETS_OF_IMAGES:
            near = nearest(str(value), DATASETS)
            also = f"; {near}?" if near else "; a lesson names a data set, and no file"
            fields.wrong(name, f"dataset: {str(value)[:60]} is no data set{also}", table)
        else:
            try:
                found[name] = setting.parse(value) if isinstance(value, str) else setting.check(_plain(value))
            except ConfigError as error:
                fields.wrong(name, str(error), table)
    try:
        Config().replace(**{**base, **found})
    except ConfigError as error:
        fields.wrong(error.name, str(error), table)
    return found


def read_names(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the names of the settings that a list names by label, name or flag."""
    known = {setting: found.names for setting, found in SETTINGS.items()}
    names = []
    for text in fields.texts(name, []):
        found = find_name(text, known)
        if found is None:
            near = nearest(text, [label for labels in known.values() for label in labels])
            fields.wrong(name, f"{name}: {text} is no setting" + (f"; {near}?" if near else ""))
        else:
            names.append(found)
    return tuple(names)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
