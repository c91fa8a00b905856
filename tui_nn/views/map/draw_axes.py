"""A plane with numbers and a name on each axis: where it lies, and where the names stand."""

from __future__ import annotations

from tui_nn.render import slots
from tui_nn.render.cells import Cells, one_per_cell, write
from tui_nn.render.plane import Range
from tui_nn.views.map.draw_surface import MapArea, map_area

NARROWEST_WITH_AXES = 20


def named_area(height: int, width: int, span: tuple[Range, Range]) -> MapArea:
    """Return where the plane lies in `height` x `width` cells, with a row for the name of each axis."""
    has_axes = width >= NARROWEST_WITH_AXES and height >= 6
    area = map_area(max(0, height - 2 * has_axes), width, span, axes=has_axes)
    return MapArea(area.row + bool(area.column), area.column, area.plane)


def name_axes(canvas: Cells, axes: tuple[str, str], area: MapArea) -> None:
    """Write the name of y above the plane, and that of x below its numbers, at their ends or before."""
    end = min(canvas.width, named_width(axes, area))
    up, across = f"↑ {axes[1]}", f"{axes[0]} →"
    left = max(0, min(area.column, end - len(one_per_cell(up))))
    write(canvas, area.row - 1, left, up, slots.TEXT, width=end - left)
    write(canvas, area.row + area.plane.rows + 1, 0, across, slots.TEXT, width=end, align="right")


def named_width(axes: tuple[str, str], area: MapArea) -> int:
    """Return the columns that the plane takes with its axes and their names, if it has any."""
    if not area.column:
        return area.plane.columns
    return max(area.column + area.plane.columns, *(len(one_per_cell(name)) + 2 for name in axes))
