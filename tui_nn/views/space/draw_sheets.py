"""Layers in space: flat sheets of units one behind the other, and where each unit stands on its sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LARGEST_PITCH = 0.25
"""Units of small layers are so far apart; the largest sheet is 1 high or wide."""
SPREAD = 1.4
"""How much farther apart columns are than rows: sheets are seen from the side."""
_TALL = 1.6
"""Rows by columns of a sheet that would be best."""


@dataclass(frozen=True)
class Grid:
    """How the units of a layer are laid out on its sheet: in rows from the top, in maps beside each other."""

    rows: int
    columns: int
    tiles: tuple[int, int] = (1, 1)
    """Maps, down and across, each of rows x columns units, with one unit's room between them."""
    spread: float = 1.0
    """How much farther apart columns are than rows."""

    @property
    def size(self) -> tuple[int, int]:
        """Units down and across, the room between maps included."""
        down, across = self.tiles
        return down * (self.rows + 1) - 1, across * (self.columns + 1) - 1

    @property
    def pitch(self) -> float:
        """From row to row, in heights of the largest sheet."""
        down, across = self.size
        return min(LARGEST_PITCH, 1 / max(down, across * self.spread))

    @property
    def extent(self) -> tuple[float, float]:
        """Height and width, with half a pitch around the units."""
        down, across = self.size
        return down * self.pitch, across * self.spread * self.pitch

    def places(self, numbers: NDArray[Any]) -> Floats:
        """Return (n, 2): where units of these numbers stand, to the right and up from the sheet's middle."""
        tile, within = np.divmod(np.asarray(numbers, dtype=np.int64), self.rows * self.columns)
        row, column = np.divmod(within, self.columns)
        row = row + tile // self.tiles[1] * (self.rows + 1)
        column = column + tile % self.tiles[1] * (self.columns + 1)
        height, width = self.size
        x, y = (column - (width - 1) / 2) * self.spread, (height - 1) / 2 - row
        return np.stack([x, y], axis=1) * self.pitch


def unit_grid(shape: Sequence[int], in_column: bool = False) -> Grid:
    """Return the layout of a layer of `shape`: (units,), or (maps, rows, columns) for images.

    Units stand in rows and columns of a nearly square sheet with few empty places, or below each other.
    """
    if len(shape) == 3:
        across = math.ceil(math.sqrt(shape[0]))
        return Grid(shape[1], shape[2], (math.ceil(shape[0] / across), across))
    n = max(1, math.prod(shape))
    if in_column:
        return Grid(n, 1, spread=SPREAD)
    side = math.isqrt(n) + 1
    columns = min(range(max(1, side // 2), side + 1), key=lambda across: _badness(n, across))
    return Grid(math.ceil(n / columns), columns, spread=SPREAD)


def _badness(n: int, columns: int) -> float:
    rows = math.ceil(n / columns)
    return abs(math.log(rows / columns / _TALL)) + 4 * (rows * columns - n) / n


@dataclass(frozen=True, eq=False)
class Sheet:
    """One layer as it is drawn."""

    label: str
    short_label: str
    grid: Grid
    numbers: NDArray[Any]
    """(n,): the units that are drawn."""
    values: Floats
    """(n,): -1 to 1, drawn as color and size; NaN: unknown."""
    names: tuple[str, ...] = ()
    """Of the units, written beside them where there is room."""
    marked: int | None = None
    """The unit whose name stands out."""
    every: int = 1
    """Only each so-many-th row and column is drawn."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """Links from one sheet to the next."""

    sources: NDArray[Any]
    """(m,): numbers of units."""
    targets: NDArray[Any]
    values: Floats
    """(m,): any size; the largest is the strongest."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A network in space."""

    sheets: tuple[Sheet, ...]
    """From the input to the output."""
    bundles: tuple[Bundle, ...]
    """Between each two sheets."""
