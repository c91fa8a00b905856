"""The plane of two inputs on a grid of cells: which cell shows what, and how large a map can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Range = tuple[float, float]
"""(low, high)."""


@dataclass(frozen=True)
class Plane:
    """A part of the plane, shown on `rows` x `columns` cells; y grows upward, row 0 is the top."""

    x: Range
    y: Range
    rows: int
    columns: int

    def cells(self, positions: ArrayLike) -> NDArray[np.int64]:
        """Return the (row, column) of each position, shape (n, 2); -1, -1 for one outside or not finite."""
        place = self.fractions(positions)
        inside = np.all((place >= 0) & (place <= 1), axis=1) & (min(self.rows, self.columns) > 0)
        place = np.where(inside[:, None], place, 0.0)
        row = np.minimum((place[:, 0] * self.rows).astype(np.int64), self.rows - 1)
        column = np.minimum((place[:, 1] * self.columns).astype(np.int64), self.columns - 1)
        return np.where(inside[:, None], np.stack([row, column], axis=1), -1)

    def fractions(self, positions: ArrayLike) -> NDArray[np.float64]:
        """Return how far down and how far right of the upper left corner each position lies, 0..1 inside."""
        points = np.asarray(positions, dtype=np.float64).reshape(-1, 2)
        across = (points[:, 0] - self.x[0]) / (self.x[1] - self.x[0])
        down = (self.y[1] - points[:, 1]) / (self.y[1] - self.y[0])
        return np.stack([down, across], axis=1)

    def centers(self, samples_per_cell: int = 1) -> NDArray[np.float64]:
        """Return the (x, y) at the middle of each sample, row by row, shape (rows * samples * columns, 2)."""
        samples = self.rows * samples_per_cell
        x = self.x[0] + (np.arange(self.columns) + 0.5) / max(self.columns, 1) * (self.x[1] - self.x[0])
        y = self.y[1] - (np.arange(samples) + 0.5) / max(samples, 1) * (self.y[1] - self.y[0])
        return np.stack([np.tile(x, samples), np.repeat(y, self.columns)], axis=1)


MOST_DIGITS = 12
MOST_STRETCH = 1.1
"""Cells are 1.9 to 2.2 times as high as wide, so a map that is so much too wide still looks like a square."""


def largest_map(
    height: int,
    width: int,
    stretch: float = 1.0,
) -> tuple[int, int]:
    """Return (rows, columns) of the largest square map that fits; (0, 0) if none does.

    A cell counts as twice as high as wide: columns = 2 rows, rounded within the area.
    stretch: how much wider it may be than that.
    """
    if height <= 0 or width <= 0:
        return 0, 0
    rows = max(1, min(height, round(width / 2)))
    return rows, max(1, min(width, round(rows * 2 * stretch)))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` round numbers (1, 2 or 5 times a power of ten apart) from low to high."""
    if most < 1 or not (np.isfinite(low) and np.isfinite(high)) or high <= low:
        return []
    power = 10.0 ** np.floor(np.log10((high - low) / most))
    for step in (power, 2 * power, 5 * power, 10 * power, 20 * power, 50 * power):
        first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [float(step * k) + 0.0 for k in range(int(first), int(last) + 1)]
    return []


def numbers(values: Sequence[float]) -> list[str]:
    """Write the numbers of an axis as shortly as they can be told apart."""
    for digits in range(4, MOST_DIGITS):
        written = [number(value, digits) for value in values]
        if len(set(written)) == len(values):
            return written
    return [number(value, MOST_DIGITS) for value in values]


def number(value: float, digits: int = 4) -> str:
    """Write an axis number shortly: 6, -0.5, 1e6."""
    return f"{value:.{digits}g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
