"""How settings, and changes of them, are said to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import hidden_text
from tui_nn.settings.setting import ConfigError


def change_in_words(before: Config, after: Config, name: str) -> str:
    """Return what became of a setting, such as "Learning rate 0.03 -> 0.1"."""
    setting = SETTINGS[name]
    old, new = (setting.kind.format(getattr(config, name)) for config in (before, after))
    label = capitalized(setting.label)
    return f"{label} {old} -> {new}" if old != new else f"{label} stays at {new}: {setting.kind.allowed}"


def refusal_in_words(error: ConfigError) -> str:
    """Return why a setting cannot be."""
    label = capitalized(SETTINGS[error.name].label)
    return f"{label}: {error.why}"


def idle_in_words(config: Config) -> str:
    """Return which setting does nothing as the others are, or an empty string; no full stop."""
    if config.regularization == "none" or config.regularization_rate > 0:
        return ""
    return f"{config.regularization} does nothing while the {SETTINGS['regularization_rate'].label} is 0"


def table_in_words(config: Config) -> str:
    """Return in one line how a table was read and with what it begins; empty where there is none.

    No full stop.
    """
    if config.table is None:
        return ""
    batch = f"batches of {config.batch_size:,}" if config.batch_size else "full batches"
    begins = (
        f"hidden layers {hidden_text(config)}, {config.optimizer} {config.learning_rate:g}, {batch}, "
        f"{config.epochs:,} epochs"
    )
    scaled = ", standardized" if config.standardizes else ""
    return f"{config.dataset_spec.help}; begins with {begins}{scaled}"


def greeting(config: Config) -> str:
    """Return the first words of the app."""
    now, next_ = ("Paused", "train") if config.paused else ("Training", "pause")
    keys = f"{now}. Press space to {next_}, ? for help."
    table = table_in_words(config)
    return f"{table}. {keys}" if table else keys


def capitalized(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def with_what_follows(config: Config, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes of settings with what another data set brings along."""
    if "dataset" not in changes:
        return dict(changes)
    from tui_nn.settings.suited import with_suited  # no first picture waits for it

    return with_suited(config, changes)
