"""Which samples of a picture each unit in space covers: a ball where there is room, else a square."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.views.space.draw_sheets import Sheet
from tui_nn.views.space.draw_viewpoint import Seen

Floats = NDArray[np.float64]

SMALLEST, LARGEST = 0.2, 0.42
"""Radius of a ball without and with full value, in distances between units."""
BALL_DOTS = 2.4
"""Radius in dots of the largest ball from which on units are drawn as balls."""


@dataclass(frozen=True, eq=False)
class Stamps:
    """Covered samples in the order of drawing: what is nearer comes later."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    unit: NDArray[np.int64]
    """Position of the unit in the sheet's values."""
    right: Floats
    """How far the sample is from the unit's middle, in radii of it."""
    down: Floats

    @property
    def distance(self) -> Floats:
        """Return how far the sample is from the unit's middle, squared; a ball ends at 1."""
        distance: Floats = self.right**2 + self.down**2
        return distance


def is_balls(sheet: Sheet, seen: Seen) -> bool:
    """Return whether the units of a sheet are far enough apart, in dots, to be balls."""
    return len(seen.size) > 0 and float(np.median(seen.size)) * sheet.grid.pitch * LARGEST >= BALL_DOTS


def stamps(sheet: Sheet, seen: Seen, sample: tuple[float, float], rows: int, columns: int) -> Stamps:
    """Return what the units of a sheet cover of `rows` x `columns` samples.

    seen: where the units are, in dots. sample: width and height of a sample in dots.
    """
    sizes = np.abs(np.clip(np.nan_to_num(sheet.values), -1, 1))
    place = np.column_stack([seen.x, seen.y]) / sample
    pitch = sheet.grid.pitch * seen.size[:, None] / sample
    balls = is_balls(sheet, seen)
    if balls:
        half = pitch * (SMALLEST + (LARGEST - SMALLEST) * sizes)[:, None]
        half = np.maximum(np.rint(2 * half) / 2, 0.5)
        place = np.where(np.rint(2 * half) % 2 == 1, np.floor(place) + 0.5, np.rint(place))
    else:
        half = np.maximum(pitch / 2 * (_apart(sheet, seen), sheet.every), 0.5)
    order = np.argsort(-seen.depth if balls else sizes, kind="stable")
    place, half = place[order][:, None, None, :], half[order][:, None, None, :]
    reach = np.ceil(half.max(axis=(0, 1, 2), initial=0.5)).astype(int)
    window = np.meshgrid(*(np.arange(-side, side + 1) for side in reach))
    at = np.floor(place) + np.stack(window, axis=-1)
    away = (at + 0.5 - place) / half
    covers = (away**2).sum(axis=-1) <= 1 if balls else ((away >= -1) & (away < 1)).all(axis=-1)
    covers &= ((at >= 0) & (at < (columns, rows))).all(axis=-1)
    column, row = at[covers].astype(np.int64).T
    right, down = away[covers].T
    return Stamps(row, column, order[np.nonzero(covers)[0]], right, down)


def _apart(sheet: Sheet, seen: Seen) -> float:
    """Return how far apart on the picture units of a row are, in distances between rows as they look."""
    if sheet.grid.size[1] == 1 or len(seen.x) < 2:
        return 1.0
    return float(np.median(np.abs(np.diff(seen.x)) / (seen.size[1:] * sheet.grid.pitch))) * 1.1
