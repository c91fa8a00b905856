"""Another network for other settings: what still fits of weights and optimizer state stays."""

from __future__ import annotations

import numpy as np

from tui_nn.engine import (
    Network,
    Optimizer,
    carry_holds,
    carry_state,
    matching_parameters,
    transplant,
)
from tui_nn.settings.config import Config
from tui_nn.training.build import build_network, build_optimizer

Pairs = list[tuple[int, int]] | None
"""(old input, new input) of the inputs that stay; None: all that there are, in their order."""


class Rebuilding:
    """Builds networks from one another, and remembers those that were left."""

    def __init__(self) -> None:
        self._left: dict[tuple[object, ...], Network] = {}

    def build(
        self, old: Config, new: Config, network: Network, optimizer: Optimizer, rng: np.random.Generator
    ) -> tuple[Network, Optimizer]:
        """Return the network and the optimizer of `new`; those of `old` stay as they are.

        Neurons that were removed before, and come back, have the weights that they had then. rng: of dropout.
        Raises EngineError.
        """
        built = build_network(new, rng)
        built_optimizer = build_optimizer(new, built)
        pairs = _feature_pairs(old, new)
        transplant(network, built, pairs)
        self._bring_back(network, built, new, pairs)
        carry_state(network, optimizer, built, built_optimizer, pairs)
        return built, built_optimizer

    def leave(self, config: Config, network: Network) -> None:
        """Remember a network that another one stands in for from now on."""
        self._left[_shape_key(config)] = network

    def _bring_back(self, network: Network, built: Network, config: Config, pairs: Pairs) -> None:
        before = self._left.get(_shape_key(config))
        if before is None or before.n_parameters != built.n_parameters:
            return
        _, kept = matching_parameters(network, built, pairs)
        returning = np.ones(built.n_parameters, dtype=bool)
        returning[kept] = False
        built.parameters[returning] = before.parameters[returning]
        carry_holds(before, built, np.flatnonzero(returning), np.flatnonzero(returning))


def _feature_pairs(old: Config, new: Config) -> Pairs:
    """Return the features that stay; None where inputs are not features."""
    if not (old.uses_features and new.uses_features):
        return None
    return [(i, new.features.index(name)) for i, name in enumerate(old.features) if name in new.features]


def _shape_key(config: Config) -> tuple[object, ...]:
    return config.hidden_sizes, config.features, config.n_outputs, config.dtype
