"""The settings of a run as a TOML file that `--config` reads: those that are not as they are by default."""

from __future__ import annotations

import json
from typing import Any

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.sharing.line import chosen_names


def write_toml(config: Config) -> str:
    """Return one line for each setting that differs; the data set always."""
    lines = [f"{name} = {_written(name, getattr(config, name))}" for name in chosen_names(config)]
    return "".join(f"{line}\n" for line in lines)


def _written(name: str, value: Any) -> str:
    """Return a value as TOML has it; a word where the setting has one for no value."""
    if isinstance(value, tuple) and value:
        return f"[{', '.join(map(_plain, value))}]"
    return _plain(SETTINGS[name].typed(value) if value is None or isinstance(value, tuple) else value)


def _plain(value: Any) -> str:
    """Return a text, a number or a truth value: JSON and TOML write them alike."""
    return json.dumps(value)
