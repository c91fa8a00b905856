"""The rank test against tables, against counting every way by hand, and against figures of scipy 1.17."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from tui_nn.sweeps.rank_test import holm, least_p, mann_whitney

INF = math.inf


def counted(a: list[float], b: list[float]) -> float:
    """Return p by going through every way to choose which of the values are a's."""
    values = a + b

    def excess(of_a: tuple[int, ...]) -> float:
        others = [j for j in range(len(values)) if j not in of_a]
        pairs = [(values[i], values[j]) for i in of_a for j in others]
        return abs(sum((x > y) + (x == y) / 2 for x, y in pairs) - len(pairs) / 2)

    ways = list(itertools.combinations(range(len(values)), len(a)))
    found = excess(tuple(range(len(a))))
    return sum(excess(way) >= found - 1e-9 for way in ways) / len(ways)


@pytest.mark.parametrize(
    ("a", "b", "u", "p"),
    [
        # ways with U <= 2 of 5 against 5: 1 + 1 + 2 of 252, on both sides
        ([1, 2, 3, 4, 8], [5, 6, 7, 9, 10], 3.0, 2 * 7 / 252),
        ([1, 2, 3, 4, 7], [5, 6, 8, 9, 10], 2.0, 2 * 4 / 252),
        ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.0, 2 / 252),
        ([6, 7, 8, 9, 10], [1, 2, 3, 4, 5], 25.0, 2 / 252),
        ([1, 2, 3], [4, 5, 6], 0.0, 0.1),
        ([1], [2], 0.0, 1.0),
    ],
)
def test_small_groups_are_as_in_the_tables(a: list[float], b: list[float], u: float, p: float) -> None:
    assert mann_whitney(a, b) == pytest.approx((u, p))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([1, 1, 2], [1, 3, 3, 4]),
        ([0.5, INF, INF], [0.1, 0.2, 0.3, INF]),
        ([1, 1, 1], [1, 1]),
        ([2, 2, 5, 7], [1, 2, 2, 3]),
        ([1, 5, 9], [2, 3, 4, 10, 11]),
    ],
)
def test_every_way_is_counted_with_ties_too(a: list[float], b: list[float]) -> None:
    assert mann_whitney(a, b)[1] == pytest.approx(counted(a, b))


@pytest.mark.parametrize(
    ("seed", "n", "m", "shift", "p"),
    # scipy.stats.mannwhitneyu(a, b, method="exact") and, from 60 on, method="asymptotic"
    [
        (0, 5, 5, 1.0, 0.150793650794),
        (1, 10, 10, 0.5, 0.911797181147),
        (2, 10, 10, 1.5, 0.00287947346771),
        (3, 7, 12, 0.0, 0.535841867111),
        (4, 25, 25, 0.6, 0.16978151991),
        (5, 60, 60, 0.3, 0.0241779068084),
        (6, 60, 80, 0.0, 0.2042471004),
    ],
)
def test_p_is_that_of_scipy(seed: int, n: int, m: int, shift: float, p: float) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=n), rng.normal(shift, size=m)

    assert mann_whitney(a.tolist(), b.tolist())[1] == pytest.approx(p, rel=1e-9)


def test_groups_change_places_without_changing_p() -> None:
    a, b = [0.3, 0.1, 0.7], [0.2, 0.9, 1.5, 0.8]

    assert mann_whitney(a, b)[1] == mann_whitney(b, a)[1]
    assert mann_whitney(a, b)[0] + mann_whitney(b, a)[0] == 12


@pytest.mark.parametrize(("n", "m"), [(1, 1), (2, 3), (3, 3), (4, 4), (5, 7)])
def test_the_least_p_is_that_of_groups_that_do_not_overlap(n: int, m: int) -> None:
    assert least_p(n, m) == pytest.approx(mann_whitney(list(range(n)), list(range(n, n + m)))[1])


def test_p_values_count_once_for_each_comparison() -> None:
    # Holm by hand: 3 * 0.01; 2 * 0.02; 1 * 0.03, which is not less than the one before
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.5, 0.6]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_a_group_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="both groups"):
        mann_whitney([], [1.0])
