from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tui_nn.data import DataError, format_drawing, parse_drawings


def test_rows_of_marks_become_cells_and_short_rows_end_in_paper() -> None:
    (drawing,) = parse_drawings("..#\n#\n.##\n")
    assert drawing.tolist() == [[False, False, True], [True, False, False], [False, True, True]]


def test_blank_lines_part_drawings_wherever_and_however_many() -> None:
    drawings = parse_drawings("\n\n#.\n\n \t\n.#\n##\n\n")
    assert [drawing.shape for drawing in drawings] == [(1, 2), (2, 2)]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    assert parse_drawings("\ufeff#.\r\n.#\r\n")[0].tolist() == [[True, False], [False, True]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no drawing"),
        ("\n \n", "no drawing"),
        ("#.\n\n..\n..\n", "drawing 2 is empty"),
        ("#.\n.x\n", r"line 2 holds 'x'"),
        ("<html>", "line 1 holds"),
        ("#" * 1001, "1001 x 1"),
        ("#\n" * 1001, "1 x 1001"),
    ],
)
def test_what_cannot_be_read_is_reported_in_words(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_drawings(text)


@given(hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=30)))
def test_formatted_drawings_are_read_back(drawing: np.ndarray) -> None:
    if drawing.any():
        (again,) = parse_drawings(format_drawing(drawing))
        assert again.tolist() == drawing.tolist()


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    try:
        drawings = parse_drawings(text)
    except DataError:
        return
    assert all(drawing.any() for drawing in drawings)
