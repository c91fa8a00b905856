"""Named sets of settings, read from assets/presets.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from tui_nn.files.assets import asset_path
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Scope


@dataclass(frozen=True)
class Preset:
    """Values for some fields of Config, and what they are good for."""

    name: str
    help: str
    settings: dict[str, Any]
    """By name, lists as Config has them: tuples."""


@cache
def presets() -> dict[str, Preset]:
    """Return every preset by name."""
    entries = json.loads(asset_path("presets.json").read_text(encoding="utf-8"))
    return {
        name: Preset(
            name,
            entry["help"],
            {field: tuple(v) if isinstance(v, list) else v for field, v in entry["settings"].items()},
        )
        for name, entry in entries.items()
    }


def preset_config(config: Config, name: str) -> Config:
    """Return what a preset makes of settings: its own, the defaults, and the screen's as they are."""
    kept = {s.name: getattr(config, s.name) for s in SETTINGS.values() if s.scope is Scope.APP}
    return Config.from_dict(kept | presets()[name].settings)
