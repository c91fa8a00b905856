from __future__ import annotations

import numpy as np
import pytest
from textual_plotext import Plot

from tui_nn.render import slots
from tui_nn.render.palette import MONO, PALETTES
from tui_nn.training.snapshot import Curves, Metrics
from tui_nn.views.curves.draw import COLUMNS_FOR_TWO, ROWS_FOR_TWO, charts_picture, mark_charts, name_charts

RECORDED = Curves(np.arange(50), *(np.linspace(start, 0.1, 50) for start in (0.9, 0.8, 0.5, 0.4)))


def text(height: int, is_regression: bool = False, log: bool = False, width: int = 60) -> str:
    return "\n".join(charts_picture(RECORDED, is_regression, MONO, height, width, Plot, log=log).lines())


def test_accuracy_has_a_chart_where_there_is_room() -> None:
    assert "Accuracy" in text(ROWS_FOR_TWO, width=COLUMNS_FOR_TWO - 1)
    assert "Accuracy" not in text(ROWS_FOR_TWO - 1, width=COLUMNS_FOR_TWO - 1)
    assert "Accuracy" in text(5, width=COLUMNS_FOR_TWO)


def test_regression_has_r2_instead() -> None:
    assert "R²" in text(20, is_regression=True)
    assert "Accuracy" not in text(20, is_regression=True)


def test_a_log_scale_is_named() -> None:
    assert "Loss (log)" in text(20, log=True)


@pytest.mark.parametrize("height", [0, 1, 5, 14, 30])
def test_the_picture_has_the_size_that_was_asked_for(height: int) -> None:
    assert charts_picture(RECORDED, False, MONO, height, 60, Plot).glyphs.shape == (height, 60)


def test_nothing_recorded_is_said_in_words() -> None:
    assert "no data yet" in "\n".join(charts_picture(None, False, MONO, 8, 40, Plot).lines())


BRANCHED = Curves(
    np.arange(30), *(np.linspace(start, 0.2, 30) for start in (0.9, 0.8, 0.5, 0.4)), other=RECORDED
)


def test_the_course_before_a_branch_is_drawn_beside_it_and_named() -> None:
    cells = charts_picture(BRANCHED, False, PALETTES["truecolor"], 24, 60, Plot)
    lines = cells.lines()

    assert "before" in lines[0]
    assert lines[0].count("before") == 1
    # The older course goes on to step 49, the branch to step 29: right of that all lines are dim.
    right = cells.foreground[1:11, 42:]
    assert slots.DIM in right
    assert slots.TRAIN not in right


def test_where_it_is_narrow_the_older_course_is_not_named() -> None:
    head = charts_picture(BRANCHED, False, PALETTES["truecolor"], 9, 30, Plot).lines()[0]

    assert "train" in head
    assert "test" in head
    assert "before" not in head


def test_a_step_is_marked_in_both_charts_where_nothing_else_is_drawn() -> None:
    plain = charts_picture(RECORDED, False, MONO, 24, 60, Plot)
    marked = mark_charts(plain, RECORDED, 49, MONO)
    before, after = (np.array([list(line) for line in cells.lines()]) for cells in (plain, marked))
    changed = np.argwhere(before != after)

    assert set(changed[:, 1].tolist()) == {59}, "the last step is the last column"
    assert (before[before != after] == " ").all()
    assert changed[:, 0].min() < 14 < changed[:, 0].max()


def test_the_first_step_is_marked_right_of_the_axis() -> None:
    plain = charts_picture(RECORDED, False, MONO, 10, 60, Plot)
    column = next(line for line in plain.lines() if "┤" in line).index("┤") + 1

    assert "┊" in [line[column] for line in mark_charts(plain, RECORDED, 0, MONO).lines()]


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (2, 30), (5, 11), (14, 60), (40, 200)])
def test_a_mark_fits_any_size(size: tuple[int, int]) -> None:
    plain = charts_picture(RECORDED, False, MONO, *size, Plot)

    assert mark_charts(plain, RECORDED, 20, MONO).glyphs.shape == size


@pytest.mark.parametrize(("step", "since"), [(20, 30.0), (60, None)])
def test_a_step_that_is_not_shown_is_not_marked(step: int, since: float | None) -> None:
    plain = charts_picture(RECORDED, False, MONO, 24, 60, Plot, since=since)

    assert mark_charts(plain, RECORDED, step, MONO, since).lines() == plain.lines()


def test_nothing_recorded_is_not_marked() -> None:
    nothing = Curves(np.arange(0), *(np.empty(0) for _ in range(4)))
    plain = charts_picture(nothing, False, MONO, 10, 40, Plot)

    assert mark_charts(plain, nothing, 0, MONO).lines() == plain.lines()


def test_the_numbers_in_the_legends_are_those_of_the_moment_that_is_given() -> None:
    picture = charts_picture(RECORDED, False, MONO, 30, 60, Plot)
    named = name_charts(picture, RECORDED, Metrics(0.123, 0.456, 0.789, 0.654), MONO)
    words = "\n".join(named.lines())

    assert named.glyphs.shape == picture.glyphs.shape
    assert "0.123" in words
    assert "0.456" in words
