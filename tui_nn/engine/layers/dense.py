"""The dense layer: every output looks at every input."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from tui_nn.engine.arrays import Operation
from tui_nn.engine.errors import EngineError
from tui_nn.engine.initializers import Initializer
from tui_nn.engine.layers.layer import Layer, Pass, PlacedLayer, Shape, Slot


@dataclass(frozen=True)
class Dense(Layer):
    """z = Wᵀ x + b, then the activation.

    The chain rule, backwards from delta = dL/dz:
        dL/dW = x deltaᵀ      dL/db = delta summed over the batch      dL/dx = W delta
    The row of ones under x makes the first two one product, and the forward pass another.
    """

    units: int
    activation: str = "linear"

    name = "dense"
    formula = "a = f(Wᵀ x + b)"
    reads_rows = True
    help = "Fully connected: each neuron takes a weighted sum of all inputs."

    def __post_init__(self) -> None:
        if self.units < 1:
            raise EngineError(f"A dense layer has {self.units} units; it needs at least 1.")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (units,): images are read as one long row."""
        return (self.units,)

    def block_shape(self, input_shape: Shape) -> tuple[int, int]:
        """Return (fan_in + 1, units)."""
        return (math.prod(input_shape) + 1, self.units)

    def initialize(
        self, placed: PlacedLayer, initializer: Initializer, bias_init: float, rng: np.random.Generator
    ) -> None:
        """Draw the weights, set the biases."""
        fan_in, fan_out = placed.weights.shape
        placed.weights[...] = initializer.draw(rng, fan_in, fan_out, fan_in, fan_out)
        placed.biases[...] = bias_init

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Return the product z = [W; b]ᵀ [x; 1], and those for dL/d[W; b] and dL/dx."""
        forward: list[Operation] = [partial(placed.block.T.dot, below.extended, here.preactivations)]
        if here.delta is None:
            return Pass(forward)
        backward: list[Operation] = [partial(below.extended.dot, here.delta.T, placed.grad_block)]
        if below.delta is not None:
            backward.append(partial(placed.weights.dot, here.delta, below.delta))
        return Pass(forward, backward)
