"""Ranges that move seldom: a picture of numbers that change keeps its scale until they leave it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHRINK = 0.55
"""A bound is lowered when the numbers fill less than this part of it."""
SMALLEST = 1e-6
MOST_DOUBLINGS = 60


def stable_bound(extent: float, before: float | None = None) -> float:
    """Return a bound above `extent`: 1, 1.5, 2, 3, 4, 6 ... or the one before while it fits.

    It rises as soon as the numbers leave it, and falls when they fill less than SHRINK of it.
    """
    if not math.isfinite(extent):
        return before or 1.0
    if before is not None and SHRINK * before <= extent <= before:
        return before
    power = 2.0 ** math.floor(math.log2(max(extent, SMALLEST)))
    return next(step * power for step in (1.0, 1.5, 2.0) if extent <= step * power * (1 + 1e-6))


def power_above(largest: float, least: float = 1.0) -> float:
    """Return `least` (1 where that is nothing), or the power of two from `largest` up; it moves seldom."""
    if largest <= least:
        return least or 1.0
    return float(2.0 ** min(MOST_DOUBLINGS, math.ceil(math.log2(largest))))


def stable_power(largest: float, before: float) -> float:
    """Return a power of two above `largest`, the one before while it is not far too large."""
    return before if before / 4 < largest <= before else power_above(largest, SMALLEST)


def largest_of(*arrays: NDArray[Any]) -> float:
    """Return the largest size of a finite number in arrays; 0 without one."""
    return max(map(_largest, arrays), default=0.0)


def _largest(values: NDArray[Any]) -> float:
    if not values.size:
        return 0.0
    largest = max(float(values.max()), -float(values.min()))
    if not math.isfinite(largest):
        return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    return largest
