"""Settings that change nothing of a training beside the others, and which of the others is why."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import n_activations
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.values import choices

CAUSES = ("optimizer", "schedule", "regularization", "dataset")
"""Settings that decide whether others mean anything."""


def _no_penalty(config: Config) -> str:
    return "regularization_rate is 0" if config.regularization_rate == 0 else ""


def _no_hidden_layer(config: Config) -> str:
    return "hidden_sizes is none" if n_activations(config) == 0 else ""


def _one_batch(config: Config) -> str:
    return "batch_size is full" if config.batch_size in (None, config.n_train) else ""


def _no_remainder(config: Config) -> str:
    size = config.batch_size
    if size is None or config.n_train % size:
        return _one_batch(config)
    return f"batches of {size:,} leave no remainder of {config.n_train:,} samples"


_ALSO: dict[str, Callable[[Config], str]] = {
    "regularization_rate": lambda c: "regularization is none" if c.regularization == "none" else "",
    "regularization": _no_penalty,
    "l1_ratio": _no_penalty,
    "activation": _no_hidden_layer,
    "dropout": _no_hidden_layer,
    "batch_norm": _no_hidden_layer,
    "shuffle": _one_batch,
    "remainder": _no_remainder,
}
"""Beside `Setting.when`: settings that keep their row, for they can be set before what makes them count."""


def why_idle(config: Config, name: str) -> str:
    """Return why a setting does nothing, as "regularization is none"; an empty text where it counts."""
    if config.is_relevant(name):
        return _ALSO[name](config) if name in _ALSO else ""
    cause = next((cause for cause in CAUSES if _decides(config, cause, name)), None)
    if cause is None:
        return "the other settings are as they are"
    return f"{cause} is {SETTINGS[cause].kind.format(getattr(config, cause))}"


def _decides(config: Config, cause: str, name: str) -> bool:
    """Return whether a setting would count if another one had another value."""
    for value in choices(SETTINGS[cause].kind) or {}:
        with suppress(ConfigError):
            if config.replace(**{cause: SETTINGS[cause].parse(value)}).is_relevant(name):
                return True
    return False
