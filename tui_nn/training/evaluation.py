"""Losses and accuracies of a network on a data set; measuring changes nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.problem import Part, Problem
from tui_nn.training.snapshot import Metrics

CHUNK = 1000
"""Rows evaluated at a time, so that buffers stay small."""

Decode = Callable[[NDArray[Any]], NDArray[np.int64]]
"""Outputs (n, n_outputs) -> classes (n,)."""


class Sums:
    """Adds up loss, hits and squared errors over the chunks of one set."""

    def __init__(self) -> None:
        self.n, self.loss, self.hits, self.squares = 0, 0.0, 0, 0.0

    def add(
        self, outputs: NDArray[Any], loss_sum: float, targets: NDArray[Any], decode: Decode | None
    ) -> None:
        """Add some rows: outputs (n, n_outputs), and targets (n,), of classes where `decode` finds them."""
        self.n += len(outputs)
        self.loss += loss_sum
        if decode is not None:
            self.hits += int(np.count_nonzero(decode(outputs) == targets))
        else:
            errors = outputs[:, 0].astype(np.float64) - targets
            self.squares += float(errors @ errors)

    @property
    def mean_loss(self) -> float | None:
        """Mean of the losses; None without rows, or where it is not finite."""
        return _finite(self.loss / self.n) if self.n else None

    @property
    def accuracy(self) -> float | None:
        """Fraction of hits; None without rows."""
        return self.hits / self.n if self.n else None

    @property
    def rmse(self) -> float | None:
        """Root of the mean squared error; None without rows."""
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
    decode = network.loss.decode if problem.is_classification else None
    train, test = Sums(), Sums()
    for sums, part in ((train, problem.train), (test, problem.test)):
        for rows in chunks(part, most_rows):
            inputs = part.inputs(rows)
            loss_sum = network.loss_sum(inputs, part.coded[rows])
            sums.add(problem.in_units(network.predict(inputs)), loss_sum, part.targets[rows], decode)
    return metrics_of(train, test, problem)


def part_loss(network: Network, part: Part) -> float | None:
    """Return the mean loss on one set, as `evaluate` does; None where it is empty or not finite."""
    loss = sum(network.loss_sum(part.inputs(rows), part.coded[rows]) for rows in chunks(part, None))
    return _finite(loss / len(part)) if len(part) else None


def chunks(part: Part, most_rows: int | None) -> Iterator[slice]:
    """Yield the rows of a set piece by piece, at most so many of them."""
    n = len(part) if most_rows is None else min(len(part), most_rows)
    for start in range(0, n, CHUNK):
        yield slice(start, min(start + CHUNK, n))


def metrics_of(train: Sums, test: Sums, problem: Problem) -> Metrics:
    """Return what the sums over both sets come to."""
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
