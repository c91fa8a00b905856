"""What stands in a file is taken for what it should be, or refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tui_nn.training.stored_values import count, generator, rows, seconds, words


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.int64])
def test_row_numbers_are_a_line_of_whole_numbers(kind: Any) -> None:
    read = rows(np.array([3, 0, 7], kind))

    assert read.tolist() == [3, 0, 7]
    assert read.dtype == np.intp


@pytest.mark.parametrize(
    "values",
    [
        np.array([0.0, 1.0]),
        np.array([True, False]),
        np.array(["1"]),
        np.array([[1, 2]]),
        np.array(1),
        np.zeros((1, 1), float),
    ],
    ids=["floats", "truths", "words", "a table", "a single one", "a table of floats"],
)
def test_anything_else_is_no_row_numbers(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="these are no rows"):
        rows(values)


@pytest.mark.parametrize("value", [2, 3, 5])
def test_a_count_is_within_its_bounds(value: int) -> None:
    assert count(value, 2, 5) == value


@pytest.mark.parametrize("value", [1, 6, -3, 3.0, True, "3", None])
def test_a_count_beyond_them_or_of_another_kind_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="this is no count"):
        count(value, 2, 5)


@pytest.mark.parametrize("value", [0, 0.0, 12, 1e9])
def test_time_is_none_or_more(value: float) -> None:
    assert seconds(value) == value


@pytest.mark.parametrize("value", [-1e-9, math.inf, math.nan, "1", None])
def test_other_times_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="this is no time"):
        seconds(value)


def test_names_are_a_list_of_words() -> None:
    assert words(["x", ""]) == ("x", "")


@pytest.mark.parametrize("values", ["xy", ["x", 1], ("x",), None])
def test_other_names_are_refused(values: Any) -> None:
    with pytest.raises(ValueError, match="these are no names"):
        words(values)


def test_a_generator_goes_on_where_it_was() -> None:
    drawn = np.random.default_rng(5)
    drawn.random(3)
    read = np.random.default_rng(0)
    read.bit_generator.state = generator(drawn.bit_generator.state)

    assert read.random(4).tolist() == drawn.random(4).tolist()
