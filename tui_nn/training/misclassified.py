"""Finds the samples that the network misclassifies; looking changes nothing of the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.evaluation import chunks
from tui_nn.training.trainer import RECORDED_ROWS, Trainer


@dataclass(frozen=True)
class MisclassifiedRequest:
    """The misclassified samples of a set are wanted."""

    part: str
    """Of Example: "train" or "test"; where there is no test set, the training set is meant."""


@dataclass(frozen=True, eq=False)
class Misclassified:
    """Which samples are misclassified, among those of which the metrics are."""

    part: str
    indexes: NDArray[np.int64]
    """(n,) places in the set, ascending."""
    truths: NDArray[np.int64]
    """(n,) classes by number."""
    predictions: NDArray[np.int64]
    class_names: Sequence[str]
    """Empty for regression, where nothing can be misclassified."""


def find_misclassified(trainer: Trainer, request: MisclassifiedRequest) -> Misclassified:
    """Return the misclassified samples of a set."""
    problem = trainer.problem
    is_test = request.part == "test" and len(problem.test) > 0
    part, name = (problem.test, "test") if is_test else (problem.train, "train")
    nothing = np.zeros(0, dtype=np.int64)
    if not problem.is_classification:
        return Misclassified(name, nothing, nothing, nothing, ())
    network = trainer.network
    predictions = np.concatenate(
        [network.loss.decode(network.predict(part.inputs(rows))) for rows in chunks(part, RECORDED_ROWS)]
    )
    truths = np.asarray(part.targets[:RECORDED_ROWS], dtype=np.int64)
    wrong = np.flatnonzero(predictions != truths)
    names = tuple(problem.dataset.class_names)
    return Misclassified(name, wrong, truths[wrong], np.asarray(predictions[wrong], np.int64), names)
