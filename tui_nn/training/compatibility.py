"""Eras of a run: how far back its weights mean what they mean now. Settings decide, not time."""

from __future__ import annotations

from tui_nn.engine import Dropout
from tui_nn.settings.config import SETTINGS, Config

CAUSES = (
    "hidden_sizes",
    "features",
    "activation",
    "output_activation",
    "batch_norm",
    "loss",
    "dtype",
    "standardize",
    "classes",
    "dataset",
)
"""Settings that make another network of the same weights, the likeliest to have been changed first."""


def is_same_era(before: Config, after: Config) -> bool:
    """Return whether weights trained with one config are the same network with the other."""
    return _meaning(before) == _meaning(after)


def beginning_in_words(before: Config, after: Config, step: int) -> str:
    """Return why nothing before this step can be gone back to, in a sentence."""
    name = next(name for name in CAUSES if getattr(before, name) != getattr(after, name))
    setting = SETTINGS[name]
    old, new = (setting.kind.format(getattr(config, name)) for config in (before, after))
    label = setting.label[:1].upper() + setting.label[1:]
    return f"{label} {old} -> {new} at step {step:,} changed the network: earlier moments do not fit it."


def _meaning(config: Config) -> tuple[object, ...]:
    layers = [layer for layer in config.layers if not isinstance(layer, Dropout)]
    features = config.features if config.uses_features else ()
    return config.input_shape, layers, config.loss_name, config.dtype, features, config.standardize
