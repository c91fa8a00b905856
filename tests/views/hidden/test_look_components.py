from __future__ import annotations

import numpy as np
import pytest

from tui_nn.views.hidden.look_components import principal_components

RNG = np.random.default_rng(5)
LONG = RNG.normal(size=(80, 6)) @ RNG.normal(size=(6, 6))
"""More samples than units."""
WIDE = RNG.normal(size=(20, 50))
"""More units than samples."""


@pytest.mark.parametrize("values", [LONG, WIDE], ids=["long", "wide"])
def test_they_are_the_first_right_singular_vectors(values: np.ndarray) -> None:
    _, sizes, vectors = np.linalg.svd(values - values.mean(axis=0), full_matrices=False)

    directions, shares = principal_components(values)

    assert np.abs(np.sum(directions * vectors[:2], axis=1)) == pytest.approx([1, 1], abs=1e-9)
    assert shares == pytest.approx(sizes[:2] ** 2 / np.sum(sizes**2))


@pytest.mark.parametrize("values", [LONG, WIDE], ids=["long", "wide"])
def test_the_largest_loading_is_positive(values: np.ndarray) -> None:
    for turned in (values, -values):
        for direction in principal_components(turned)[0]:
            assert direction[np.abs(direction).argmax()] > 0


def test_signs_and_order_stay_from_look_to_look() -> None:
    first, shares = principal_components(LONG)
    seen = np.stack([-first[1], first[0]])

    again, swapped = principal_components(LONG + RNG.normal(scale=1e-3, size=LONG.shape), seen)

    assert np.sum(again * seen, axis=1) == pytest.approx([1, 1], abs=1e-3)
    assert swapped == pytest.approx(shares[::-1], abs=1e-3)


def test_directions_of_equal_spread_do_not_change_places() -> None:
    # The larger spread moves from the first unit to the second: the first stays the first direction.
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    seen = None
    for width in np.linspace(1.1, 0.9, 9):
        ellipse = np.column_stack([width * np.cos(angle), np.sin(angle), np.zeros(60)])
        if abs(width - 1) < 1e-9:
            continue
        seen, _ = principal_components(ellipse, seen)
        assert seen == pytest.approx(np.eye(3)[:2], abs=1e-6)


def test_samples_at_one_place_have_directions_too() -> None:
    for values in (np.ones((9, 4)), np.ones((2, 4))):
        directions, shares = principal_components(values)

        assert directions @ directions.T == pytest.approx(np.eye(2))
        assert shares.tolist() == [0, 0]


def test_samples_on_a_line_have_a_second_direction_across() -> None:
    for n in (3, 9):
        directions, shares = principal_components(np.outer(np.arange(n), [1.0, 2.0, 2.0, 0.0]))

        assert directions[0] == pytest.approx([1 / 3, 2 / 3, 2 / 3, 0])
        assert directions @ directions.T == pytest.approx(np.eye(2))
        assert shares == pytest.approx([1, 0])
