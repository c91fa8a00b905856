"""Settings as a TOML file: `hidden_sizes = [8, 8]`, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui_nn.files.paths import full_path
from tui_nn.files.reading import read_text
from tui_nn.files.toml_text import TomlError, parse_toml
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.sharing.line import PRESET, SEED, LineError, known_key

MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class SettingsFile:
    """What a file says."""

    path: str
    values: Mapping[str, Any]
    """By the name of a setting: a text that is not checked yet, or a value that is."""
    preset: str | None = None
    seed: str | None = None


def read_settings_file(path: str) -> SettingsFile:
    """Return what a file says. Raises FileError where it cannot be read, UsageError for what it says."""
    try:
        said = parse_toml(read_text(full_path(path), MOST_BYTES))
    except TomlError as error:
        raise UsageError(f"{path} is no TOML: line {error.line}: {error}") from None
    values: dict[str, Any] = {}
    others: dict[str, str] = {}
    for key, value in said.items():
        try:
            name = known_key(key, (PRESET, SEED))
        except LineError as error:
            raise UsageError(f"{path}: {error}") from None
        if name in values or name in others:
            raise UsageError(f"{path}: {name} is given twice")
        if name in (PRESET, SEED):
            others[name] = str(value)
        else:
            values[name] = _checked(path, name, value)
    return SettingsFile(path, values, **others)


def _checked(path: str, name: str, value: Any) -> Any:
    """Return a text as it is, any other value checked. Raises UsageError."""
    if isinstance(value, str):
        return value
    try:
        return SETTINGS[name].check(tuple(value) if isinstance(value, list) else value)
    except ConfigError as error:
        raise UsageError(f"{path}: {name}: {error.why}") from None
