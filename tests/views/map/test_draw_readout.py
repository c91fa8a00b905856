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


@pytest.mark.parametrize("classes", [("0", "1"), ("no", "yes")])
def test_two_classes_have_the_scale_of_colors_below_them_as_a_regression_has(
    classes: tuple[str, str],
) -> None:
    lines = readout(TRUECOLOR, 20, 16, Reading(classes)).lines()
    place = next(row for row, line in enumerate(lines) if line.startswith("-1 "))

    assert place == 3, "behind both classes and what is wrong"
    assert lines[place].rstrip().endswith(" 1")
    assert lines[place].strip() == readout(TRUECOLOR, 20, 16, Reading(())).lines()[0].strip()


@pytest.mark.parametrize(("names", "height"), [(FLOWERS, 20), (("0", "1"), 8)])
def test_there_is_no_scale_for_more_classes_nor_where_an_answer_needs_the_room(
    names: tuple[str, ...], height: int
) -> None:
    assert not any(line.startswith("-1") for line in readout(TRUECOLOR, height, 16, Reading(names)).lines())


def test_in_one_row_the_scale_stands_at_the_end_if_that_takes_nothing_from_the_classes() -> None:
    wide, narrow = (readout_row(TRUECOLOR, width, Reading(("0", "1"))).lines()[0] for width in (60, 40))

    assert "class 0" in wide
    assert wide.rstrip().endswith(" 1")
    assert "-1" in wide
    assert "class 0" in narrow
    assert "-1" not in narrow
