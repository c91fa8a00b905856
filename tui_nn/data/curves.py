"""Curves through control points, as one matrix: sampling many warped copies of a skeleton is one product."""

from __future__ import annotations

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.skeletons import Skeleton


def smooth(n_points: int, positions: FloatArray) -> FloatArray:
    """Return the weights (m, n_points) of a Catmull-Rom spline; end points are their own neighbors.

    positions: (m,), from 0 to n_points - 1.
    """
    before = np.minimum(positions.astype(np.int64), n_points - 2)
    t = positions - before
    basis = (
        (-1, 0.5 * (-t + 2 * t**2 - t**3)),
        (0, 0.5 * (2 - 5 * t**2 + 3 * t**3)),
        (1, 0.5 * (t + 4 * t**2 - 3 * t**3)),
        (2, 0.5 * (-(t**2) + t**3)),
    )
    weights = np.zeros((len(positions), n_points))
    for offset, weight in basis:
        np.add.at(weights, (np.arange(len(t)), np.clip(before + offset, 0, n_points - 1)), weight)
    return weights


def sampling_matrix(skeleton: Skeleton, n_samples: int) -> FloatArray:
    """Return the weights (n_samples, n_points) that turn control points into samples along all curves.

    Samples are shared out by the length of the lines between control points, so they are about evenly spaced.
    """
    spans = []
    for curve in skeleton.curves:
        for index in range(len(curve) - 1):
            ends = skeleton.points[[curve[index], curve[index + 1]]]
            spans.append((curve, index, float(np.hypot(*(ends[1] - ends[0])))))
    lengths = np.array([length for _, _, length in spans])
    stops = np.round(np.cumsum(lengths) / lengths.sum() * n_samples).astype(int)
    matrix = np.zeros((n_samples, len(skeleton.points)))
    start = 0
    for (curve, index, _), stop in zip(spans, stops, strict=True):
        positions = index + (np.arange(stop - start) + 0.5) / max(stop - start, 1)
        matrix[start:stop, list(curve)] = smooth(len(curve), positions)
        start = stop
    return matrix
