from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render.palette import TRUECOLOR
from tui_nn.views.map.draw_readout import Reading, readout, readout_row

FLOWERS = ("Iris versicolor", "Iris setosa", "Iris virginica")


def told(names: tuple[str, ...], width: int, *, truth: int = 0) -> str:
    answer = np.array([0.25, 0.125, 0.625], dtype=np.float32)
    reading = Reading(names, cursor=(1.0, 2.0), answer=answer, truth=names[truth])
    return readout_row(TRUECOLOR, width, reading).lines()[0].strip()


def test_names_of_usual_length_are_told_in_full_beside_a_small_map() -> None:
    assert told(FLOWERS, 42) == "true Iris versicolor  Iris virginica 62 %"


def test_the_probability_has_a_decimal_where_there_is_room() -> None:
    assert told(FLOWERS, 60).endswith("true Iris versicolor  Iris virginica 62.5 %")


@pytest.mark.parametrize("width", [20, 30, 42])
def test_longer_names_give_way_before_the_words_beside_them(width: int) -> None:
    words = told(tuple(f"{name} of the north" for name in FLOWERS), width)
    assert words.startswith("true Iri")
    assert words.endswith("… 62 %")
    assert len(words) <= width


def test_a_truth_that_says_what_the_sample_is_taken_for_gives_way_too() -> None:
    truth = f"{FLOWERS[0]}, predicted {FLOWERS[1]}"
    answer = np.array([0.25, 0.125, 0.625], dtype=np.float32)
    reading = Reading(FLOWERS, cursor=(1.0, 2.0), answer=answer, truth=truth)
    words = readout_row(TRUECOLOR, 42, reading).lines()[0].strip()
    assert words.startswith("true Iri")
    assert ", predicted Iri" in words
    assert words.endswith("62 %")


@pytest.mark.parametrize(
    ("names", "row", "lines"),
    [
        (("x", "y"), "x 1.00  y 2.00", ["x   1.00", "y   2.00"]),
        (("x1", "target"), "x1 1.00  target 2.00", ["x1   1.00", "target   2.00"]),
        (("petal length in cm", "y"), "petal length  1.00  y 2.00", ["petal len   1.00", "y   2.00"]),
    ],
)
def test_coordinates_have_the_names_of_the_columns(
    names: tuple[str, str], row: str, lines: list[str]
) -> None:
    reading = Reading((), cursor=(1.0, 2.0), axis_names=names)

    assert readout_row(TRUECOLOR, 60, reading).lines()[0].rstrip() == row
    assert [line.rstrip() for line in readout(TRUECOLOR, 8, 16, reading).lines()[2:4]] == lines
