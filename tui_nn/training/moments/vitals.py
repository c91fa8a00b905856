"""The vital signs of a network at one step: sizes of gradients and weights, neurons that are silent or stuck.

A neuron is flat at a sample where its slope is nearly zero: no gradient passes there. It is dead if its
activation is flat on one side alone (relu) and it answers 0 to every sample; it is saturated if it is flat at
nearly all samples otherwise (tanh near 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import ACTIVATIONS, Activation, Conv2D, Network, Trace
from tui_nn.training.columns import Column, columns

Array = NDArray[Any]

LOOKED_ROWS = 256
"""At most so many training samples, the first ones, are looked at."""
LOOKED_VALUES = 1 << 19
"""Fewer are looked at where they would make more values than this."""
LOOKED_PRODUCTS = 1 << 26
"""Fewer are looked at where they would take more multiplications than this."""
FLAT = 0.005
"""A slope is flat below this part of the activation's largest."""
SILENT = 1e-3
"""An answer is zero below this."""
MOST_FLAT = 0.95
"""A neuron is saturated if it is flat at this part of the samples."""


@dataclass(frozen=True)
class Vitals:
    """What was felt at one step; each tuple has an entry for each layer as a person counts them."""

    step: int
    gradient_norms: tuple[float, ...]
    """√Σ (dL/dp)² of the last step; NaN without weights, and before the first step."""
    weight_norms: tuple[float, ...]
    """√Σ p², biases included; NaN without weights."""
    counted: tuple[int, ...]
    """Neurons (of a convolution: filters) that were looked at; 0 where flatness is no trouble."""
    dead: tuple[int, ...]
    saturated: tuple[int, ...]
    motion: float
    """How far a step moved the parameters, as a part of their size, since the vitals before; or NaN."""

    @cached_property
    def gradient_norm(self) -> float:
        """The norm of the whole gradient; 0 before the first step."""
        return math.sqrt(sum(norm * norm for norm in self.gradient_norms if not math.isnan(norm)))


def looked_rows(network: Network, n_samples: int) -> int:
    """Return how many of the training samples are looked at: fewer in large networks."""
    most = LOOKED_VALUES // sum(network.layer_sizes), LOOKED_PRODUCTS // max(1, network.n_parameters)
    return max(1, min(LOOKED_ROWS, n_samples, *most))


def moved(step_then: int, parameters_then: Array, step: int, parameters: Array) -> float:
    """Return how far a step moved the parameters on average, as a part of their size; NaN if nobody knows."""
    if step <= step_then or parameters_then.shape != parameters.shape:
        return math.nan
    way = parameters - parameters_then
    square, size = float(way @ way), float(parameters @ parameters)
    return math.sqrt(square / size) / (step - step_then) if size > 0 else math.nan


def measure_vitals(network: Network, inputs: Array, step: int, motion: float = math.nan) -> Vitals:
    """Return the vitals of a network as it answers to inputs (n, n_inputs)."""
    placed = columns(network)
    counted, dead, saturated = zip(*count_flat(network, network.trace(inputs)), strict=True)
    return Vitals(
        step,
        tuple(layer_norm(column, column.placed.grad_block) if step else math.nan for column in placed),
        tuple(layer_norm(column, column.placed.block) for column in placed),
        counted,
        dead,
        saturated,
        motion,
    )


def count_flat(network: Network, trace: Trace) -> list[tuple[int, int, int]]:
    """Return (counted, dead, saturated) neurons of each layer as a person counts them.

    The last layer is not counted: an output that is sure of itself is flat, and right to be.
    """
    *hidden, _ = columns(network)
    return [_count_flat(network, trace, column) for column in hidden] + [(0, 0, 0)]


def _count_flat(network: Network, trace: Trace, column: Column) -> tuple[int, int, int]:
    name = network.layers[column.output].activation
    if not is_flat_somewhere(name):
        return 0, 0, 0
    z, a = (_by_neuron(column, values[column.output]) for values in (trace.preactivations, trace.activations))
    is_flat = np.abs(ACTIVATIONS[name].derivative(z, a)) < FLAT * _largest_slope(name)
    n_dead = 0
    if _is_one_sided(name):
        is_silent = np.abs(a) < SILENT
        n_dead = int(np.count_nonzero(np.logical_and.reduce(is_flat & is_silent)))
        is_flat &= ~is_silent
    times_flat = np.add.reduce(is_flat, dtype=np.int64)
    return z.shape[1], n_dead, int(np.count_nonzero(times_flat >= MOST_FLAT * len(z)))


@cache
def is_flat_somewhere(name: str) -> bool:
    """Return whether neurons of an activation can be dead or saturated."""
    activation = ACTIVATIONS[name]
    return activation.is_trainable and activation.is_elementwise and any(_is_flat_far_out(activation))


@cache
def _is_one_sided(name: str) -> bool:
    """Return whether an activation is flat far below zero alone."""
    return _is_flat_far_out(ACTIVATIONS[name]) == (True, False)


def _is_flat_far_out(activation: Activation) -> tuple[bool, bool]:
    """Return whether the slope is flat far below zero, and far above."""
    largest = _largest_slope(activation.name)
    below, above = (np.abs(activation.slope(np.array([z, 2 * z]))) for z in (-50.0, 50.0))
    return bool((below < FLAT * largest).all()), bool((above < FLAT * largest).all())


@cache
def _largest_slope(name: str) -> float:
    return float(np.abs(ACTIVATIONS[name].slope(np.linspace(-8.0, 8.0, 4001))).max())


def _by_neuron(column: Column, values: Array) -> Array:
    """Return (n, units) values as (m, neurons): of a convolution, every place of an image is a row."""
    if not isinstance(column.placed.layer, Conv2D):
        return values
    filters = column.placed.output_shape[0]
    return np.asarray(values.reshape(len(values), filters, -1).swapaxes(1, 2).reshape(-1, filters))


def layer_norm(column: Column, block: Array) -> float:
    """Return the norm of the parameters or the gradients of a layer; NaN where it has none."""
    if not column.placed.has_parameters:
        return math.nan
    values = block.ravel()
    square = float(values @ values)
    return math.sqrt(square) if square >= 0.0 else math.nan
