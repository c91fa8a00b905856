"""How sure a number is, and how sure a network is of itself: intervals of fractions, calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.metrics import Counts

Z_95 = 1.959963984540054
"""What 95 % of a normal distribution lies within, in standard deviations."""
N_BINS = 10


def wilson_interval(n_right: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval of a fraction n_right / n, n >= 1, within 0 and 1 (Wilson, 1927).

    (p + z^2 / 2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n); it is honest for few samples too.
    """
    p, spread = n_right / n, z * z / n
    half = z * math.sqrt(p * (1.0 - p) / n + spread / (4.0 * n))
    low, high = ((p + spread / 2.0 + side * half) / (1.0 + spread) for side in (-1.0, 1.0))
    return (0.0 if n_right == 0 else low), (1.0 if n_right == n else high)


@dataclass(frozen=True, eq=False)
class Reliability:
    """What became of answers of like confidence, in bins of equal width from 0 to 1: arrays (n_bins,)."""

    counts: Counts
    confidence: Array
    """Mean probability that the answers were given; 0 in a bin without any."""
    accuracy: Array
    """The fraction of them that is right."""

    @property
    def error(self) -> float:
        """Expected calibration error: |confidence - accuracy| by bin, weighted with its samples."""
        gaps = np.abs(self.confidence - self.accuracy)
        return float(gaps @ self.counts / max(1, self.counts.sum()))


def reliability(confidences: npt.ArrayLike, is_right: npt.ArrayLike, n_bins: int = N_BINS) -> Reliability:
    """Sort answers (n,) into bins (low, high], the first with its start, by the probability given to them."""
    shares, right = np.asarray(confidences, np.float64), np.asarray(is_right, np.float64)
    bins = np.searchsorted(np.linspace(0.0, 1.0, n_bins + 1)[1:-1], shares)
    counts = np.bincount(bins, minlength=n_bins).astype(np.int64)
    most = np.maximum(1, counts)
    sums = (np.bincount(bins, weights=values, minlength=n_bins) for values in (shares, right))
    confidence, accuracy = (total / most for total in sums)
    return Reliability(counts, confidence, accuracy)
