"""Compatible moments of a run: how far back its weights mean what they mean now, by its settings."""

from __future__ import annotations

from tui_nn.engine import Dropout
from tui_nn.settings.changes import changed
from tui_nn.settings.config import Config
from tui_nn.settings.layers import input_shape, network_layers
from tui_nn.settings.setting import Reach, Scope

_LIKELIEST = (Scope.NETWORK, Scope.LIVE, Scope.DATA)
"""Of several causes one of the first scope is named: other data alone may fit the same network."""


def is_compatible(before: Config, after: Config) -> bool:
    """Return whether weights trained with one config are the same network with the other."""
    return _meaning(before) == _meaning(after)


def beginning_in_words(before: Config, after: Config, step: int) -> str:
    """Return why nothing before this step can be gone back to, in a sentence."""
    causes = [setting for setting in changed(before, after) if Reach.MEANING in setting.reaches]
    setting = min(reversed(causes), key=lambda cause: _LIKELIEST.index(cause.scope))
    old, new = (setting.kind.format(getattr(config, setting.name)) for config in (before, after))
    label = setting.label[:1].upper() + setting.label[1:]
    return f"{label} {old} -> {new} at step {step:,} changed the network: earlier moments do not fit it."


def _meaning(config: Config) -> tuple[object, ...]:
    layers = [layer for layer in network_layers(config) if not isinstance(layer, Dropout)]
    features = config.features if config.uses_features else ()
    return input_shape(config), layers, config.loss_name, config.dtype, features, config.standardizes
