"""What a layer is: a frozen description that knows its shapes and writes its share of the tape.

Inside a step a column is a sample: arrays are (units, n_samples), images (channels, height, width, n_samples)
flattened to that. So each layer's values are one contiguous block, and a row of ones below them is enough to
make the biases a last row of the weights: z = [W; b]ᵀ [a; 1].
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.initializers import Initializer

Shape = tuple[int, ...]
"""Shape of one sample: (units,) or (channels, height, width)."""


@dataclass(frozen=True, eq=False)
class Slot:
    """The arrays of one layer's values for one batch, all (units, n_samples) views."""

    preactivations: Array
    """z; the same memory as `activations` where the activation is linear."""
    activations: Array
    """a = f(z)."""
    extended: Array
    """(units + 1, n_samples): the activations, and a row of ones that multiplies the next layer's biases."""
    slope: Array | None = None
    """f'(z); None where it is one everywhere, and outside training."""
    delta: Array | None = None
    """On the way back first dL/da, then dL/dz. None where nobody asks: the inputs, and outside training."""


@dataclass(frozen=True, eq=False)
class PlacedLayer:
    """A layer in its place in a network: its name, shapes, and views into the network's vectors.

    In a stack of networks (stacked/) the views have one more axis in front, the networks.
    """

    name: str
    layer: Layer
    input_shape: Shape
    output_shape: Shape
    block: Array
    """(fan_in + 1, fan_out) view of the parameters: the weights, and the biases as the last row."""
    grad_block: Array
    """The same view of the gradients."""
    statistics: Array
    """(k, m) view of what a layer measures and does not train: running means and variances of batch norm."""
    rng: np.random.Generator
    """Randomness of training itself (dropout)."""
    start: int
    """Position of the block in the network's vector of parameters."""

    @property
    def activation(self) -> str:
        """Name of the activation."""
        return self.layer.activation

    @property
    def weights(self) -> Array:
        """(fan_in, fan_out), writable."""
        return self.block[..., :-1, :]

    @property
    def biases(self) -> Array:
        """(fan_out,), writable."""
        biases: Array = self.block[..., -1, :]
        return biases

    @property
    def grad_weights(self) -> Array:
        """dL/dW (fan_in, fan_out) of the last step."""
        return self.grad_block[..., :-1, :]

    @property
    def grad_biases(self) -> Array:
        """dL/db (fan_out,) of the last step."""
        grad_biases: Array = self.grad_block[..., -1, :]
        return grad_biases

    @property
    def units(self) -> int:
        """Number of outputs for one sample."""
        return math.prod(self.output_shape)

    @property
    def has_parameters(self) -> bool:
        """Whether there is something to train."""
        return self.block.size > 0


@dataclass(frozen=True)
class Pass:
    """A layer's share of the tape."""

    forward: list[Operation]
    backward: list[Operation] = field(default_factory=list)
    notes: Mapping[str, Array] = field(default_factory=dict)
    """What the layer writes down on its way up, beside its slot, by the name it has in the formula."""


@dataclass(frozen=True)
class Layer:
    """A layer without parameters that changes nothing; kinds of layers override what differs."""

    name = "layer"
    formula = "a = x"
    help = ""
    activation = "linear"
    reads_rows = False
    """Whether the layer can read a batch whose rows are samples, as it was gathered."""
    is_regularized = True
    """Whether the weights (not the biases) are pulled towards zero by a penalty."""

    def keeps_values(self, training: bool) -> bool:
        """Return whether the outputs are the inputs, perhaps under another shape: no memory of their own."""
        return False

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one output sample. Raises EngineError where the layer cannot stand there."""
        return input_shape

    def block_shape(self, input_shape: Shape) -> tuple[int, int]:
        """Return (fan_in + 1, fan_out) of the parameters; (1, 0) without any."""
        return (1, 0)

    def statistics_shape(self, input_shape: Shape) -> tuple[int, int]:
        """Return the shape of what is measured and not trained."""
        return (0, 0)

    def initialize(
        self, placed: PlacedLayer, initializer: Initializer, bias_init: float, rng: np.random.Generator
    ) -> None:
        """Write the first parameters."""

    def piece(self, placed: PlacedLayer, below: Slot) -> Array | None:
        """Return numbers that change where the layer jumps from one smooth piece to another, or None."""
        return None

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Return the operations from the layer below to this one, and in training those back.

        Forward they fill `here.preactivations` from `below`; backward the gradients and, if wanted,
        `below.delta` (dL/da of the layer below) from `here.delta` (dL/dz of this one).
        """
        return Pass([])
