"""Strokes in words: "down 10, right 6", "line 5 8 to 20 8": what they do to a drawing, and what it holds."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from tui_nn.views.drawing.board import DrawingBoard

DIRECTIONS = {
    "up": (-1, 0),
    "down": (1, 0),
    "left": (0, -1),
    "right": (0, 1),
    "up-left": (-1, -1),
    "up-right": (-1, 1),
    "down-left": (1, -1),
    "down-right": (1, 1),
}
"""(down, right) of a step."""
_STEP = re.compile(r"(up-left|up-right|down-left|down-right|up|down|left|right)\s*(\d{0,3})$")
_POINT = re.compile(r"(\d{1,3})\s*[ ,]\s*(\d{1,3})$")
GRAMMAR = "a stroke is points (row column), such as 5 8 to 20 8, or ways, such as down 10, right 6"


def move(board: DrawingBoard, text: str) -> str:
    """Move the pen by ways apart at commas, drawing if it is down; return where it is. Raises ValueError."""
    for down, right in _ways(text):
        board.move(down, right)
    return pen_words(board)


def draw(board: DrawingBoard, text: str) -> str:
    """Draw one stroke of points or of ways from the pen; return where the pen is. Raises ValueError."""
    if any(character.isdigit() for character in text[:1]):
        points = [_point(part, board) for part in re.split(r"\bto\b|;", text)]
        board.lift()
        board.draw_to(points[0], begins=True)
        for point in points[1:]:
            board.draw_to(point, begins=False)
        return pen_words(board)
    ways = _ways(text)
    board.lift()
    board.toggle_pen()
    for down, right in ways:
        board.move(down, right)
    board.lift()
    return pen_words(board)


def _ways(text: str) -> list[tuple[int, int]]:
    found = []
    for part in filter(None, (part.strip() for part in re.split(r",|\bthen\b", text))):
        step = _STEP.fullmatch(part.casefold())
        if step is None:
            raise ValueError(f"{part[:40]} is not allowed; {GRAMMAR}")
        count = int(step[2] or 1)
        down, right = DIRECTIONS[step[1]]
        found.append((down * count, right * count))
    if not found:
        raise ValueError(f"nothing is not allowed; {GRAMMAR}")
    return found


def _point(text: str, board: DrawingBoard) -> tuple[int, int]:
    found = _POINT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text.strip()[:40] or 'nothing'} is not allowed; {GRAMMAR}")
    row, column = int(found[1]), int(found[2])
    rows, columns = board.shape
    if not (1 <= row <= rows and 1 <= column <= columns):
        raise ValueError(f"{row} {column} is outside; rows are 1 to {rows}, columns 1 to {columns}")
    return row - 1, column - 1


def pen_words(board: DrawingBoard) -> str:
    """Return where the pen is, counted from 1, and whether it draws."""
    row, column = board.pen
    return f"Pen at row {row + 1}, column {column + 1}, {'down' if board.is_down else 'up'}."


def extent_words(ink: NDArray[np.uint8]) -> str:
    """Return from where to where there is ink."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return "The canvas is empty."
    return (
        f"Ink in rows {rows[0] + 1} to {rows[-1] + 1}, columns {columns[0] + 1} to {columns[-1] + 1}, "
        f"{100 * np.count_nonzero(ink) / ink.size:.0f} % of the canvas."
    )


def rows_words(ink: NDArray[np.uint8]) -> list[str]:
    """Return where in each row there is ink; rows that are alike are one line."""
    lines: list[tuple[int, int, str]] = []
    for number, row in enumerate(ink > 0):
        words = _runs_words(row)
        if lines and lines[-1][2] == words:
            lines[-1] = (lines[-1][0], number, words)
        else:
            lines.append((number, number, words))
    return [
        f"row {first + 1}: {words}." if first == last else f"rows {first + 1} to {last + 1}: {words}."
        for first, last, words in lines
        if words
    ]


def _runs_words(row: NDArray[np.bool_]) -> str:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    return " and ".join(f"{a + 1} to {b}" if b > a + 1 else f"{a + 1}" for a, b in runs.tolist())
