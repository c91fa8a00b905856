"""Where the parts of a line of numbers lie: words, a histogram a class, the line, its numbers, its name."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.render import slots
from tui_nn.render.palette import ASCII, TRUECOLOR
from tui_nn.views.hidden.draw_line import draw_number_line
from tui_nn.views.hidden.draw_plane import Samples

SAMPLES = Samples(np.array([[0.25], [0.75]]), np.array([0, 1]), np.zeros(2, dtype=bool))


def row_of_line(height: int, names: tuple[str, ...] = ()) -> int:
    """Return the row of the line of numbers."""
    cells = draw_number_line(SAMPLES, ASCII, height, 40, (0.0, 1.0), "neuron 1", class_names=names)
    (row,) = (row for row, text in enumerate(cells.lines()) if text.count("-") > 30)
    return row


@pytest.mark.parametrize(
    ("height", "classes", "rows"),
    [(5, 2, 1), (6, 2, 1), (7, 2, 2), (13, 2, 5), (60, 2, 10), (9, 3, 2), (8, 5, 1)],
)
def test_histograms_share_the_rows_that_three_of_words_leave(height: int, classes: int, rows: int) -> None:
    assert row_of_line(height, tuple("abcde"[:classes])) == 1 + classes * rows


def test_without_names_there_are_two_classes() -> None:
    assert row_of_line(13) == row_of_line(13, ("a", "b")) == 11


@pytest.mark.parametrize(
    ("height", "width", "is_drawn"), [(5, 40, True), (4, 40, False), (9, 4, True), (9, 3, False)]
)
def test_where_no_histogram_has_room_a_sentence_says_so(height: int, width: int, is_drawn: bool) -> None:
    cells = draw_number_line(SAMPLES, TRUECOLOR, height, width, (0.0, 1.0), "neuron 1")
    words = cells.lines()[0]

    assert words.startswith("how" if is_drawn else "Th")
    assert (cells.foreground == slots.AXIS).any() == is_drawn


def test_the_axis_is_named_below_its_numbers_where_there_is_a_row_for_it() -> None:
    tall = draw_number_line(SAMPLES, ASCII, 8, 40, (0.0, 1.0), "neuron 1").lines()
    low = draw_number_line(SAMPLES, ASCII, 7, 40, (0.0, 1.0), "neuron 1").lines()

    assert tall[7].strip().startswith("neuron 1")
    assert tall[6].split()[0] == low[6].split()[0] == "0"
    assert "neuron 1" not in "\n".join(low)
