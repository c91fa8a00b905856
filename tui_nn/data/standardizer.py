"""Scaling of inputs to mean 0 and standard deviation 1, learned from the training rows alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tui_nn.data.dataset import FloatArray


@dataclass(frozen=True, eq=False)
class Standardizer:
    """Means and standard deviations, one for each column."""

    mean: FloatArray
    """(n_features,)"""
    deviation: FloatArray
    """(n_features,), 1 for a column that does not vary."""

    @classmethod
    def fit(cls, inputs: FloatArray) -> Standardizer:
        """Measure inputs (n, n_features), n >= 1; the deviation is that of the population."""
        mean = inputs.mean(axis=0)
        deviation = inputs.std(axis=0)
        constant = deviation <= 1e-12 * np.maximum(1.0, np.abs(mean))
        return cls(mean, np.where(constant, 1.0, deviation))

    def apply(self, inputs: FloatArray) -> FloatArray:
        """Return (inputs - mean) / deviation, (n, n_features)."""
        return (inputs - self.mean) / self.deviation

    def undo(self, scaled: FloatArray) -> FloatArray:
        """Return the inputs (n, n_features) that apply turned into these."""
        return scaled * self.deviation + self.mean


@dataclass(frozen=True)
class TargetScale:
    """What an amount is measured in while a network learns it: from a center, in deviations."""

    center: float
    size: float
    """Above 0."""

    @classmethod
    def fit(cls, targets: FloatArray) -> TargetScale:
        """Measure targets (n,), n >= 1."""
        size = float(targets.std())
        return cls(
            float(targets.mean()), size if size > 1e-12 * max(1.0, float(np.abs(targets).max())) else 1.0
        )

    def apply(self, values: FloatArray) -> FloatArray:
        """Return values in their own units as a network learns them."""
        return (values - self.center) / self.size

    def undo(self, values: FloatArray) -> FloatArray:
        """Return what a network answers in the units of its targets, float64."""
        return np.asarray(values, np.float64) * self.size + self.center
