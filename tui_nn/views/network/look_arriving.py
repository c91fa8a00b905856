"""What arrives at one neuron: the weights and values whose products add up to it.

A pool is read as such a sum as well: of a mean every weight is the same, of a maximum the winner's is one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import AveragePool2D, Conv2D, MaxPool2D, PlacedLayer
from tui_nn.engine.layers.images import Windows, slide
from tui_nn.training.wiring import weight_column

Array = NDArray[Any]
OUTSIDE = -1
"""Stands for the neuron that a zero around an image comes from."""


@dataclass(frozen=True, eq=False)
class Arriving:
    """The terms of a neuron without its bias, in the order of the rows of the weights; arrays (n,)."""

    units: Array
    """The unit of the layer below, as one long row; OUTSIDE for zeros around an image."""
    weights: Array
    values: Array


def arriving(placed: PlacedLayer, unit: int, below: Array) -> Arriving:
    """Return what arrives at `unit` of a layer, given the activations (n,) of the layer below."""
    layer = placed.layer
    if isinstance(layer, Conv2D):
        windows = slide(placed.input_shape, layer.kernel_size, layer.stride, layer.padding, "A convolution")
        units = _window(placed, windows, unit, range(placed.input_shape[0]))
        weights = placed.weights[:, weight_column(placed, unit)]
    elif isinstance(layer, (MaxPool2D, AveragePool2D)):
        windows = slide(placed.input_shape, layer.size, layer.stride or layer.size, "valid", "A pool")
        units = _window(placed, windows, unit, [unit // math.prod(placed.output_shape[1:])])
        weights = np.full(len(units), 1.0 / len(units))
        if isinstance(layer, MaxPool2D):
            weights = (np.arange(len(units)) == below[units].argmax()).astype(np.float64)
    else:
        units, weights = np.arange(len(placed.weights)), placed.weights[:, unit]
    values = np.where(units == OUTSIDE, 0.0, below[units])
    return Arriving(units, np.array(weights, np.float64), np.array(values, np.float64))


def _window(placed: PlacedLayer, windows: Windows, unit: int, channels: Any) -> Array:
    """Return the units under the window of one output: channel by channel, row by row."""
    _, height, width = placed.input_shape
    place = unit % math.prod(placed.output_shape[1:])
    top, left = divmod(place, placed.output_shape[2])
    span = np.arange(windows.size)
    rows = top * windows.stride - windows.before[0] + span[:, None]
    columns = left * windows.stride - windows.before[1] + span[None, :]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    flat = np.where(inside, rows * width + columns, OUTSIDE).ravel()
    return np.concatenate([np.where(flat == OUTSIDE, OUTSIDE, c * height * width + flat) for c in channels])
