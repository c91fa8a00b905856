"""Metrics: numbers for people, computed from all outputs at once. Rows are samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array

Counts = npt.NDArray[np.int64]


def accuracy(classes: npt.ArrayLike, predicted: npt.ArrayLike) -> float:
    """Return the fraction of `predicted` (n,) that equals `classes` (n,)."""
    return float(np.mean(np.equal(classes, predicted)))


def confusion_matrix(classes: npt.ArrayLike, predicted: npt.ArrayLike, n_classes: int) -> Counts:
    """Return counts (n_classes, n_classes): row is the true class, column the predicted one."""
    pairs = np.asarray(classes, np.int64) * n_classes + np.asarray(predicted, np.int64)
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes).astype(np.int64)


@dataclass(frozen=True, eq=False)
class ClassScores:
    """How well each class is found, arrays (n_classes,); a fraction of nothing is 0."""

    precision: Array
    """Of those called the class, how many are."""
    recall: Array
    """Of those that are the class, how many were called it."""
    f1: Array
    """Harmonic mean of the two."""


def class_scores(confusion: Counts) -> ClassScores:
    """Return precision, recall and F1 of each class from counts (true, predicted)."""
    right = np.diag(confusion).astype(float)
    precision = _fraction(right, confusion.sum(axis=0))
    recall = _fraction(right, confusion.sum(axis=1))
    return ClassScores(precision, recall, _fraction(2.0 * precision * recall, precision + recall))


def _fraction(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def rmse(targets: Array, outputs: Array) -> float:
    """Return the root of the mean squared error over all values, in the units of the targets."""
    return float(np.sqrt(np.square(targets.astype(np.float64) - outputs).mean()))


def mae(targets: Array, outputs: Array) -> float:
    """Return the mean absolute error over all values, in the units of the targets."""
    return float(np.abs(targets.astype(np.float64) - outputs).mean())


def r2(targets: Array, outputs: Array) -> float | None:
    """Return 1 - squared error / squared error of always answering the mean; None where targets are all
    alike.

    1 is perfect, 0 no better than the mean, below 0 worse.
    """
    wide = targets.astype(np.float64)
    spread = float(np.square(wide - wide.mean(axis=0)).sum())
    return None if spread == 0.0 else 1.0 - float(np.square(wide - outputs).sum()) / spread
