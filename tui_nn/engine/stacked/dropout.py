"""Dropout in a stack: each network draws from its own stream exactly what it would draw alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.layers import Layer, Pass, PlacedLayer, Slot
from tui_nn.engine.stacked.dense import by_network


@dataclass(frozen=True)
class StackedDropout(Layer):
    """a = x m / (1 - rate), as Dropout, with rates and streams of each network's own."""

    rates: tuple[float, ...]
    rngs: tuple[np.random.Generator, ...]

    name = "dropout"

    def keeps_values(self, training: bool) -> bool:
        """Return whether nothing is silenced."""
        return not training or not any(self.rates)

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Draw the masks one after another, multiply; on the way back multiply by the same masks."""
        if here.delta is None or self.keeps_values(training):
            return Pass([])
        dtype, n_networks = here.activations.dtype, len(self.rates)
        mask: Array = np.empty(by_network(here.activations, n_networks).shape, dtype)
        keep = 1.0 - np.array(self.rates)[:, None, None]
        draws = [partial(rng.random, None, dtype, own) for rng, own in zip(self.rngs, mask, strict=True)]
        x, z = (by_network(values, n_networks) for values in (below.activations, here.preactivations))
        forward: list[Operation] = [
            *draws,
            partial(np.add, mask, keep.astype(dtype), mask),
            partial(np.floor, mask, mask),
            partial(np.multiply, mask, (1.0 / keep).astype(dtype), mask),
            partial(np.multiply, x, mask, z),
        ]
        if below.delta is None:
            return Pass(forward)
        delta, delta_below = (by_network(values, n_networks) for values in (here.delta, below.delta))
        return Pass(forward, [partial(np.multiply, delta, mask, delta_below)])
