"""From descriptions of layers to layers in their places: shapes checked, parameters laid out in a vector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_nn.engine.activations import ACTIVATIONS
from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.layers import Layer, PlacedLayer, Shape
from tui_nn.engine.losses import Loss
from tui_nn.engine.registry import look_up

MAX_PARAMETERS = 20_000_000


@dataclass(frozen=True, eq=False)
class Placement:
    """The vectors of a network, and its layers with views into them."""

    layers: tuple[PlacedLayer, ...]
    parameters: Array
    gradients: Array
    statistics: Array
    weight_mask: npt.NDArray[np.bool_]


def place(
    input_shape: Shape,
    layers: Sequence[Layer],
    dtype: np.dtype[Any],
    dropout_rng: np.random.Generator,
    stack: tuple[int, ...] = (),
) -> Placement:
    """Return `layers` one upon another. Raises EngineError where one does not fit on the one below.

    stack: (n_networks,) where so many networks of this shape lie in one array, one in each row.
    """
    if not layers:
        raise EngineError("A network needs at least one layer.")
    shapes = [input_shape]
    for layer in layers:
        shapes.append(layer.output_shape(shapes[-1]))
    blocks = [layer.block_shape(shape) for layer, shape in zip(layers, shapes, strict=False)]
    measured = [layer.statistics_shape(shape) for layer, shape in zip(layers, shapes, strict=False)]
    size = _stops(blocks)[-1]
    if size > MAX_PARAMETERS:
        raise EngineError(f"The network would have {size:,} parameters; at most {MAX_PARAMETERS:,} fit.")
    parameters, gradients = np.zeros((*stack, size), dtype), np.zeros((*stack, size), dtype)
    statistics, weight_mask = np.zeros((*stack, _stops(measured)[-1]), dtype), np.zeros(size, bool)
    views = [_views(vector, blocks) for vector in (parameters, gradients)]
    for layer, mask in zip(layers, _views(weight_mask, blocks), strict=True):
        mask[:-1] = layer.is_regularized
    names: Counter[str] = Counter()
    placed: list[PlacedLayer] = []
    for position, layer in enumerate(layers):
        names[layer.name] += 1
        placed.append(
            PlacedLayer(
                name=f"{layer.name} {names[layer.name]}",
                layer=layer,
                input_shape=shapes[position],
                output_shape=shapes[position + 1],
                block=views[0][position],
                grad_block=views[1][position],
                statistics=_views(statistics, measured)[position],
                rng=dropout_rng,
                start=_stops(blocks)[position],
            )
        )
    return Placement(tuple(placed), parameters, gradients, statistics, weight_mask)


def _stops(shapes: Sequence[tuple[int, int]]) -> list[int]:
    """Return where blocks of these shapes begin in one vector, and the length of it all."""
    stops = [0]
    for rows, columns in shapes:
        stops.append(stops[-1] + rows * columns)
    return stops


def _views(vector: Array, shapes: Sequence[tuple[int, int]]) -> list[Array]:
    """Return the blocks of `vector` (..., n), one after another."""
    stops, stack = _stops(shapes), vector.shape[:-1]
    return [vector[..., stops[i] : stops[i + 1]].reshape(*stack, *shape) for i, shape in enumerate(shapes)]


def check_activations(layers: Sequence[PlacedLayer], loss: Loss) -> None:
    """Raise EngineError where an activation is unknown or stands where it cannot."""
    for placed in layers:
        look_up("activation", ACTIVATIONS, placed.activation)
    for placed in layers[:-1]:
        if not ACTIVATIONS[placed.activation].is_elementwise:
            raise EngineError(f"{placed.activation} belongs on the last layer, not on {placed.name}.")
    last, allowed = layers[-1], loss.output_activations
    if last.activation not in allowed:
        raise EngineError(
            f"{loss.name} needs {' or '.join(allowed)} on the last layer, not {last.activation}."
        )
    if last.activation == "softmax" and last.units < 2:
        raise EngineError("softmax over one output is always 1; binary_cross_entropy takes one output.")


def sample_shape(shape: int | Sequence[int]) -> Shape:
    """Return (units,) or (channels, height, width); (height, width) is one channel."""
    given = (shape,) if isinstance(shape, int) else tuple(int(length) for length in shape)
    if len(given) == 2:
        given = (1, *given)
    if len(given) not in (1, 3) or min(given) < 1:
        raise EngineError(
            f"An input has the shape {given}; needed is (n_inputs,) or (channels, height, width)."
        )
    return given
