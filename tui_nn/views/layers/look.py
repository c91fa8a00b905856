"""Looks at the layers as a whole."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Conv2D
from tui_nn.render.scales import largest_of, stable_power
from tui_nn.training.columns import Column, column_names, columns
from tui_nn.training.looks import Looks
from tui_nn.training.moments.vitals import count_flat, layer_norm, looked_rows
from tui_nn.training.names import feature_names
from tui_nn.training.trainer import Trainer
from tui_nn.views.layers.values import (
    BINS,
    GRADIENT_DECADES,
    Bounds,
    LayerHealth,
    Layers,
    LayersRequest,
    Spread,
    WeightMatrix,
)

Array = NDArray[Any]

MOST_COUNTED = 40_000
"""Of more values than this, evenly spaced ones are counted."""
MOST_KERNELS = 512


def look_at_layers(trainer: Trainer, request: LayersRequest) -> Layers | None:
    """Return the layers at the present moment; looking changes nothing of the run."""
    network = trainer.network
    n_samples = looked_rows(network, len(trainer.problem.train))
    with np.errstate(all="ignore"):
        trace = network.trace(trainer.problem.train.inputs(slice(n_samples)))
        flat = count_flat(network, trace)
        health, bounds = [], []
        for number, (column, name) in enumerate(zip(columns(network), column_names(network), strict=True)):
            before = request.bounds[number] if number < len(request.bounds) else (0.0, 0.0)
            outputs, weights = trace.activations[column.output], column.placed.weights
            layer_bounds = (
                stable_power(largest_of(outputs), before[0]),
                stable_power(largest_of(weights), before[1]),
            )
            health.append(_health(trainer, column, name, outputs, flat[number], layer_bounds))
            bounds.append(layer_bounds)
        matrix = _matrix(trainer, request)
    alike = [c for c in trainer.checkups.all if len(c.vitals.gradient_norms) == len(health)]
    return Layers(
        tuple(health),
        matrix,
        n_samples,
        np.array([c.step for c in alike], dtype=np.int64),
        np.array([c.vitals.gradient_norms for c in alike], dtype=np.float32).reshape(-1, len(health)),
        tuple(bounds),
    )


def spread(values: Array, bound: float) -> Spread:
    """Return the histogram of values from -bound, or from 0 where none is negative, to bound."""
    known = _thinned(values)
    low = -bound if float(known.min(initial=0.0)) < 0 else 0.0
    return Spread(_counts(known, low, bound), low, bound, len(known))


def gradient_spread(gradients: Array) -> Spread:
    """Return the histogram of the exponents of ten of gradients, those that are zero apart."""
    known = np.abs(_thinned(gradients).astype(np.float64))
    sizes = known[known > 0]
    low, high = map(float, GRADIENT_DECADES)
    return Spread(_counts(np.log10(sizes), low, high), low, high, len(known), len(known) - len(sizes))


def strongest(matrix: Array, rows: int, columns: int) -> Array:
    """Return at most (rows, columns) weights: the one of the largest size in each block, with its sign."""
    height, width = matrix.shape
    rows, columns = max(1, min(rows, height)), max(1, min(columns, width))
    if (rows, columns) == (height, width) or not matrix.size:
        return np.array(matrix)
    row, column = np.arange(rows) * height // rows, np.arange(columns) * width // columns
    highest, lowest = (
        ufunc.reduceat(ufunc.reduceat(matrix, row, axis=0), column, axis=1)
        for ufunc in (np.maximum, np.minimum)
    )
    return np.where(highest >= -lowest, highest, lowest)


def _counts(values: Array, low: float, high: float) -> NDArray[np.int64]:
    places = ((values - low) * (BINS / (high - low))).astype(np.int64)
    return np.bincount(places.clip(0, BINS - 1), minlength=BINS)


def _thinned(values: Array) -> Array:
    """Return the finite ones of at most MOST_COUNTED evenly spaced values, flat."""
    flat = values.reshape(-1)
    if flat.size > MOST_COUNTED:
        flat = flat[np.linspace(0, flat.size - 1, MOST_COUNTED).astype(np.int64)]
    return np.asarray(flat[np.isfinite(flat)])


def _health(
    trainer: Trainer, column: Column, name: str, outputs: Array, flat: tuple[int, int, int], bounds: Bounds
) -> LayerHealth:
    placed = column.placed
    has_weights = placed.has_parameters
    has_gradient = has_weights and trainer.step > 0 and not trainer.is_rewound
    return LayerHealth(
        name,
        _kind(trainer, column),
        spread(outputs, bounds[0]),
        spread(placed.weights, bounds[1]) if has_weights else None,
        gradient_spread(placed.grad_weights) if has_gradient else None,
        *flat,
        layer_norm(column, placed.grad_block) if has_gradient else math.nan,
    )


def _kind(trainer: Trainer, column: Column) -> str:
    layer = column.placed.layer
    activation = trainer.network.layers[column.output].activation
    if isinstance(layer, Conv2D):
        return f"{layer.filters} filters, {activation}"
    if not column.placed.has_parameters:
        return "x".join(map(str, column.placed.output_shape))
    return f"{column.placed.units:,} {activation}"


def _matrix(trainer: Trainer, request: LayersRequest) -> WeightMatrix:
    placed = columns(trainer.network)
    number = min(max(request.layer, 1), len(placed)) - 1
    column, name = placed[number].placed, column_names(trainer.network)[number]
    biases = strongest(column.biases[None, :], 1, request.most_neurons)[0]
    kernels: NDArray[np.float32] | None = None
    kernel_names: list[str] = []
    words = ""
    if not column.has_parameters:
        values, words = np.zeros((0, 0), np.float32), f"{name} has no weights. {column.layer.help}"
    elif isinstance(column.layer, Conv2D):
        values = np.zeros((0, 0), np.float32)
        most = min(MOST_KERNELS, request.most_kernels)
        kernels, kernel_names, words = _kernels(column.weights, column.layer, most)
    else:
        values = strongest(column.weights, request.most_inputs, request.most_neurons)
    return WeightMatrix(
        layer=number + 1,
        name=name,
        values=values.astype(np.float32),
        biases=biases.astype(np.float32),
        kernels=kernels,
        kernel_names=tuple(kernel_names),
        n_inputs=len(column.weights),
        n_neurons=column.weights.shape[1],
        input_names=feature_names(trainer.config, trainer.network.n_inputs) if number == 0 else (),
        largest=largest_of(column.block),
        words=words,
    )


def _kernels(weights: Array, layer: Conv2D, most: int) -> tuple[NDArray[np.float32], list[str], str]:
    """Return (n, size, size) kernels, their names, and what is left out; the strongest where not all fit."""
    size = layer.kernel_size
    kernels = weights.T.reshape(-1, size, size).astype(np.float32)
    n_channels = len(kernels) // layer.filters
    order = np.arange(len(kernels))
    words = ""
    if len(kernels) > most:
        order = np.sort(np.argsort(-np.square(kernels).sum(axis=(1, 2)), kind="stable")[:most])
        words = f"the {most} strongest of {len(kernels):,} kernels"
    names = []
    for place in order.tolist():
        of_filter, channel = divmod(place, n_channels)
        names.append(f"{of_filter + 1}" if n_channels == 1 else f"{of_filter + 1}.{channel + 1}")
    return kernels[order], names, words


def new_looks() -> Looks:
    """Return what the page asks of a session."""
    return {LayersRequest: look_at_layers}
