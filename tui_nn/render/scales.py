"""Ranges that move seldom: a picture of numbers that change keeps its scale until they leave it."""

from __future__ import annotations

import math

SHRINK = 0.55
"""A bound is lowered when the numbers fill less than this part of it."""
SMALLEST = 1e-6


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
