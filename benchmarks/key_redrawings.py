"""Drawings made with keys, made again in a hurry: lines too long or too short, another place, another brush.

A drawing is its moves: "goto ROW,COLUMN", "pen down", "pen up", and runs such as "R5" or "DL3", five cells to
the right or three down and to the left. What slips is how a person slips, and small: the digit stays what it
was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SIDE = 28
BRUSHES = (1, 2, 3)
SLIP = (0.15, 0.6, 0.25)
"""How often a run is a cell shorter, as it should be, a cell longer."""
LONG_RUN = 10
"""Runs from this length on slip by up to two cells, and may have a step aside in them."""
ASIDE_SHARE = 0.25
OTHER_BRUSH_SHARE = 0.4
MISPLACED_SHARE = 0.4
"""How often a line begins a cell beside where it should, after the pen was lifted."""

Cell = tuple[int, int]
"""Row and column."""
_RUN = re.compile(r"([UD]?[LR]?)(\d+)")


def replay(moves: Sequence[str], brush: int) -> NDArray[np.bool_]:
    """Return the drawing (28, 28) that these moves make, to the cell."""
    return _stamp(_cells(moves), brush)


def redraw(moves: Sequence[str], brush: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return the drawing (28, 28) that the same person makes of these moves in a hurry."""
    cells = np.array(_cells([part for move in moves for part in _slip(move, rng)]))
    if rng.random() < OTHER_BRUSH_SHARE:
        brush = int(rng.choice(BRUSHES))
    cells -= cells.min(axis=0)
    room = np.maximum(SIDE - brush - cells.max(axis=0), 0)
    cells += np.floor(rng.random(2) * (room + 1)).astype(int) + (brush - 1) // 2
    return _stamp([(int(row), int(column)) for row, column in cells], brush)


def _slip(move: str, rng: np.random.Generator) -> list[str]:
    """Return what becomes of one move."""
    if move.startswith("goto"):
        row, column = _place(move)
        if rng.random() < MISPLACED_SHARE:
            row, column = row + int(rng.integers(-1, 2)), column + int(rng.integers(-1, 2))
        return [f"goto {row},{column}"]
    if not (run := _RUN.fullmatch(move)):
        return [move]
    direction, length = run[1], int(run[2])
    if length < 2:
        return [move]
    slip = int(rng.choice([-1, 0, 1], p=SLIP))
    if length < LONG_RUN:
        return [f"{direction}{length + slip}"]
    length += slip * int(rng.integers(1, 3))
    if len(direction) == 1 and rng.random() < ASIDE_SHARE:
        at = int(rng.integers(2, length - 2))
        aside = rng.choice(["L", "R"] if direction in "UD" else ["U", "D"])
        diagonal = direction + aside if direction in "UD" else aside + direction
        return [f"{direction}{at}", f"{diagonal}1", f"{direction}{length - at - 1}"]
    return [f"{direction}{length}"]


def _place(move: str) -> Cell:
    row, column = move.removeprefix("goto ").split(",")
    return int(row), int(column)


def _cells(moves: Sequence[str]) -> list[Cell]:
    """Return the cells that the lowered pen passes."""
    row = column = 0
    is_down = False
    cells: list[Cell] = []
    for move in moves:
        if move.startswith("goto"):
            row, column = _place(move)
        elif move == "pen up":
            is_down = False
        elif move == "pen down":
            is_down = True
            cells.append((row, column))
        elif run := _RUN.fullmatch(move):
            for _ in range(int(run[2])):
                row += ("D" in run[1]) - ("U" in run[1])
                column += ("R" in run[1]) - ("L" in run[1])
                if is_down:
                    cells.append((row, column))
        else:
            raise ValueError(f"{move!r} is no move")
    return cells


def _stamp(cells: Sequence[Cell], brush: int) -> NDArray[np.bool_]:
    """Return a drawing with a square brush put on every cell, one cell up and left of it if three wide."""
    drawing = np.zeros((SIDE, SIDE), dtype=bool)
    before = (brush - 1) // 2
    for row, column in cells:
        top, left = max(row - before, 0), max(column - before, 0)
        drawing[top : row - before + brush, left : column - before + brush] = True
    return drawing
