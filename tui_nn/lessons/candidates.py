"""Which neurons, inputs or samples a task means, looked up in the trainer; looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.lessons.finding import parse_where
from tui_nn.training.columns import columns
from tui_nn.training.problem import Part
from tui_nn.training.trainer import RECORDED_ROWS, Trainer

Array = NDArray[Any]


@dataclass(frozen=True)
class MeantRequest:
    """What a task means is wanted."""

    find: str
    """One of finding.CANDIDATES."""
    where: str


@dataclass(frozen=True)
class Meant:
    """What it means."""

    places: frozenset[tuple[int, int]]
    """(layer, unit) of neurons and inputs, as the network panel counts them; (0, number) of samples."""


def look_at_meant(trainer: Trainer, request: MeantRequest) -> Meant:
    """Return what a task means at the present moment."""
    with np.errstate(all="ignore"):
        candidates = {"neuron": _neurons, "input": _inputs, "sample": _samples}[request.find](trainer)
    chosen = parse_where(request.find, request.where).meant([numbers for _, numbers in candidates])
    return Meant(
        frozenset(place for (place, _), is_meant in zip(candidates, chosen, strict=True) if is_meant)
    )


Candidates = list[tuple[tuple[int, int], dict[str, float]]]


def _neurons(trainer: Trainer) -> Candidates:
    network, found = trainer.network, columns(trainer.network)
    rows = slice(min(len(trainer.problem.train), RECORDED_ROWS))
    trace = network.trace(trainer.problem.train.inputs(rows))
    loss = network.loss_sum(trainer.problem.train.inputs(rows), trainer.problem.train.coded[rows])
    candidates: Candidates = []
    for layer, (column, after) in enumerate(pairwise(found), 1):
        weights, readers = column.placed.weights, after.placed.weights
        if weights.ndim != 2 or readers.ndim != 2:
            continue  # filters are no single neurons
        activations = trace.activations[column.output]
        for unit in range(weights.shape[1]):
            numbers = {
                "layer": layer,
                "unit": unit + 1,
                "bias": float(column.placed.block[-1, unit]),
                "weight_in": float(np.linalg.norm(weights[:, unit])),
                "weight_out": float(np.linalg.norm(readers[unit])),
                "activation": float(activations[:, unit].mean()),
                "active": float(np.count_nonzero(activations[:, unit]) / len(activations)),
                "importance": (_loss_without(trainer, readers, unit, rows) - loss) / len(activations),
            }
            candidates.append(((layer, unit), numbers))
    return candidates


def _loss_without(trainer: Trainer, readers: Array, unit: int, rows: slice) -> float:
    """Return the training loss while nothing reads a neuron; the weights are put back."""
    kept = readers[unit].copy()
    try:
        readers[unit] = 0.0
        part = trainer.problem.train
        return trainer.network.loss_sum(part.inputs(rows), part.coded[rows])
    finally:
        readers[unit] = kept


def _inputs(trainer: Trainer) -> Candidates:
    weights = columns(trainer.network)[0].placed.weights
    if weights.ndim != 2:
        return []
    norms = np.linalg.norm(weights, axis=1)
    return [((0, unit), {"unit": unit + 1, "weight_out": float(norm)}) for unit, norm in enumerate(norms)]


def _samples(trainer: Trainer) -> Candidates:
    problem = trainer.problem
    candidates: Candidates = []
    for part, first in ((problem.train, 0), (problem.test, len(problem.train))):
        rows = slice(min(len(part), RECORDED_ROWS))
        candidates += [
            ((0, first + number), numbers) for number, numbers in enumerate(_of_part(trainer, part, rows))
        ]
    return candidates


def _of_part(trainer: Trainer, part: Part, rows: slice) -> list[dict[str, float]]:
    network, points = trainer.network, np.asarray(part.inputs(rows), np.float64)
    if not len(points) or not trainer.problem.is_classification:
        return []
    outputs = network.predict(part.inputs(rows))
    predictions, targets = network.loss.decode(outputs), part.targets[rows].astype(int)
    probabilities = network.loss.probabilities(outputs)
    of_truth = probabilities[np.arange(len(targets)), targets] if probabilities is not None else targets * 0.0
    flat = points.reshape(len(points), -1)
    return [
        {
            "class": float(targets[number]),
            "prediction": float(predictions[number]),
            "probability": float(of_truth[number]),
            "loss": network.loss_sum(part.inputs(slice(number, number + 1)), part.coded[number : number + 1]),
            "wrong": float(predictions[number] != targets[number]),
            "x": float(flat[number, 0]),
            "y": float(flat[number, min(1, flat.shape[1] - 1)]),
        }
        for number in range(len(targets))
    ]
