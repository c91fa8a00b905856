"""Braille: 2 x 4 dots a cell, and straight lines made of dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DOT_ROWS, DOT_COLUMNS = 4, 2
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
_GLYPHS = np.array([" ", *(chr(0x2800 + code) for code in range(1, 256))], dtype="<U1")


def braille(dots: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return the glyphs (height, width) of dots (height * 4, width * 2); a space where there are none."""
    height, width = dots.shape[0] // DOT_ROWS, dots.shape[1] // DOT_COLUMNS
    by_cell = dots.reshape(height, DOT_ROWS, width, DOT_COLUMNS)
    glyphs: NDArray[np.str_] = _GLYPHS[np.einsum("hiwj,ij->hw", by_cell, _BITS)]
    return glyphs


@dataclass(frozen=True, eq=False)
class LinePoints:
    """The points of many lines, one line after another."""

    line: NDArray[np.int64]
    """The number of the line."""
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    along: NDArray[np.float64]
    """How much of the line lies before the point, 0 to 1."""
    number: NDArray[np.int64]
    """How many points of the line lie before this one, those off the picture included."""

    def some(self, chosen: NDArray[np.bool_]) -> LinePoints:
        """Return those points that are chosen."""
        return LinePoints(
            self.line[chosen], self.row[chosen], self.column[chosen], self.along[chosen], self.number[chosen]
        )


def line_points(begin: NDArray[Any], end: NDArray[Any], rows: int, columns: int) -> LinePoints:
    """Return the points of straight lines that lie on a picture of `rows` x `columns` points.

    begin, end: (n, 2) as (column, row), in points; (0, 0) is the corner of the first. A line has no gaps.
    """
    begin, end = np.asarray(begin, dtype=np.float64), np.asarray(end, dtype=np.float64)
    way = end - begin
    steps = np.maximum(1, np.ceil(np.abs(way).max(axis=1, initial=0.0))).astype(np.int64)
    first, last = _visible(begin, way, rows, columns)
    first_step = np.ceil(first * steps).astype(np.int64)
    counts = np.maximum(0, np.floor(last * steps).astype(np.int64) - first_step + 1)
    line = np.repeat(np.arange(len(begin)), counts)
    number = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first_step[line]
    along = number / steps[line]
    column, row = np.floor(begin[line] + way[line] * along[:, None]).astype(np.int64).T
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    return LinePoints(line[inside], row[inside], column[inside], along[inside], number[inside])


def _visible(
    begin: NDArray[np.float64], way: NDArray[np.float64], rows: int, columns: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return from where to where on the way, 0 to 1, lines lie on the picture; last < first: nowhere."""
    size = np.array([columns, rows], dtype=np.float64)
    still = np.abs(way) < 1e-9
    safe = np.where(still, 1.0, way)
    one, other = (0.0 - begin) / safe, (size - begin) / safe
    is_out = (still & ((begin < 0) | (begin >= size))).any(axis=1)
    first = np.where(still, 0.0, np.minimum(one, other)).max(axis=1, initial=0.0)
    last = np.where(still, 1.0, np.maximum(one, other)).min(axis=1, initial=1.0)
    return np.where(is_out, 1.0, np.clip(first, 0.0, 1.0)), np.where(is_out, 0.0, np.clip(last, 0.0, 1.0))
