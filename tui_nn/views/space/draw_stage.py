"""A stage: how the sheets of a network are set up in space and fitted into a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS
from tui_nn.views.space.draw_sheets import Grid
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW, Seen, Viewpoint, look_at

Floats = NDArray[np.float64]

GAPS = (0.5, 1.7)
"""Least and largest distance between sheets, in heights of the largest sheet."""
CAMERA = 3.0
"""How far away the camera is, in lengths of the scene."""
MARGIN = 0.96
"""Part of the picture that the scene takes."""
LABEL_ROWS = 2
"""Rows below the sheets that their names take."""


@dataclass(frozen=True)
class Stage:
    """How a scene is fitted into an area: the same from every viewpoint, so that turning does not zoom."""

    n_sheets: int
    gap: float
    """Between two sheets."""
    distance: float
    """Of the camera from the middle."""
    scale: float
    """Dots for a unit of length."""
    middle: tuple[float, float]
    """Where the middle of the scene is on the picture, as (column, row) in dots."""

    def across(self, sheet: int) -> float:
        """Return the x of a sheet."""
        return (sheet - (self.n_sheets - 1) / 2) * self.gap

    def seen(self, sheet: int, places: Floats, view: Viewpoint) -> Seen:
        """Return where places (n, 2) of a sheet lie on the picture, in dots."""
        points = np.column_stack([np.full(len(places), self.across(sheet)), places[:, 1], places[:, 0]])
        seen = look_at(points, view, self.distance)
        return Seen(
            self.middle[0] + seen.x * self.scale,
            self.middle[1] + seen.y * self.scale,
            seen.depth,
            seen.size * self.scale,
        )


@lru_cache(maxsize=16)
def stage(grids: tuple[Grid, ...], height: int, width: int) -> Stage:
    """Return how sheets are fitted into `height` x `width` cells, as far apart as makes good use of them.

    From the height of the first viewpoint the scene fits all the way around.
    """
    rows, columns = max(1, (height - LABEL_ROWS) * DOT_ROWS), max(1, width * DOT_COLUMNS)
    tall, deep = (max(sides) for sides in zip(*(grid.extent for grid in grids), strict=True))
    gap = _gap(len(grids), tall, deep, columns / rows)
    fitted = Stage(len(grids), gap, CAMERA * (gap * (len(grids) - 1) + tall), 1.0, (0.0, 0.0))
    views = [replace(FIRST_VIEW, yaw=float(yaw)) for yaw in range(0, 360, 20)]
    corners = [fitted.seen(i, frame(grid), view) for i, grid in enumerate(grids) for view in views]
    x, y = (np.concatenate([getattr(seen, name) for seen in corners]) for name in "xy")
    scale = MARGIN * min(columns / np.ptp(x), rows / np.ptp(y))
    return replace(fitted, scale=scale, middle=(columns / 2, rows / 2 - (y.max() + y.min()) / 2 * scale))


def _gap(n_sheets: int, tall: float, deep: float, aspect: float) -> float:
    """Return the distance between sheets of this height and depth that fills a picture of this aspect.

    Seen from the side it is as wide as it is long; seen at an angle, it is higher by how far it goes back.
    """
    if n_sheets < 2:
        return 0.0
    yaw, pitch = math.radians(FIRST_VIEW.yaw), math.radians(FIRST_VIEW.pitch)
    high = tall * math.cos(pitch) + deep * math.cos(yaw) * math.sin(pitch)
    rise = aspect * math.sin(yaw) * math.sin(pitch)
    length = aspect * high / max(0.1, 1 - rise)
    return min(GAPS[1], max(GAPS[0], length / (n_sheets - 1)))


def frame(grid: Grid) -> Floats:
    """Return the four corners (4, 2) of a sheet, around it."""
    height, width = (side / 2 for side in grid.extent)
    return np.array([[-width, height], [width, height], [width, -height], [-width, -height]])
