"""Densities of point clouds on a grid, and the accuracy of the classifier that knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tui_nn.data.dataset import FloatArray

Kernel = Callable[[FloatArray], FloatArray]
"""A density in one dimension, centered at 0."""


def gaussian(deviation: float) -> Kernel:
    """Return the normal density of this standard deviation."""

    def density(offset: FloatArray) -> FloatArray:
        bell: FloatArray = np.exp(-0.5 * (offset / deviation) ** 2)
        bell /= deviation * np.sqrt(2.0 * np.pi)
        return bell

    return density


def box(half_width: float) -> Kernel:
    """Return the uniform density on -half_width .. half_width."""

    def density(offset: FloatArray) -> FloatArray:
        return np.where(np.abs(offset) < half_width, 0.5 / half_width, 0.0)

    return density


def smeared_density(x: FloatArray, y: FloatArray, points: FloatArray, kernel: Kernel) -> FloatArray:
    """Return the density (len(y), len(x)) of points (n, 2), each smeared by kernel(dx) * kernel(dy)."""
    across = kernel(x[:, None] - points[:, 0])
    down = kernel(y[:, None] - points[:, 1])
    density: FloatArray = (down @ across.T) / len(points)
    return density


def bayes_accuracy(densities: Sequence[FloatArray], cell_area: float) -> float:
    """Return the accuracy of always choosing the densest of equally frequent classes.

    The mean over classes of the integral of max_k p_k, on a grid whose cells have this area. Dividing by the
    grid's own total removes most of the error of the sum.
    """
    stacked = np.stack(list(densities))
    total = float(stacked.sum()) * cell_area
    return min(1.0, float(stacked.max(axis=0).sum()) * cell_area / total)
