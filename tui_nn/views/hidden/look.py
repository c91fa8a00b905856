"""Looks at the data through a layer: where its samples lie, and which straight lines the next layer draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import square
from tui_nn.engine import BatchNorm, Dense, EngineError
from tui_nn.training.columns import Column, columns
from tui_nn.training.examples import find_example
from tui_nn.training.looks import Looks
from tui_nn.training.names import feature_names
from tui_nn.training.problem import Problem
from tui_nn.training.trainer import Trainer
from tui_nn.views.hidden.look_components import principal_components
from tui_nn.views.hidden.values import Cuts, HiddenSpace, HiddenSpaceRequest, Pair, empty_positions
from tui_nn.views.map.look import layer_outputs

Array = NDArray[np.float64]

MOST_SAMPLES = 500
"""At most so many samples of each set are looked at."""
FEWEST_SAMPLES = 60
MOST_LINES = 8
"""Of a next layer with more neurons the strongest are drawn."""
LATTICE_LINES = 13
"""Lines of the input plane in each direction."""
LATTICE_POINTS = 61
"""Points of a line: five between two crossings."""
COST = 100_000_000
"""Samples times parameters of one look: some milliseconds."""


@dataclass(frozen=True, eq=False)
class Frame:
    """The shown plane within a layer's space: positions are (activations - origin) along the directions."""

    origin: Array
    """(units,)"""
    directions: Array
    """(n_axes, units), of length 1 and at right angles."""
    base: Array
    """(units,): the point of the plane at position 0; the plane goes through the samples' mean."""

    def positions(self, activations: NDArray[Any]) -> Array:
        """Return where activations (..., units) lie on the plane, (..., n_axes)."""
        return np.asarray((activations - self.origin) @ self.directions.T)


def look_at_hidden(trainer: Trainer, request: HiddenSpaceRequest) -> HiddenSpace | None:
    """Return what was asked for; looking changes nothing of the run."""
    network, problem = trainer.network, trainer.problem
    layers = columns(network)
    number = max(0, min(request.layer, len(layers)))
    inputs, labels, is_test = _samples(problem, request.has_test, network.n_parameters)
    with np.errstate(all="ignore"):
        activations = layer_outputs(network, inputs)[number].astype(np.float64)
    units = activations.shape[1]
    pair = _pair(request.pair, units)
    about = {
        "layer": number,
        "n_layers": len(layers) + 1,
        "units": units,
        "pair": pair,
        "class_names": tuple(problem.dataset.class_names),
        "activation": network.layers[layers[number - 1].output].activation if number else "",
    }
    if not np.isfinite(activations).all():
        none = empty_positions(min(2, units))
        return HiddenSpace(**about, positions=none, labels=labels[:0], is_test=is_test[:0], is_finite=False)
    frame, shares = _frame(activations[~is_test], pair, request.basis)
    example, words = _example(trainer, request, number, frame)
    return HiddenSpace(
        **about,
        positions=frame.positions(activations).astype(np.float32),
        labels=labels,
        is_test=is_test,
        names=feature_names(trainer.config, trainer.network.n_inputs) if number == 0 else (),
        example=example,
        example_words=words,
        lattice=_lattice(trainer, number, frame) if units > 1 else None,
        cuts=_cuts(trainer, layers, number, frame),
        basis=frame.directions.astype(np.float32) if shares else None,
        shares=shares,
    )


def _pair(wanted: Pair | None, units: int) -> Pair | None:
    """Return the neurons along the axes, None for principal components or one neuron."""
    if units == 2:
        return wanted if wanted in ((0, 1), (1, 0)) else (0, 1)
    if wanted is None or wanted[0] == wanted[1] or not all(0 <= unit < units for unit in wanted):
        return None
    return wanted


def _samples(
    problem: Problem, has_test: bool, n_parameters: int
) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.bool_]]:
    """Return inputs, labels, and which are of the test set: the first samples of each set."""
    most = max(FEWEST_SAMPLES, min(MOST_SAMPLES, COST // max(1, n_parameters)))
    parts = [problem.train, problem.test] if has_test and len(problem.test) else [problem.train]
    inputs = [part.inputs(slice(most)) for part in parts]
    targets = np.concatenate([problem.signed(part, slice(most)) for part in parts])
    labels = targets if problem.is_classification else targets > 0
    is_test = np.concatenate(
        [np.full(len(rows), number == 1) for number, rows in enumerate(inputs)], dtype=np.bool_
    )
    return np.concatenate(inputs), labels.astype(np.int64), is_test


def _frame(
    activations: Array, pair: Pair | None, before: NDArray[Any] | None
) -> tuple[Frame, tuple[float, float] | None]:
    """Return the plane, and for principal components the share of the spread along each."""
    mean = activations.mean(axis=0)
    units = len(mean)
    if pair is None and units > 1:
        directions, shares = principal_components(activations, before)
        return Frame(mean, directions, mean), (float(shares[0]), float(shares[1]))
    shown = [0] if pair is None else list(pair)
    directions = np.eye(units)[shown]
    base = mean.copy()
    base[shown] = 0.0
    return Frame(np.zeros(units), directions, base), None


def _example(
    trainer: Trainer, request: HiddenSpaceRequest, layer: int, frame: Frame
) -> tuple[NDArray[np.float32] | None, str]:
    """Return where the example lies, and its name; None for one that does not fit the data."""
    try:
        found = find_example(trainer.config, trainer.problem, request.example)
    except EngineError:
        return None, ""
    activations = layer_outputs(trainer.network, found.inputs)[layer][0].astype(np.float64)
    return frame.positions(activations).astype(np.float32), found.words


def _lattice(trainer: Trainer, layer: int, frame: Frame) -> NDArray[np.float32] | None:
    """Return straight lines of the input plane as the layer bends them; None for data of no plane."""
    problem, n_parameters = trainer.problem, trainer.network.n_parameters
    if not problem.has_map or problem.train.raw.shape[1] != 2:
        return None
    finest = 2 * LATTICE_LINES * LATTICE_POINTS
    thinning = max(1.0, finest * n_parameters / COST) ** 0.5
    n_lines, n_points = (max(5, int(n / thinning)) for n in (LATTICE_LINES, LATTICE_POINTS))
    across, up = problem.dataset.domain or square(-1.0, 1.0)
    upright = np.meshgrid(np.linspace(*across, n_lines), np.linspace(*up, n_points), indexing="ij")
    level = np.meshgrid(np.linspace(*up, n_lines), np.linspace(*across, n_points), indexing="ij")
    points = np.stack([np.stack(upright, axis=-1), np.stack(level[::-1], axis=-1)])
    inputs = problem.on_plane(points.reshape(-1, 2))
    with np.errstate(all="ignore"):
        bent = frame.positions(layer_outputs(trainer.network, inputs)[layer].astype(np.float64))
    return np.asarray(bent.reshape(2 * n_lines, n_points, -1), dtype=np.float32)


def _cuts(trainer: Trainer, layers: list[Column], number: int, frame: Frame) -> Cuts | None:
    """Return the lines of the next layer on the plane; behind the output layer, of the decision itself."""
    network, problem = trainer.network, trainer.problem
    units = len(frame.origin)
    is_last = number >= len(layers) - 1
    if number == len(layers):
        weights, biases, activation = np.eye(units), np.zeros(units), "linear"
    elif isinstance(layers[number].placed.layer, Dense):
        weights, biases = _affine(trainer, layers[number])
        activation = network.layers[layers[number].output].activation
    else:
        return None
    coefficients = np.vstack([frame.directions @ weights, frame.base @ weights + biases])
    n_units = coefficients.shape[1]
    is_exact = units == len(frame.directions)
    if not (is_last and problem.is_classification):
        strength = np.linalg.norm(coefficients[:-1], axis=0)
        shown = np.sort(np.argsort(-strength, kind="stable")[:MOST_LINES])
        return Cuts(coefficients[:, shown], tuple(shown.tolist()), n_units, is_exact=is_exact)
    if n_units == 1:
        coefficients[-1] -= _threshold(trainer, activation)
    elif n_units == 2:
        coefficients = coefficients[:, 1:] - coefficients[:, :1]
    return Cuts(
        coefficients,
        tuple(range(coefficients.shape[1])),
        n_units,
        is_decision=True,
        takes_largest=n_units > 2,
        is_exact=is_exact,
    )


def _affine(trainer: Trainer, column: Column) -> tuple[Array, Array]:
    """Return weights and biases of a dense layer, batch norm behind it included as it is in evaluation."""
    weights = column.placed.weights.astype(np.float64)
    biases = column.placed.biases.astype(np.float64)
    norm = trainer.network.layers[column.output]
    if isinstance(norm.layer, BatchNorm):
        mean, variance = norm.statistics.astype(np.float64)
        scale = norm.weights[0] / np.sqrt(variance + norm.layer.epsilon)
        weights, biases = weights * scale, (biases - mean) * scale + norm.biases
    return weights, biases


def _threshold(trainer: Trainer, activation: str) -> float:
    """Return the preactivation of a single output at which the predicted class changes; NaN if it never does.

    It is where the output is halfway between the two targets.
    """
    coding = trainer.network.loss.coding
    middle = (coding.low + coding.high) / 2
    if activation == "sigmoid":
        return math.log(middle / (1 - middle)) if 0 < middle < 1 else math.nan
    if activation == "tanh":
        return math.atanh(middle)
    return middle


def new_looks() -> Looks:
    """Return what the page asks of a session."""
    return {HiddenSpaceRequest: look_at_hidden}
