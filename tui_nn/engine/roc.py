"""The ROC curve of two classes: how many are found for how many false alarms, at every threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array


@dataclass(frozen=True, eq=False)
class Roc:
    """A curve from (0, 0) to (1, 1), one point for each score that occurs."""

    false_positive_rate: Array
    true_positive_rate: Array

    @property
    def area(self) -> float:
        """The chance that a positive sample scores above a negative one, ties counting half."""
        widths = np.diff(self.false_positive_rate)
        return float(widths @ (self.true_positive_rate[1:] + self.true_positive_rate[:-1]) / 2.0)


def roc(is_positive: npt.ArrayLike, scores: npt.ArrayLike) -> Roc | None:
    """Return the curve of scores (n,), high for positive samples; None where a class has no samples."""
    positive, values = np.asarray(is_positive, bool), np.asarray(scores, np.float64)
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    if n_positive == 0 or n_negative == 0:
        return None
    order = np.argsort(-values, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(values[order])), len(values) - 1)
    found = np.cumsum(positive[order])[ends]
    false = ends + 1 - found
    rates = (np.concatenate([[0.0], counts / n]) for counts, n in ((false, n_negative), (found, n_positive)))
    return Roc(*rates)
