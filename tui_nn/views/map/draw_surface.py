"""The decision map: what the network answers everywhere on the plane, with the samples on top."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tui_nn.data.dataset import Domain
from tui_nn.render import shades, slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane, Range, largest_map, numbers, ticks
from tui_nn.views.map.draw_points import Points, draw_points


@dataclass(frozen=True)
class MapArea:
    """Where the map lies in its view: the cells that are left after the axes."""

    row: int
    column: int
    plane: Plane


def map_area(height: int, width: int, domain: Domain, axes: bool = False, stretch: float = 1.0) -> MapArea:
    """Return where the largest square map goes in (height, width) cells, each axis with its own range.

    Axes take the bottom row and a few columns at the left; they are left out where no map would remain.
    stretch: see largest_map. The samples to ask for are `area.plane.centers(palette.samples_per_cell)`.
    """
    x, y = domain
    margin = _label_width(y) + 1 if axes else 0
    if axes and (height < 4 or width - margin < 6):
        axes, margin = False, 0
    rows, columns = largest_map(height - int(axes), width - margin, stretch)
    return MapArea(0, margin, Plane(x, y, rows, columns))


def decision_map(
    surface: ArrayLike | None,
    palette: Palette,
    height: int,
    width: int,
    *,
    domain: Domain = ((-6.0, 6.0), (-6.0, 6.0)),
    points: Points | None = None,
    discretize: bool = False,
    axes: bool = False,
    cursor: tuple[float, float] | None = None,
    scale: float = 1.0,
    stretch: float = 1.0,
) -> Cells:
    """Draw the decision map in `height` x `width` cells, at their upper left, as a square.

    surface: row 0 on top (the largest y). For two classes (2 p - 1, or the output of tanh), regression or a
    single unit (h, w) signed values, zero at the boundary, +-scale in full color; otherwise (h, w, n_classes)
    probabilities. None draws the samples alone. Another shape than that of `map_area` is resampled.
    cursor: x, y. Any size is allowed.
    """
    canvas = blank(height, width)
    area = map_area(canvas.height, canvas.width, domain, axes, stretch)
    plane = area.plane
    if surface is not None:
        grid = surface_slots(surface, palette, plane.rows, plane.columns, scale, discretize)
        paste(canvas, shades.paint(grid, palette), area.row, area.column)
    if points is not None:
        draw_points(canvas, points, plane, palette, area.row, area.column, scale)
    if area.column:
        draw_axes(canvas, area, palette)
    if cursor is not None:
        row, column = plane.cells([cursor])[0].tolist()
        if row >= 0:
            write(
                canvas,
                area.row + row,
                area.column + column,
                palette.glyphs.cursor,
                slots.SELECTED,
                slots.SELECTION,
            )
    return canvas


def surface_slots(
    surface: ArrayLike,
    palette: Palette,
    rows: int,
    columns: int,
    scale: float = 1.0,
    discretize: bool = False,
) -> shades.Slots:
    """Return the slots of a surface on `rows` x `columns` cells, with the samples a cell of the palette."""
    values = np.asarray(surface, dtype=np.float64)
    values = shades.resample(values, rows * palette.samples_per_cell, columns)
    if values.ndim == 2:
        return shades.signed(values, scale, discretize)
    if values.shape[2] == 1:
        return shades.signed(values[:, :, 0], scale, discretize)
    if values.shape[2] == 2:
        return shades.signed(values[:, :, 1] - values[:, :, 0], 1.0, discretize)
    return shades.classes(values, discretize)


def _label_width(span: Range) -> int:
    return max(map(len, numbers(ticks(*span, 5))), default=1)


def draw_axes(canvas: Cells, area: MapArea, palette: Palette) -> None:
    """Write round numbers along the left and the lower edge of the map."""
    plane, shapes = area.plane, palette.glyphs
    taken = -1
    levels = ticks(*plane.y, max(2, min(5, plane.rows // 3)))
    for value, label in zip(levels, numbers(levels), strict=True):
        row = int(plane.cells([(plane.x[0], value)])[0, 0])
        write(canvas, area.row + row, 0, label, slots.DIM, width=area.column - 1, align="right")
        write(canvas, area.row + row, area.column - 1, shapes.tick_y, slots.AXIS)
    places = ticks(*plane.x, max(2, min(7, plane.columns // 8)))
    for value, label in zip(places, numbers(places), strict=True):
        column = int(plane.cells([(value, plane.y[0])])[0, 1])
        begin = area.column + column - (len(label) - 1) // 2 - (1 if value < 0 and len(label) == 2 else 0)
        begin = max(begin, area.column - 1)
        begin = min(begin, canvas.width - len(label))
        if begin > taken:
            write(canvas, area.row + plane.rows, begin, label, slots.DIM)
            taken = begin + len(label)
