from __future__ import annotations

import re

import numpy as np
import pytest

from tui_nn.commands.text.map_words import MOST_WORDS, classes_of, map_words, place_words

SIDE = 60
Y, X = np.mgrid[0:SIDE, 0:SIDE] / (SIDE - 1.0) - 0.5
"""From -0.5 to 0.5; rows go down."""


def two_classes(is_one: np.ndarray) -> np.ndarray:
    """Return the surface of a network that is sure: 1 where it says class 1, else -1."""
    return np.where(is_one, 1.0, -1.0).astype(np.float32)[:, :, None]


def shares_said(words: str) -> dict[str, float]:
    """Return the percents that a sentence gives to classes."""
    return {name: float(share) for name, share in re.findall(r"class (\d+) (\d+) %", words)}


PLACES = {
    "left": X < 0,
    "right": X > 0,
    "top": Y < 0,
    "bottom": Y > 0,
    "upper left and lower right": X * Y > 0,
    "upper right and lower left": X * Y < 0,
    "in the middle": X**2 + Y**2 < 0.08,
    "around the middle": X**2 + Y**2 > 0.08,
    "a band across the middle": abs(Y) < 0.2,
    "lower right": (X > 0.02) & (Y > 0.02),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_part_of_the_plane_is_said_by_the_place_it_has(name: str) -> None:
    assert place_words(PLACES[name]) == name


def test_what_has_no_shape_with_a_name_is_said_by_its_direction() -> None:
    comb = (X > 0.05) & (Y > 0.05) & (np.arange(SIDE) % 3 == 0)

    assert place_words(comb) == "mostly lower right"


@pytest.mark.parametrize("part", [0.004, 0.03, 0.335, 0.5, 0.875, 0.999])
def test_the_shares_of_two_classes_agree_with_the_grid_within_a_percent(part: float) -> None:
    is_one = np.quantile(X, part) > X

    words = map_words(two_classes(is_one), ("0", "1"))

    said = shares_said(words)
    for number, mask in (("0", ~is_one), ("1", is_one)):
        share = 100 * mask.sum() / mask.size
        if share < 0.5:
            assert f"class {number} under 1 %" in words or f"class {number} nowhere" in words
        else:
            assert said[number] == pytest.approx(share, abs=1.0)


@pytest.mark.parametrize("n_classes", [3, 5, 10, 40])
def test_the_shares_of_many_classes_agree_with_the_grid_in_forty_words(n_classes: int) -> None:
    rng = np.random.default_rng(n_classes)
    surface = rng.dirichlet(np.full(n_classes, 0.3), (SIDE, SIDE)).astype(np.float32)
    surface *= np.linspace(1.0, 2.0, n_classes, dtype=np.float32)
    names = [str(number) for number in range(n_classes)]

    words = map_words(surface, names)

    assert len(words.split()) <= MOST_WORDS
    counts = np.bincount(surface.argmax(axis=2).ravel(), minlength=n_classes)
    said = shares_said(words)
    assert len(said) >= min(n_classes, 5)
    for name, share in said.items():
        assert share == pytest.approx(100 * counts[int(name)] / counts.sum(), abs=1.0)
    rest = re.search(r"others (\d+) %", words)
    assert (rest is None) == (len(said) == n_classes)
    if rest is not None:
        others = sum(counts[int(name)] for name in names if name not in said)
        assert float(rest[1]) == pytest.approx(100 * others / counts.sum(), abs=1.0)


def test_long_names_do_not_make_more_words_than_forty() -> None:
    names = [f"a very long name of class {letter} that goes on" for letter in "abcdefgh"]
    surface = np.random.default_rng(0).random((SIDE, SIDE, 8), dtype=np.float32)

    assert len(map_words(surface, names, ("sepal length in cm", "petal width in cm")).split()) <= MOST_WORDS


def test_a_class_that_is_said_nowhere_is_named() -> None:
    assert "class 1 nowhere" in map_words(two_classes(X > 2), ("0", "1"))


def test_values_are_said_by_their_range_and_where_they_are_high() -> None:
    words = map_words((3.0 * X).astype(np.float32)[:, :, None], ())

    assert "from -1.5 to 1.5" in words
    assert "above zero on 50 %" in words
    assert len(words.split()) <= MOST_WORDS


def test_the_class_of_a_point_is_that_of_the_higher_value() -> None:
    surface = np.array([[[0.2, 0.7, 0.1], [0.5, 0.2, 0.3]]], np.float32)

    assert classes_of(surface).tolist() == [[1, 0]]
