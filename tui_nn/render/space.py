"""A network in space: sheets of glowing units, links of dots between them, names beside them.

What is nearer covers what is farther; only a link never covers the units of the sheets that it joins.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS
from tui_nn.render.cells import Cells, blank, paste
from tui_nn.render.palette import Palette
from tui_nn.render.sheets import Scene, Sheet
from tui_nn.render.space_labels import draw_labels
from tui_nn.render.space_links import Thread, draw_threads
from tui_nn.render.space_stamps import is_balls
from tui_nn.render.space_units import draw_units
from tui_nn.render.viewpoint import FIRST_VIEW, Seen, Viewpoint, look_at

Floats = NDArray[np.float64]

GAPS = (0.5, 1.7)
"""Least and largest distance between sheets, in heights of the largest sheet."""
CAMERA = 3.0
"""How far away the camera is, in lengths of the scene."""
MARGIN = 0.96
IN_FRONT = 0.6
"""A link covers units that are so many gaps behind it: those of other sheets than it joins."""
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


def stage(sheets: Sequence[Sheet], height: int, width: int) -> Stage:
    """Return how sheets are fitted into `height` x `width` cells, as far apart as makes good use of them.

    From the height of the first viewpoint the scene fits all the way around.
    """
    rows, columns = max(1, (height - LABEL_ROWS) * DOT_ROWS), max(1, width * DOT_COLUMNS)
    tall, deep = (max(sides) for sides in zip(*(sheet.grid.extent for sheet in sheets), strict=True))
    gap = _gap(len(sheets), tall, deep, columns / rows)
    fitted = Stage(len(sheets), gap, CAMERA * (gap * (len(sheets) - 1) + tall), 1.0, (0.0, 0.0))
    views = [replace(FIRST_VIEW, yaw=float(yaw)) for yaw in range(0, 360, 20)]
    corners = [fitted.seen(i, frame(sheet), view) for i, sheet in enumerate(sheets) for view in views]
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


def frame(sheet: Sheet) -> Floats:
    """Return the four corners (4, 2) of a sheet, around it."""
    height, width = (side / 2 for side in sheet.grid.extent)
    return np.array([[-width, height], [width, height], [width, -height], [-width, -height]])


def space(scene: Scene, palette: Palette, height: int, width: int, view: Viewpoint = FIRST_VIEW) -> Cells:
    """Draw a scene in `height` x `width` cells; any size is allowed."""
    canvas = blank(height, width)
    if not canvas.glyphs.size or not scene.sheets:
        return canvas
    fitted = stage(scene.sheets, height, width)
    units = [fitted.seen(i, s.grid.places(s.numbers), view) for i, s in enumerate(scene.sheets)]
    corners = [_outline(fitted.seen(i, frame(sheet), view), palette) for i, sheet in enumerate(scene.sheets)]
    reach = max(1e-9, max(float(np.abs(seen.depth).max()) for seen in corners))
    threads = [_frame(sheet, corner, palette) for sheet, corner in zip(scene.sheets, corners, strict=True)]
    for i, bundle in enumerate(scene.bundles):
        below, above = scene.sheets[i], scene.sheets[i + 1]
        begin = fitted.seen(i, below.grid.places(bundle.sources), view)
        end = fitted.seen(i + 1, above.grid.places(bundle.targets), view)
        threads.append(Thread(begin, end, bundle.values))
    links = draw_threads(threads, palette, height, width, reach)
    balls = draw_units(scene.sheets, units, palette, height, width, reach)
    covered = balls.shows & ~(links.depth < balls.depth - IN_FRONT * fitted.gap)
    paste(canvas, links.cells, 0, 0)
    for name in ("glyphs", "foreground", "background"):
        getattr(canvas, name)[covered] = getattr(balls.cells, name)[covered]
    draw_labels(canvas, scene.sheets, units, corners, balls.shows)
    return canvas


def _outline(corners: Seen, palette: Palette) -> Seen:
    """Return the corners of the frame: a little outside where units are whole cells."""
    if palette.has_blocks:
        return corners
    x, y = (side + np.sign(side - side.mean()) * dots for side, dots in ((corners.x, 3), (corners.y, 5)))
    return replace(corners, x=x, y=y)


def _frame(sheet: Sheet, corners: Seen, palette: Palette) -> Thread:
    """Return the sides of a sheet as links without a value; none where the units show well where it is."""
    is_shown = is_balls(sheet, corners) if palette.has_blocks else not is_balls(sheet, corners)
    if not is_shown or (sheet.names and not palette.has_blocks):
        nowhere = Seen(*[np.zeros(0)] * 4)
        return Thread(nowhere, nowhere, np.zeros(0))
    ends = Seen(*(np.roll(getattr(corners, name), -1) for name in ("x", "y", "depth", "size")))
    return Thread(corners, ends, np.zeros(4))
