"""The two directions along which samples spread most (principal components), steady from look to look."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def principal_components(values: NDArray[Any], before: NDArray[Any] | None = None) -> tuple[Array, Array]:
    """Return directions (2, units), of length 1 and at right angles, and the share of the variance of each.

    values: (n, units) with units >= 2. The sign of a direction is free: its largest loading is positive, or,
    with the directions seen `before`, it points where the one before did; their order is kept as well, so
    that two directions of nearly equal spread do not change places.
    """
    centered = np.asarray(values, dtype=np.float64)
    centered = centered - centered.mean(axis=0)
    n, units = centered.shape
    if units <= n:
        spread, vectors = np.linalg.eigh(centered.T @ centered)
        found, sizes = vectors[:, ::-1][:, :2].T, spread[::-1][:2]
    else:
        found, sizes = _by_samples(centered)
    total = float(np.square(centered).sum())
    shares = np.clip(sizes, 0.0, None) / total if total > 0 else np.zeros(2)
    if before is not None and before.shape == found.shape:
        return _aligned(found, shares, np.asarray(before, dtype=np.float64))
    largest = found[[0, 1], np.abs(found).argmax(axis=1)]
    return found * np.where(largest < 0, -1.0, 1.0)[:, None], shares


def _by_samples(centered: Array) -> tuple[Array, Array]:
    """Return the same from the products of fewer samples than units; directions without spread are axes."""
    spread, vectors = np.linalg.eigh(centered @ centered.T)
    found, sizes = np.zeros((2, centered.shape[1])), np.zeros(2)
    for row in range(2):
        along = vectors[:, -1 - row] @ centered if row < len(spread) else found[row]
        length = float(np.linalg.norm(along))
        if length > 1e-9 * max(1.0, float(np.abs(centered).max())):
            found[row], sizes[row] = along / length, spread[-1 - row]
        else:
            found[row] = _axis_across(found[:row])
    return found, sizes


def _axis_across(others: Array) -> Array:
    """Return a direction at right angles to `others`, near the axis that they point along least."""
    units = others.shape[1]
    axis = np.zeros(units)
    axis[int(np.abs(others).sum(axis=0).argmin())] = 1.0
    axis -= (others @ axis) @ others
    return np.asarray(axis / np.linalg.norm(axis))


def _aligned(found: Array, shares: Array, before: Array) -> tuple[Array, Array]:
    """Return the directions in the order and with the signs of those before."""
    likeness = found @ before.T
    if abs(likeness[0, 1]) + abs(likeness[1, 0]) > abs(likeness[0, 0]) + abs(likeness[1, 1]):
        found, shares, likeness = found[::-1], shares[::-1], likeness[::-1]
    signs = np.where(np.diag(likeness) < 0, -1.0, 1.0)
    return found * signs[:, None], shares
