"""Drawings as text: rows of "#" (ink) and "." (paper), drawings parted by blank lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.errors import DataError

INK = "#"
PAPER = "."
MAX_SIDE = 1000
"""Most rows or columns of a drawing."""


def parse_drawings(text: str) -> list[NDArray[np.bool_]]:
    """Return each drawing as an array (rows, columns), True where there is ink; short rows end in paper.

    Raises DataError, with the number of the line or the drawing, for other characters, an empty drawing, one
    that is too large, or none at all.
    """
    blocks: list[list[str]] = [[]]
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        row = line.rstrip()
        if not row:
            blocks.append([])
            continue
        if strange := set(row) - {INK, PAPER, " "}:
            raise DataError(f"line {number} holds {min(strange)!r}; a drawing is made of '#' and '.'")
        blocks[-1].append(row)
    drawings = [_array(rows, number) for number, rows in enumerate(filter(None, blocks), start=1)]
    if not drawings:
        raise DataError("there is no drawing: expected rows of '#' and '.'")
    return drawings


def format_drawing(drawing: NDArray[np.bool_]) -> str:
    """Return a drawing (rows, columns) as text that parse_drawings reads, without a blank line after it."""
    return "".join("".join(INK if cell else PAPER for cell in row) + "\n" for row in drawing.tolist())


def _array(rows: list[str], number: int) -> NDArray[np.bool_]:
    width = max(map(len, rows))
    if max(width, len(rows)) > MAX_SIDE:
        raise DataError(f"drawing {number} is {width} x {len(rows)}, larger than {MAX_SIDE} x {MAX_SIDE}")
    cells = np.array([[character == INK for character in row.ljust(width, PAPER)] for row in rows])
    if not cells.any():
        raise DataError(f"drawing {number} is empty: it has no '#'")
    return cells
