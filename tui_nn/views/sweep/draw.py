"""Parallel coordinates: an upright axis for each setting and one for the result, a line for each run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fill, write
from tui_nn.render.dots import Layer, draw_dots, line_dots
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane
from tui_nn.views.sweep.axes import Axis

HEADER = 2
"""Rows for the names of the axes, and a gap."""
NARROWEST = 10
"""Columns of an axis with its ticks; what does not fit is left out, the result last of all."""
MARK = "|"


def draw_parallel(
    axes: Sequence[Axis],
    places: NDArray[np.float64],
    palette: Palette,
    height: int,
    width: int,
    *,
    selected: int | None = None,
) -> Cells:
    """Draw runs, the best first, as lines through their places (n_runs, n_axes) on the axes.

    The best is in the accent and over the others, the selected one in bright. A place that is no number ends
    its line.
    """
    canvas = blank(height, width)
    n_shown = min(len(axes), max(1, width // NARROWEST))
    shown = [*range(n_shown - 1), len(axes) - 1]
    room = height - HEADER
    if room < 2 or width < NARROWEST:
        return canvas
    columns = [round(i * (width - NARROWEST) / max(1, n_shown - 1)) for i in range(n_shown)]
    plane = Plane((0.0, float(width)), (0.0, 1.0), room, width)
    across = np.broadcast_to(np.array(columns) + 0.5, (len(places), n_shown))
    lines = np.stack([across, 0.5 / room + places[:, shown] * (1 - 1 / room)], axis=-1)
    others = Layer(line_dots(lines[1:], plane, palette), slots.DIM)
    best = Layer(line_dots(lines[:1], plane, palette), slots.ACCENT, "*")
    layers = [others, best]
    if selected is not None and selected > 0:
        layers.append(Layer(line_dots(lines[selected : selected + 1], plane, palette), slots.TITLE, "+"))
    draw_dots(canvas, layers, palette, HEADER, 0)
    for column, axis in zip(columns, (axes[i] for i in shown), strict=True):
        _draw_axis(canvas, axis, palette, column, room)
    return canvas


def _draw_axis(canvas: Cells, axis: Axis, palette: Palette, column: int, room: int) -> None:
    fill(canvas, HEADER, column, room, 1, MARK if palette.is_ascii else "│", slots.AXIS)
    write(canvas, 0, column, axis.label[: NARROWEST + 6], slots.TITLE)
    taken: set[int] = set()
    for place, text in axis.ticks:
        row = HEADER + round((1 - place) * (room - 1))
        if row not in taken:
            taken.add(row)
            write(canvas, row, column + 1, text[: NARROWEST - 1], slots.TEXT)
