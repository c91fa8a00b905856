"""How changes of settings are said to a person."""

from __future__ import annotations

from tui_nn.config import SETTINGS, Config


def change_in_words(before: Config, after: Config, name: str) -> str:
    """Return what became of a setting, such as "Learning rate 0.03 -> 0.1"."""
    setting = SETTINGS[name]
    old, new = (setting.kind.format(getattr(config, name)) for config in (before, after))
    label = setting.label[:1].upper() + setting.label[1:]
    return f"{label} {old} -> {new}" if old != new else f"{label} stays at {new}: {setting.kind.allowed}"
