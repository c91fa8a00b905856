"""Which settings a data set begins with, where nobody has said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.data import DataError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import find_dataset
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import ConfigError

IMAGE_PRESET = "digits"
"""Whose settings any set of images begins with."""


def suited(dataset: str) -> Mapping[str, Any]:
    """Return the settings, by name, that suit a data set as it is typed; none for a name that is wrong."""
    try:
        kind = find_dataset(SETTINGS["dataset"].parse(dataset))
    except (ConfigError, DataError):
        return {}
    if kind.image_shape is None:
        return {}
    settings = presets()[IMAGE_PRESET].settings
    return {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}


def suited_config(dataset: str) -> Config:
    """Return the defaults of a data set: what a run is that says nothing else. Raises ConfigError."""
    return Config().replace(**{**suited(dataset), "dataset": dataset})
