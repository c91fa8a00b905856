"""What a network and its neurons answer over the plane, as arrays to draw; looking changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.columns import column_sizes, columns
from tui_nn.training.problem import SHOWN_POINTS, Part
from tui_nn.training.trainer import Trainer
from tui_nn.views.map.values import DecisionMap, Floats, Grid, MapRequest


def look_at_map(trainer: Trainer, request: MapRequest) -> DecisionMap | None:
    """Return the network's answers over the plane; None where the data have no plane."""
    problem = trainer.problem
    if not problem.has_map:
        return None
    return DecisionMap(
        surface=surface(trainer, request.grid, request.node),
        train_predictions=predictions(trainer, problem.train),
        test_predictions=predictions(trainer, problem.test),
        answer=None if request.probe is None else answer(trainer, request.probe),
    )


def surface(trainer: Trainer, grid: Grid, node: tuple[int, int] | None = None) -> Floats:
    """Return the network's answer over the grid, coded as in DecisionMap, or one neuron's output."""
    inputs = trainer.problem.on_plane(grid.points())
    if node is None or not has_node(trainer, node):
        maps = as_maps(trainer, trainer.network.predict(inputs))
    else:
        layer, unit = node
        outputs = layer_outputs(trainer.network, inputs)[layer]
        maps = outputs[:, unit]
    return np.asarray(maps.reshape(grid.rows, grid.columns, -1), dtype=np.float32)


def has_node(trainer: Trainer, node: tuple[int, int]) -> bool:
    """Return whether the network has this (layer, unit)."""
    sizes = column_sizes(trainer.network)
    return 0 <= node[0] < len(sizes) and 0 <= node[1] < sizes[node[0]]


def predictions(trainer: Trainer, part: Part) -> NDArray[Any]:
    """Return the predicted class or value of the part's first, shown samples, shape (n,)."""
    outputs = trainer.network.predict(part.inputs(slice(SHOWN_POINTS)))
    if trainer.problem.is_classification:
        return np.asarray(trainer.network.loss.decode(outputs))
    return np.asarray(outputs[:, 0])


def layer_outputs(network: Network, inputs: NDArray[Any]) -> list[NDArray[Any]]:
    """Return the inputs and each layer's activations, (n, units), as a person counts layers."""
    outputs = network.layer_outputs(inputs)
    return [inputs, *(outputs[column.output] for column in columns(network))]


def answer(trainer: Trainer, probe: tuple[float, float]) -> Floats:
    """Return what the network answers at a point: class probabilities, or its outputs as they are."""
    outputs = trainer.network.predict(trainer.problem.on_plane(np.array([probe])))
    outputs = trainer.problem.in_units(outputs)
    probabilities = trainer.network.loss.probabilities(outputs) if trainer.problem.is_classification else None
    return np.asarray((outputs if probabilities is None else probabilities)[0], dtype=np.float32)


def as_maps(trainer: Trainer, outputs: NDArray[Any]) -> NDArray[Any]:
    """Return outputs (n, n_outputs) as what is drawn: (n, 1) in [-1, 1], (n, 1) values or (n, n_classes)."""
    if not trainer.problem.is_classification:
        return np.asarray(outputs)
    probabilities: NDArray[Any] | None = trainer.network.loss.probabilities(outputs)
    if probabilities is None:
        return np.asarray(np.clip(outputs, -1, 1))
    if probabilities.shape[1] == 2:
        return np.asarray(probabilities[:, 1:] - probabilities[:, :1])
    return np.asarray(probabilities)


def as_grids(outputs: NDArray[Any], grid: Grid) -> Floats:
    """Return outputs (n, units) at the points of a grid as (units, rows, columns)."""
    return np.asarray(outputs.T.reshape(-1, grid.rows, grid.columns), dtype=np.float32)
