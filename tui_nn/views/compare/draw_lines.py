"""Curves of several runs over one another: each carries its name, in color and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS, braille
from tui_nn.render.cells import Cells, blank, fill, write
from tui_nn.render.palette import Palette
from tui_nn.views.curves.draw_series import Scale, extent, scale_for, scale_of_scores

Array = NDArray[np.float64]
AXIS = 7
"""Columns for the numbers at the left."""
STEPS_APART = 8
ROWS_APART = 3


@dataclass(frozen=True, eq=False)
class Line:
    """A curve with its name."""

    mark: str
    """One character, which stands on the line in several places."""
    slot: int
    values: Array
    """(n,) at the common steps; NaN where there is none."""
    low: Array | None = None
    """The lower edge of what is shaded; None: nothing is."""
    high: Array | None = None


def moments_across(width: int) -> int:
    """Return at how many steps curves are wanted for a picture of this width."""
    return max(0, width - AXIS) * DOT_COLUMNS


def draw_lines(
    steps: Array,
    lines: Sequence[Line],
    palette: Palette,
    height: int,
    width: int,
    *,
    log: bool = False,
    are_scores: bool = False,
) -> Cells:
    """Draw lines over steps (n,), the last one on top; n of `moments_across` fills the columns."""
    canvas = blank(height, width)
    rows, columns = canvas.height - 1, canvas.width - AXIS
    drawn = [line for line in lines if np.isfinite(line.values).any()]
    if rows < 2 or columns < 4 or not drawn:
        return canvas
    everything = [a for line in drawn for a in (line.values, line.low, line.high) if a is not None]
    values = np.concatenate(everything)
    values = np.clip(values[np.isfinite(values)], -1e30, 1e30)
    most = max(2, rows // ROWS_APART)
    scale = scale_of_scores(values, most) if are_scores else scale_for(values, log, most)
    plot = _Plot(canvas, scale, palette, rows, columns)
    for line in drawn:
        plot.shade(line)
    for line in drawn:
        plot.line(line)
    for place, line in enumerate(drawn):
        plot.name(line, place, len(drawn))
    _draw_axes(canvas, scale, steps, rows, columns, palette)
    return canvas


class _Plot:
    """The part of a canvas right of the axis."""

    def __init__(self, canvas: Cells, scale: Scale, palette: Palette, rows: int, columns: int) -> None:
        self._canvas, self._scale, self._palette = canvas, scale, palette
        self._rows, self._columns = rows, columns
        self._has_dots = not palette.is_ascii
        self._dotted = np.zeros(self._fine, bool)
        """All dots so far: lines that cross in a cell are seen both, and what is shaded behind them."""

    @property
    def _fine(self) -> tuple[int, int]:
        """Rows and columns of dots, which in plain characters are cells."""
        across = (DOT_ROWS, DOT_COLUMNS) if self._has_dots else (1, 1)
        return self._rows * across[0], self._columns * across[1]

    def line(self, line: Line) -> None:
        """Draw a line without gaps: dots, or its own mark in plain characters."""
        self._put(self._dots(line.values, *self._fine), line.mark, line.slot)

    def shade(self, line: Line) -> None:
        """Shade what lies between the edges, if there are any: with every fourth dot, or points."""
        if line.low is None or line.high is None:
            return
        rows, columns = self._fine
        low, high = (self._places(edge, rows, columns) for edge in (line.low, line.high))
        row = np.arange(rows)[:, None]
        is_between = (row >= high) & (row <= low) & (high >= 0) & (low >= 0)
        shaded = is_between & self._is_fourth(rows, columns) if self._has_dots else is_between
        self._put(shaded, ".", line.slot)

    def _put(self, dots: NDArray[np.bool_], mark: str, slot: int) -> None:
        """Draw dots over those that are there, or a mark for each in plain characters."""
        if self._has_dots:
            self._dotted |= dots
            glyphs, is_drawn = braille(self._dotted), braille(dots) != " "
        else:
            glyphs, is_drawn = np.full(dots.shape, mark), dots
        part = (slice(0, self._rows), slice(AXIS, AXIS + self._columns))
        self._canvas.glyphs[part][is_drawn] = glyphs[is_drawn]
        self._canvas.foreground[part][is_drawn] = slot

    @staticmethod
    def _is_fourth(rows: int, columns: int) -> NDArray[np.bool_]:
        """Return every second dot of every second column, those of neighbors not beside each other."""
        row, column = np.arange(rows)[:, None], np.arange(columns)
        chosen: NDArray[np.bool_] = (column % 2 == 0) & (row % 2 == column // 2 % 2)
        return chosen

    def name(self, line: Line, place: int, count: int) -> None:
        """Write the mark at the end of a line and on its way, each line at columns of its own."""
        dots = DOT_ROWS if self._has_dots else 1
        rows = self._places(line.values, self._rows * dots, self._columns) // dots
        known = np.flatnonzero(rows >= 0)
        if not len(known):
            return
        apart = max(STEPS_APART, 2 * count)
        for column in [*range(known[0] + apart // 2 + 2 * place, known[-1] - 1, apart), int(known[-1])]:
            write(self._canvas, int(rows[column]), AXIS + column, line.mark, line.slot)

    def _places(self, values: Array, rows: int, columns: int) -> NDArray[np.int64]:
        """Return the row of the value in each column, from the top; -1 where there is none."""
        chosen = values[np.rint(np.linspace(0, len(values) - 1, columns)).astype(int)]
        is_known = np.isfinite(chosen)
        part = self._scale.place(np.where(is_known, chosen, self._scale.low if not self._scale.log else 1.0))
        return np.where(is_known, np.rint((1 - part) * (rows - 1)), -1).astype(np.int64)

    def _dots(self, values: Array, rows: int, columns: int) -> NDArray[np.bool_]:
        at = self._places(values, rows, columns)
        dots = np.zeros((rows, columns), bool)
        before = -1
        for column, row in enumerate(at.tolist()):
            if row >= 0:
                first = row if before < 0 else before
                dots[min(first, row) : max(first, row) + 1, column] = True
            before = row
        return dots


def _draw_axes(canvas: Cells, scale: Scale, steps: Array, rows: int, columns: int, palette: Palette) -> None:
    """Write round values at the left and the first and last step below."""
    fill(canvas, 0, AXIS - 1, rows, 1, palette.glyphs.vertical, slots.AXIS)
    for place, label in scale.marks(max(2, rows // ROWS_APART)):
        row = round((1 - place) * (rows - 1))
        write(canvas, row, 0, label[: AXIS - 1], slots.DIM, width=AXIS - 1, align="right")
        write(canvas, row, AXIS - 1, palette.glyphs.tick_y, slots.AXIS)
    x = extent(steps)
    taken = AXIS - 2
    for place, label in x.marks(max(2, columns // 12)):
        column = AXIS + round(place * (columns - 1)) - len(label) // 2
        column = max(AXIS, min(column, canvas.width - len(label)))
        if column > taken:
            write(canvas, rows, column, label, slots.DIM)
            taken = column + len(label)
