"""The rank test of Mann and Whitney: can two groups of runs be told apart, or is it luck?

It compares only which run is better, so it asks nothing of how losses are spread, and a run that diverged is
simply the worst. Runs count as independent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

EXACT_PAIRS = 2500
"""Up to so many pairs the distribution is counted out; beyond, it is nearly normal."""


def mann_whitney(a: Sequence[float], b: Sequence[float]) -> tuple[float, float]:
    """Return (U, p) of two groups, two-sided: U pairs in which a is the higher, ties half.

    p: the share of all ways to deal the same ranks out to the two groups that are as uneven as this one or
    more; ties have their middle rank. Infinite values are allowed, NaN is not.
    Source: Mann and Whitney (1947), with ties as in Lehmann, Nonparametrics (1975), section 1.4.
    """
    n, m = len(a), len(b)
    if not n or not m:
        raise ValueError("both groups need a value")
    doubled = _doubled_ranks([*a, *b])
    sum_a = int(doubled[:n].sum())
    u = (sum_a - n * (n + 1)) / 2
    p = _exact(doubled, n, sum_a) if n * m <= EXACT_PAIRS else _normal(doubled, n, m, u)
    return u, min(1.0, p)


def least_p(n: int, m: int) -> float:
    """Return the smallest p that groups of these sizes can have: none above the other in any pair."""
    return min(1.0, 2 / math.comb(n + m, n))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values as they count where several are looked at; Holm (1979)."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = largest
    return adjusted


def _doubled_ranks(values: Sequence[float]) -> NDArray[np.int64]:
    """Return twice the rank of each value, so that the middle of tied ranks is whole."""
    given = np.asarray(values, np.float64)
    _, which, counts = np.unique(given, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (2 * last - counts + 1)[which].astype(np.int64)


def _exact(doubled: NDArray[np.int64], n: int, sum_a: int) -> float:
    """Count the sums of ranks of every choice of n values that are as far from the middle as `sum_a`."""
    total = int(doubled.sum())
    ways = np.zeros((n + 1, total + 1))
    ways[0, 0] = 1.0
    for rank in doubled.tolist():
        ways[1:, rank:] += ways[:-1, : total + 1 - rank]
    middle = n * total / len(doubled)
    sums = np.arange(total + 1)
    is_as_far = np.abs(sums - middle) >= abs(sum_a - middle) - 1e-9
    return float(ways[n, is_as_far].sum() / ways[n].sum())


def _normal(doubled: NDArray[np.int64], n: int, m: int, u: float) -> float:
    """Return p of the normal distribution of the same variance, ties and continuity counted."""
    size = n + m
    _, counts = np.unique(doubled, return_counts=True)
    ties = float((counts.astype(np.float64) ** 3 - counts).sum()) / (size * (size - 1))
    deviation = math.sqrt(n * m / 12 * (size + 1 - ties))
    if deviation == 0:
        return 1.0
    z = max(0.0, abs(u - n * m / 2) - 0.5) / deviation
    return math.erfc(z / math.sqrt(2))
