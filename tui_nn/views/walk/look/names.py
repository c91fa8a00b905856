"""What layers and neurons are called in a walk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_nn.engine import Conv2D, Network
from tui_nn.training.columns import columns
from tui_nn.training.names import layer_name, short_layer_name

NAME = 10
"""Letters of a name at most."""


@dataclass(frozen=True)
class Names:
    """Names for the parts of one network. Positions are those in `network.layers`, -1 is the input."""

    numbers: tuple[int, ...]
    """The number of each layer as a person counts: that of the layer it belongs to."""
    shapes: tuple[tuple[int, ...], ...]
    """The shape of one sample of the input and of each layer."""
    filters: frozenset[int]
    """Positions of layers whose channels are filters."""
    inputs: Sequence[str] = ()
    """One for each input; empty: numbers."""
    image_shape: tuple[int, int] | None = None
    """Rows and columns of a sample that is an image, although the network may take it as a row."""
    classes: Sequence[str] = field(default=())
    """Names of the classes; empty for regression."""

    @property
    def n_layers(self) -> int:
        """Layers as a person counts, without the input."""
        return max(self.numbers)

    def number(self, position: int) -> int:
        """Return the layer's number as a person counts; 0 for the input."""
        return 0 if position < 0 else self.numbers[position]

    def layer(self, position: int) -> str:
        """Return "input", "hidden 2" or "output"."""
        return layer_name(self.number(position), self.n_layers + 1)

    def short_layer(self, position: int) -> str:
        """Return "in", "h2" or "out"."""
        return short_layer_name(self.number(position), self.n_layers + 1)

    def unit(self, position: int, unit: int) -> str:
        """Return the name of a neuron or input in at most ten letters: "3", "x", "f2 (3,4)"."""
        shape = self.shapes[position + 1]
        if position < 0 and self.image_shape is not None:
            shape = (math.prod(shape) // math.prod(self.image_shape), *self.image_shape)
        if position < 0 and unit < len(self.inputs):
            return self.inputs[unit]
        if len(shape) == 1:
            return self.classes[unit][:NAME] if self._are_classes(position) else str(unit + 1)
        channel, rest = divmod(unit, shape[1] * shape[2])
        row, column = divmod(rest, shape[2])
        place = f"({row + 1},{column + 1})"
        return place if shape[0] == 1 and position < 0 else f"f{channel + 1}{place}"

    def of_units(self, position: int) -> str:
        """Return what the units are called: "neuron", "filter", "input" or "pixel"."""
        if len(self.shapes[position + 1]) == 3:
            return "pixel"
        if position < 0:
            return "pixel" if self.image_shape is not None else "input"
        if self.number(position) < self.n_layers:
            return "neuron"
        return "class" if self._are_classes(position) else "output"

    def _are_classes(self, position: int) -> bool:
        """Return whether the units stand for one class each."""
        is_last = position == len(self.shapes) - 2
        return is_last and len(self.classes) > 1 and self.shapes[-1] == (len(self.classes),)


def name_parts(
    network: Network,
    inputs: Sequence[str] = (),
    image_shape: tuple[int, int] | None = None,
    classes: Sequence[str] = (),
) -> Names:
    """Return names for a network's parts."""
    outputs = [column.output for column in columns(network)]
    numbers = []
    for position in range(len(network.layers)):
        reached = sum(output < position for output in outputs)
        is_between = position not in outputs and not _belongs_ahead(network, position)
        numbers.append(max(1, reached if is_between else reached + 1))
    return Names(
        numbers=tuple(numbers),
        shapes=(network.input_shape, *(placed.output_shape for placed in network.layers)),
        filters=frozenset(i for i, placed in enumerate(network.layers) if isinstance(placed.layer, Conv2D)),
        inputs=tuple(inputs),
        image_shape=image_shape,
        classes=tuple(classes),
    )


def _belongs_ahead(network: Network, position: int) -> bool:
    """Return whether a layer is the first part of the next column: weights whose batch norm follows."""
    return any(
        column.placed is network.layers[position] and column.output != position for column in columns(network)
    )
