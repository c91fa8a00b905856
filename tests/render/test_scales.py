from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.render.scales import largest_of, power_above, stable_bound, stable_power


@pytest.mark.parametrize(
    ("extent", "bound"),
    [(1.0, 1.0), (1.2, 1.5), (1.6, 2.0), (2.5, 3.0), (3.5, 4.0), (0.3, 0.375), (100, 128)],
)
def test_bounds_are_powers_of_two_and_halfway(extent: float, bound: float) -> None:
    assert stable_bound(extent) == bound


def test_a_bound_stays_while_the_numbers_fit_and_fill_it() -> None:
    assert [stable_bound(extent, 4.0) for extent in (3.9, 3.0, 2.3)] == [4.0, 4.0, 4.0]


def test_it_rises_and_falls_when_they_do_not() -> None:
    assert stable_bound(4.1, 4.0) == 6.0
    assert stable_bound(2.1, 4.0) == 3.0


def test_numbers_that_tremble_do_not_move_it() -> None:
    bound, seen = None, []
    for number in range(60):
        bound = stable_bound(3.0 + 0.4 * math.sin(number), bound)
        seen.append(bound)
    assert len(set(seen)) <= 2
    assert seen[-1] == max(seen)


def test_nothing_and_infinity_have_a_bound() -> None:
    assert stable_bound(0.0) > 0
    assert stable_bound(math.inf) == 1.0
    assert stable_bound(math.nan, 8.0) == 8.0


@pytest.mark.parametrize(
    ("largest", "before", "after"),
    [(0.9, 0.0, 1.0), (1.1, 1.0, 2.0), (0.9, 2.0, 2.0), (0.51, 2.0, 2.0), (0.5, 2.0, 0.5), (0.0, 1.0, 1e-6)],
)
def test_axes_grow_at_once_and_shrink_late(largest: float, before: float, after: float) -> None:
    assert stable_power(largest, before) == after


@pytest.mark.parametrize(
    ("largest", "least", "power"),
    [(0.3, 1.0, 1.0), (1.0, 1.0, 1.0), (1.1, 1.0, 2.0), (5.0, 1.0, 8.0), (0.3, 0.0, 0.5), (0.0, 0.0, 1.0)],
)
def test_the_next_power_of_two_is_not_below_the_least(largest: float, least: float, power: float) -> None:
    assert power_above(largest, least) == power


def test_the_largest_is_the_largest_finite_size() -> None:
    assert largest_of(np.array([1.0, -3.0]), np.array([2.0])) == 3.0
    assert largest_of(np.array([1.0, -np.inf, np.nan])) == 1.0
    assert largest_of(np.empty(0)) == 0.0
    assert largest_of() == 0.0
