from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from tui_nn.views.drawing.board import ERASER, INK, MOST_STROKES, DrawingBoard


def board_with(brush: int, pen: tuple[int, int] = (14, 14)) -> DrawingBoard:
    board = DrawingBoard()
    board.brush, board.pen = brush, pen
    return board


def places(board: DrawingBoard) -> set[tuple[int, int]]:
    """Return (row, column) of every cell with ink."""
    return {(int(row), int(column)) for row, column in np.argwhere(board.ink)}


def test_a_new_board_is_empty_with_the_pen_lifted_in_the_middle() -> None:
    board = DrawingBoard()

    assert board.is_empty
    assert (board.pen, board.is_down) == ((14, 14), False)


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("down", [-1, 0, 1])
@pytest.mark.parametrize("right", [-1, 0, 1])
def test_a_lifted_pen_moves_and_draws_nothing(step: int, down: int, right: int) -> None:
    board = DrawingBoard()
    board.move(down * step, right * step)

    assert board.pen == (14 + down * step, 14 + right * step)
    assert board.is_empty


@pytest.mark.parametrize("length", [1, 5])
def test_a_lowered_pen_draws_every_cell_on_its_way(length: int) -> None:
    board = board_with(1)
    board.toggle_pen()
    board.move(0, length)
    board.move(length, length)

    across = {(14, 14 + n) for n in range(length + 1)}
    aslant = {(14 + n, 14 + length + n) for n in range(length + 1)}
    assert places(board) == across | aslant
    assert set(np.unique(board.ink)) == {0, INK}


@pytest.mark.parametrize(
    ("brush", "filled"),
    [
        (1, {(14, 14)}),
        (2, {(14, 14), (14, 15), (15, 14), (15, 15)}),
        (3, {(14, 14), (13, 14), (15, 14), (14, 13), (14, 15)}),
    ],
)
def test_each_brush_has_its_shape(brush: int, filled: set[tuple[int, int]]) -> None:
    board = board_with(brush)
    board.toggle_pen()

    assert places(board) == filled


def test_the_eraser_takes_away_what_it_passes() -> None:
    board = board_with(1, (14, 5))
    board.toggle_pen()
    board.move(0, 15)
    board.toggle_pen()
    board.brush = ERASER
    board.pen = (14, 10)
    board.toggle_pen()
    board.move(0, 2)

    assert places(board) == {(14, n) for n in (5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20)}


@pytest.mark.parametrize("end", [(0, 0), (0, 27), (27, 0), (27, 27), (3, 20), (25, 9), (14, 14)])
def test_a_line_from_the_mark_reaches_both_ends_without_a_gap(end: tuple[int, int]) -> None:
    board = board_with(1)
    board.set_mark()
    board.pen = end

    assert board.line_from_mark()
    drawn = places(board)
    assert {(14, 14), end} <= drawn
    assert len(drawn) == max(abs(end[0] - 14), abs(end[1] - 14)) + 1
    ordered = sorted(drawn, key=lambda at: max(abs(at[0] - 14), abs(at[1] - 14)))
    for (row, column), (next_row, next_column) in itertools.pairwise(ordered):
        assert max(abs(row - next_row), abs(column - next_column)) == 1


def test_a_line_without_a_mark_draws_nothing() -> None:
    board = DrawingBoard()

    assert not board.line_from_mark()
    assert board.is_empty
    assert not board.undo()


def test_the_mark_moves_to_the_end_of_its_line() -> None:
    board = board_with(1, (5, 5))
    board.set_mark()
    for row, column in [(5, 20), (20, 20), (20, 5), (5, 5)]:
        board.pen = (row, column)
        board.line_from_mark()

    outline = {(5, n) for n in range(5, 21)} | {(20, n) for n in range(5, 21)}
    outline |= {(n, 5) for n in range(5, 21)} | {(n, 20) for n in range(5, 21)}
    assert places(board) == outline


def test_one_stroke_is_taken_back_whole_and_drawn_again() -> None:
    board = board_with(1)
    board.toggle_pen()
    board.move(0, 5)
    board.move(5, 0)
    board.toggle_pen()
    first = board.ink.copy()
    board.move(-3, -9)
    board.toggle_pen()
    board.move(-5, 0)
    both = board.ink.copy()

    assert board.undo()
    assert np.array_equal(board.ink, first)
    assert not board.is_down
    assert board.undo()
    assert board.is_empty
    assert not board.undo()
    assert board.redo()
    assert board.redo()
    assert np.array_equal(board.ink, both)
    assert not board.redo()


def test_what_was_taken_back_is_gone_after_another_stroke() -> None:
    board = DrawingBoard()
    board.toggle_pen()
    board.undo()
    board.toggle_pen()

    assert not board.redo()


def test_many_strokes_are_kept_and_the_oldest_forgotten() -> None:
    board = DrawingBoard()
    for _ in range(MOST_STROKES + 30):
        board.invert()

    assert sum(board.undo() for _ in range(2 * MOST_STROKES)) == MOST_STROKES


def test_clearing_inverting_and_a_test_digit_can_be_taken_back() -> None:
    image = np.arange(784, dtype=np.uint32).reshape(28, 28).astype(np.uint8)
    board = DrawingBoard()
    board.put(image)
    board.invert()
    assert np.array_equal(board.ink, 255 - image)
    board.clear()
    assert board.is_empty

    board.undo()
    assert np.array_equal(board.ink, 255 - image)
    board.undo()
    assert np.array_equal(board.ink, image)
    board.undo()
    assert board.is_empty


@pytest.mark.parametrize("change", ["clear", "lift", "undo"])
def test_the_pen_is_lifted_by(change: str) -> None:
    board = DrawingBoard()
    board.toggle_pen()
    getattr(board, change)()
    drawn = places(board)
    board.move(5, 5)

    assert places(board) == drawn


@pytest.mark.parametrize("brush", [0, 1, 2, 3])
@pytest.mark.parametrize(("down", "right"), [(-1, -1), (-1, 1), (1, -1), (1, 1), (0, 1), (1, 0)])
def test_the_pen_stays_on_the_paper_at_its_edges(brush: int, down: int, right: int) -> None:
    board = board_with(brush)
    board.toggle_pen()
    for _ in range(10):
        board.move(5 * down, 5 * right)

    assert board.pen == tuple(14 if not d else (0 if d < 0 else 27) for d in (down, right))
    assert board.is_empty == (brush == ERASER)
    # A brush that hangs over an edge wraps nothing around to the other one.
    assert not board.ink[27 if down < 0 else 0].any()
    assert not board.ink[:, 27 if right < 0 else 0].any()


def test_the_mouse_draws_a_line_between_the_places_it_was_seen_at() -> None:
    board = board_with(1)
    board.draw_to((3, 3), begins=True)
    board.draw_to((3, 9), begins=False)
    board.draw_to((99, 9), begins=False)

    assert places(board) == {(3, n) for n in range(3, 10)} | {(n, 9) for n in range(3, 28)}
    assert board.pen == (27, 9)
    board.undo()
    assert board.is_empty


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_drawn_all_of_it_can_be_taken_back_and_drawn_again(seed: int) -> None:
    rng, board = random.Random(seed), DrawingBoard()
    for _ in range(150):
        match rng.randrange(9):
            case 0:
                board.toggle_pen()
            case 1:
                board.brush = rng.randrange(4)
            case 2:
                rng.choice([board.clear, board.invert, board.set_mark, board.lift])()
            case 3:
                board.line_from_mark()
            case 4:
                board.draw_to((rng.randrange(-5, 40), rng.randrange(-5, 40)), begins=rng.random() < 0.5)
            case _:
                board.move(rng.choice([-5, -1, 0, 1, 5]), rng.choice([-5, -1, 0, 1, 5]))
    board.lift()
    drawn, n_strokes = board.ink.copy(), 0
    while board.undo():
        n_strokes += 1
    while board.redo():
        n_strokes -= 1

    assert n_strokes == 0
    assert np.array_equal(board.ink, drawn)
