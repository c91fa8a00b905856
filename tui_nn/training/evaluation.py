"""Losses and accuracies of a network on a data set; measuring changes nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.problem import Part, Problem
from tui_nn.training.snapshot import Metrics

CHUNK = 1000
"""Rows evaluated at a time, so that buffers stay small."""


class _Sums:
    """Adds up loss, hits and squared errors over the chunks of one set."""

    def __init__(self) -> None:
        self.n, self.loss, self.hits, self.squares = 0, 0.0, 0, 0.0

    def add(self, network: Network, part: Part, rows: slice, is_classification: bool) -> None:
        inputs, coded, targets = part.inputs(rows), part.coded[rows], part.targets[rows]
        outputs = network.predict(inputs)
        self.n += len(inputs)
        self.loss += network.loss_sum(inputs, coded)
        if is_classification:
            self.hits += int(np.count_nonzero(network.loss.decode(outputs) == targets))
        else:
            errors = outputs[:, 0].astype(np.float64) - targets
            self.squares += float(errors @ errors)

    @property
    def mean_loss(self) -> float | None:
        return _finite(self.loss / self.n) if self.n else None

    @property
    def accuracy(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def rmse(self) -> float | None:
        return _finite(math.sqrt(self.squares / self.n)) if self.n and self.squares >= 0 else None

    def r2(self, targets: NDArray[Any]) -> float | None:
        """Return 1 - residual / total sum of squares; None where the targets do not vary."""
        spread = float(np.square(targets[: self.n] - targets[: self.n].mean()).sum()) if self.n else 0.0
        return _finite(1 - self.squares / spread) if spread > 0 else None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def evaluate(network: Network, problem: Problem, most_rows: int | None = None) -> Metrics:
    """Return losses and accuracies (or R² and RMSE) on both sets, without penalty, in evaluation mode.

    `most_rows` bounds the rows of each set that are looked at: the first ones, always the same.
    """
    train, test = _Sums(), _Sums()
    for sums, part in ((train, problem.train), (test, problem.test)):
        n = len(part) if most_rows is None else min(len(part), most_rows)
        for start in range(0, n, CHUNK):
            rows = slice(start, min(start + CHUNK, n))
            sums.add(network, part, rows, problem.is_classification)
    return _metrics(train, test, problem)


def _metrics(train: _Sums, test: _Sums, problem: Problem) -> Metrics:
    if problem.is_classification:
        return Metrics(train.mean_loss, test.mean_loss, train.accuracy, test.accuracy)
    return Metrics(
        train.mean_loss,
        test.mean_loss,
        train_r2=train.r2(problem.train.targets),
        test_r2=test.r2(problem.test.targets),
        train_rmse=train.rmse,
        test_rmse=test.rmse,
    )
