"""Where in the vector of parameters a weight, a bias and all that belongs to a neuron lie.

Layers and neurons are counted as a person counts them (columns.py). The pixels of a filter share their
weights: what is done to one of them is done to the filter.
"""

from __future__ import annotations

import math

import numpy as np

from tui_nn.engine import BatchNorm, Conv2D, EngineError, Network, PlacedLayer
from tui_nn.engine.holds import Positions
from tui_nn.training.columns import columns
from tui_nn.training.names import Node


def weight_column(placed: PlacedLayer, unit: int) -> int:
    """Return the column of the layer's weights that makes a unit: its own, or that of its filter."""
    if isinstance(placed.layer, Conv2D):
        return unit // math.prod(placed.output_shape[1:])
    return unit


def parameter_position(network: Network, layer: int, source: int | None, unit: int) -> int:
    """Return the position of a weight, or without a source of a bias. Raises EngineError without one.

    layer: 0 is the first after the input. source: the row of the weights.
    """
    layers = [column.placed for column in columns(network)]
    if not 0 <= layer < len(layers) or not 0 <= unit < layers[layer].units:
        raise EngineError("This neuron no longer exists.")
    placed = layers[layer]
    row = len(placed.weights) if source is None else source
    if not placed.has_parameters or not 0 <= row < len(placed.weights) + (source is None):
        raise EngineError("This weight no longer exists.")
    return placed.start + row * int(placed.block.shape[1]) + weight_column(placed, unit)


def own_positions(network: Network, node: Node) -> Positions:
    """Return where the weights that arrive at a neuron and its bias lie; of batch norm its γ and β too."""
    check_node(network, node)
    layer, unit = node
    if layer == 0:
        return np.arange(0)
    column = columns(network)[layer - 1]
    placed, top = column.placed, network.layers[column.output]
    found = _column(placed, weight_column(placed, unit))
    if top is not placed and isinstance(top.layer, BatchNorm):
        found = np.concatenate([found, _column(top, weight_column(placed, unit))])
    return found


def leaving_positions(network: Network, node: Node) -> Positions:
    """Return where the weights lie that read a neuron; of a filter those that read any of its pixels.

    Raises EngineError for a pixel of the input that shares its weights with all others.
    """
    check_node(network, node)
    layer, unit = node
    found = columns(network)
    reader = next((column.placed for column in found[layer:] if column.placed.has_parameters), None)
    if reader is None:
        return np.arange(0)
    if layer == 0 and reader is found[0].placed and not isinstance(reader.layer, Conv2D):
        rows = np.array([unit])
    elif layer == 0:
        raise EngineError("Pixels share the filter's weights, so a single one cannot be cut.")
    else:
        shape = found[layer - 1].placed.output_shape
        share = len(reader.weights) // shape[0]
        channel = unit // math.prod(shape[1:])
        rows = np.arange(channel * share, (channel + 1) * share)
    numbers = reader.start + np.arange(reader.weights.size).reshape(reader.weights.shape)
    return np.asarray(numbers[rows].ravel(), dtype=np.intp)


def check_node(network: Network, node: Node) -> None:
    """Raise EngineError unless there is such a neuron."""
    layers = columns(network)
    layer, unit = node
    if not 0 <= layer <= len(layers):
        raise EngineError("This layer no longer exists.")
    units = network.n_inputs if layer == 0 else layers[layer - 1].placed.units
    if not 0 <= unit < units:
        raise EngineError("This neuron no longer exists.")


def _column(placed: PlacedLayer, column: int) -> Positions:
    if not placed.has_parameters:
        return np.arange(0)
    fan_out = placed.block.shape[1]
    found: Positions = placed.start + column + fan_out * np.arange(len(placed.block), dtype=np.intp)
    return found
