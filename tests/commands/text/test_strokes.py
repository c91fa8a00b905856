from __future__ import annotations

import numpy as np
import pytest

from tui_nn.commands.text import strokes
from tui_nn.views.drawing.board import DrawingBoard


def thin_board() -> DrawingBoard:
    board = DrawingBoard((28, 28))
    board.brush = 1
    return board


def test_a_stroke_of_points_goes_through_all_of_them() -> None:
    board = thin_board()

    words = strokes.draw(board, "5 8 to 5 20 to 24 12")

    assert board.ink[4, 7:20].all()
    assert board.ink[23, 11]
    assert words == "Pen at row 24, column 12, up."


def test_a_stroke_of_ways_begins_at_the_pen() -> None:
    board = thin_board()
    board.pen = (4, 7)

    strokes.draw(board, "right 12, down-left 3 then down 10")

    assert board.ink[4, 7:20].all()
    assert board.ink[7, 16]
    assert board.ink[7:18, 16].all()
    assert board.pen == (17, 16)


def test_a_stroke_is_taken_back_whole() -> None:
    board = thin_board()
    strokes.draw(board, "3 3 to 9 3")

    strokes.draw(board, "down 4, right 4")

    assert board.undo()
    assert np.flatnonzero(board.ink.any(axis=0)).tolist() == [2]


def test_the_pen_moves_without_ink_while_it_is_up() -> None:
    board = thin_board()

    strokes.move(board, "up 5, left 2")

    assert board.is_empty
    assert board.pen == (9, 12)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0 3 to 4 4", "rows are 1 to 28"),
        ("3 3 to 29 4", "rows are 1 to 28"),
        ("northwards 3", "northwards 3 is not allowed"),
        ("5", "5 is not allowed"),
        ("down 9999", "not allowed"),
        (",", "nothing is not allowed"),
    ],
)
def test_what_is_no_stroke_is_refused_and_leaves_the_drawing(text: str, why: str) -> None:
    board = thin_board()

    with pytest.raises(ValueError, match=why):
        strokes.draw(board, text)

    assert board.is_empty


def test_the_rows_of_a_drawing_say_where_there_is_ink() -> None:
    ink = np.zeros((28, 28), np.uint8)
    ink[2:5, 3:6] = 255
    ink[2:5, 9] = 255
    ink[7, 4] = 255

    assert strokes.rows_words(ink) == ["rows 3 to 5: 4 to 6 and 10.", "row 8: 5."]
    assert strokes.extent_words(ink).startswith("Ink in rows 3 to 8, columns 4 to 10")
