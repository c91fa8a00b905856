"""Dropout: in training, a random part of the neurons is silent at each step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.errors import EngineError
from tui_nn.engine.layers.layer import Layer, Pass, PlacedLayer, Slot


@dataclass(frozen=True)
class Dropout(Layer):
    """a = x m / (1 - rate), m = 1 with probability 1 - rate, else 0; without training a = x.

    Dividing keeps the mean, so that nothing need change afterwards (Srivastava and others 2014).
    """

    rate: float = 0.5

    name = "dropout"
    formula = "a = x m / (1 - rate), m random 0 or 1"
    help = "Zeroes a random fraction of neurons at each step to reduce co-adaptation."

    def __post_init__(self) -> None:
        if not 0.0 <= self.rate < 1.0:
            raise EngineError(f"dropout is {self.rate}; allowed: 0 to below 1 (0.2 is typical).")

    def keeps_values(self, training: bool) -> bool:
        """Return whether nothing is silenced."""
        return not training or self.rate == 0.0

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Draw a mask, multiply; on the way back multiply by the same mask."""
        if here.delta is None or self.keeps_values(training):
            return Pass([])
        dtype = here.activations.dtype
        mask: Array = np.empty_like(here.activations)
        keep, scale = np.array(1.0 - self.rate, dtype), np.array(1.0 / (1.0 - self.rate), dtype)
        forward: list[Operation] = [
            partial(placed.rng.random, None, dtype, mask),  # u in [0, 1)
            partial(np.add, mask, keep, mask),  # floor(u + keep) is 1 with probability keep
            partial(np.floor, mask, mask),
            partial(np.multiply, mask, scale, mask),
            partial(np.multiply, below.activations, mask, here.preactivations),
        ]
        notes = {"mask": mask}
        if below.delta is None:
            return Pass(forward, notes=notes)
        return Pass(forward, [partial(np.multiply, here.delta, mask, below.delta)], notes)
