"""Training curves, drawn by plotext: loss or accuracy of the train and the test set over a run.

plotext sees only finite numbers from 0 to 1 and ticks that are made here: it fails on infinities, on 1e300
and on its own log scale. Colors go through it as slot numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, one_per_cell, paste, write
from tui_nn.render.palette import Palette
from tui_nn.views.curves.draw_series import Curve, Scale, envelope, extent, finite, scale_for

Figure = Any
"""The module plotext, or one of its figures: both have the same methods."""
NewFigure = Callable[[], Figure]

DASH, GAP = 3, 2
"""Columns of a dashed line that are drawn, and that are not."""
_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_TO_ASCII = str.maketrans("│┤├─└┬┴┼", "|++-++++")


def curves(
    series: Sequence[Curve],
    palette: Palette,
    height: int,
    width: int,
    *,
    title: str = "",
    log: bool = False,
    since: float | None = None,
    new_figure: NewFigure,
    scale: Callable[[np.ndarray, int], Scale] | None = None,
) -> Cells:
    """Draw the curves with a title and legend above them and axes around, in `height` x `width` cells.

    A curve without a name is left out of the legend; dim ones lie below the others, without a value.
    since: leave out what came before this step. new_figure: is asked for a figure when there is something to
    draw. scale: finds the axis of the values, for so many marks at most; otherwise scale_for does.
    Values that are not finite are left out; on a log scale what is not above zero lies on the bottom.
    Any size and any numbers are allowed.
    """
    canvas = blank(height, width)
    cleaned = [finite(curve, since) for curve in series]
    values = np.concatenate([v for _, v in cleaned]) if cleaned else np.empty(0)
    write_head(canvas, series, [float(v[-1]) if len(v) else None for _, v in cleaned], title, palette)
    if canvas.height < 3 or canvas.width < 12:
        return canvas
    if not len(values):
        write(canvas, canvas.height // 2, 0, "no data yet", slots.DIM, width=canvas.width, align="center")
        return canvas
    x = extent(np.concatenate([s for s, _ in cleaned]))
    rows = canvas.height - 2
    y = (
        scale_for(values, log, most_marks=_most_marks(rows))
        if scale is None
        else scale(values, _most_marks(rows))
    )
    drawn = [
        _Line(curve.slot, style, *_placed(steps, numbers, x, y, canvas.width))
        for curve, (steps, numbers), style in zip(series, cleaned, styles(series, palette), strict=True)
    ]
    drawn.sort(key=lambda line: line.slot != slots.DIM)
    plot = _plot(drawn, y, (rows, canvas.width), new_figure(), palette)
    paste(canvas, plot, 1, 0)
    _draw_steps(canvas, x, _axis_column(plot), canvas.height - 1)
    return canvas


def plotext_figure() -> Figure:
    """Return the one figure that plotext itself has, for a process in which nothing else draws."""
    import plotext  # takes long to load, and is not needed before there are curves

    plotext.limitsize(False, False)
    return plotext


def mark(canvas: Cells, box: tuple[int, int, int, int], part: float, palette: Palette) -> None:
    """Draw an upright line through a chart of `curves`, at a part 0..1 of its steps, where nothing is drawn.

    box: the row, the column, the height and the width of the chart in the canvas.
    """
    top, left, height, width = box
    rows, columns = slice(top + 1, top + height - 1), slice(left, left + width)
    axis = _axis_column(Cells(*(array[rows, columns] for array in _arrays(canvas))))
    if axis < 0:
        return
    column = left + axis + 1 + round(part * (width - 2 - axis))
    free = canvas.glyphs[rows, column] == " "
    canvas.glyphs[rows, column][free] = ":" if palette.is_ascii else "┊"
    canvas.foreground[rows, column][free] = slots.ACCENT


def _arrays(cells: Cells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return cells.glyphs, cells.foreground, cells.background


@dataclass(frozen=True)
class Style:
    """How a line is drawn, so that lines are told apart where they cross, without color too."""

    marker: str
    """What plotext draws it with."""
    sample: str
    """What stands for it in the legend."""
    is_dashed: bool = False
    """Whether it has gaps, through which the line below it is seen."""


def styles(series: Sequence[Curve], palette: Palette) -> list[Style]:
    """Return the style of each curve: the first one solid, others dashed above it, dim ones as the first."""
    if palette.is_ascii:
        solid, dashed, older = Style("*", "***"), Style("o", "o o", is_dashed=True), Style(".", "...")
    elif palette.depth == "mono":
        solid, dashed, older = Style("braille", "⠤⠤⠤"), Style("•", "• •", is_dashed=True), Style("·", "···")
    else:
        solid, dashed = Style("braille", "⠤⠤⠤"), Style("braille", "⠤ ⠤", is_dashed=True)
        older = solid
    return [
        older if curve.slot == slots.DIM else solid if index == 0 else dashed
        for index, curve in enumerate(series)
    ]


@dataclass(frozen=True)
class _Line:
    """A curve as positions 0..1 that plotext can draw."""

    slot: int
    style: Style
    xs: np.ndarray
    ys: np.ndarray

    def pieces(self, columns: int) -> list[tuple[list[float], list[float]]]:
        """Return what is drawn of it in one go: all, or each dash."""
        if not len(self.xs):
            return []
        if not self.style.is_dashed or len(self.xs) == 1:
            return [(self.xs.tolist(), self.ys.tolist())]
        pieces = []
        for column in range(0, columns, DASH + GAP):
            begin, end = column / columns, (column + DASH) / columns
            low, high = max(begin, self.xs[0]), min(end, self.xs[-1])
            if low > high:
                continue
            inside = (self.xs > low) & (self.xs < high)
            xs = np.concatenate([[low], self.xs[inside], [high]])
            ends = np.interp([low, high], self.xs, self.ys)
            pieces.append((xs.tolist(), [float(ends[0]), *self.ys[inside].tolist(), float(ends[1])]))
        return pieces


def _placed(
    steps: np.ndarray, values: np.ndarray, x: Scale, y: Scale, columns: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return where a curve goes, at most two points a column."""
    steps, values = envelope(steps, values, columns)
    return x.place(steps), y.place(values)


def _most_marks(rows: int) -> int:
    """Return how many values can be named beside so many rows."""
    return max(2, min(6, rows if rows < 5 else rows // 2 + 1))


def _plot(lines: Sequence[_Line], y: Scale, size: tuple[int, int], figure: Figure, palette: Palette) -> Cells:
    """Return what plotext draws of placed lines, with an axis at their left."""
    height, width = size
    figure.clear_figure()
    figure.plotsize(width, height)
    figure.theme("clear")
    figure.ticks_color(slots.AXIS)
    for line in lines:
        for xs, ys in line.pieces(width):
            figure.plot(xs, ys, color=line.slot, marker=line.style.marker)
    figure.xlim(0, 1)
    figure.ylim(0, 1)
    figure.frame(False)
    figure.xaxes(False, False)
    figure.yaxes(True, False)
    marks = y.marks(_most_marks(height))
    figure.yticks([place for place, _ in marks], [label for _, label in marks])
    figure.xticks([], [])
    built: str = figure.build()
    figure.clear_figure()
    return _parse(built, height, width, palette)


def _axis_column(plot: Cells) -> int:
    """Return the column of the axis at the left of a plot; -1 if there is none."""
    axis = np.isin(plot.glyphs, ("│", "┤", "|", "+")).all(axis=0)
    return int(np.argmax(axis)) if plot.height and axis.any() else -1


def _draw_steps(canvas: Cells, x: Scale, axis: int, row: int) -> None:
    """Name the steps below a plot: round ones where they lie, and at the end how many there are."""
    first, last = axis + 1, canvas.width - 1
    name = f"{x.high:,.0f} steps"
    if canvas.width < first + len(name):
        return
    write(canvas, row, canvas.width - len(name), name, slots.DIM)
    taken = first - 1
    for place, label in x.marks(max(2, min(8, canvas.width // 9))):
        begin = max(first, first + round(place * (last - first)) - (len(label) - 1) // 2)
        if taken <= begin and begin + len(label) + 1 < canvas.width - len(name):
            write(canvas, row, begin, label, slots.DIM)
            taken = begin + len(label) + 1


def _parse(built: str, height: int, width: int, palette: Palette) -> Cells:
    """Return the cells of text whose color numbers are slots; words on the axis color become dim."""
    canvas = blank(height, width)
    for row, line in enumerate(built.split("\n")[:height]):
        column, slot = 0, -1
        for index, part in enumerate(_SGR.split(line)):
            if index % 2:
                found = re.fullmatch(r"38;5;(\d+)", part)
                slot = int(found[1]) if found else -1
                continue
            text = part.translate(_TO_ASCII) if palette.is_ascii else part
            write(canvas, row, column, text, slot)
            column += len(part)
    words = np.char.isalnum(canvas.glyphs) | np.isin(canvas.glyphs, (".", "-", "+"))
    canvas.foreground[words & (canvas.foreground == slots.AXIS)] = slots.DIM
    return canvas


def write_head(
    canvas: Cells, series: Sequence[Curve], values: Sequence[float | None], title: str, palette: Palette
) -> None:
    """Write the title at the left and, at the right, each curve's line, name and present value.

    Where there is no room the values go first, then the dim curves, then all of it.
    """
    write(canvas, 0, 0, title, slots.TITLE, width=canvas.width)
    for with_values, with_dim in ((True, True), (False, True), (False, False)):
        entries = _legend(series, values, palette, with_values)
        entries = [entry for entry in entries if with_dim or entry[2] != slots.DIM]
        needed = sum(len(one_per_cell(mark + text)) + 2 for mark, text, _ in entries) - 2
        column = canvas.width - needed
        if column >= len(one_per_cell(title)) + 2:
            break
    else:
        return
    for mark, text, slot in entries:
        write(canvas, 0, column, mark, slot)
        write(canvas, 0, column + len(mark), text, slots.TEXT)
        column += len(one_per_cell(mark + text)) + 2


def _legend(
    series: Sequence[Curve], values: Sequence[float | None], palette: Palette, with_values: bool
) -> list[tuple[str, str, int]]:
    """Return (line sample, words, slot) of each curve."""
    entries = []
    for curve, value, style in zip(series, values, styles(series, palette), strict=True):
        if not curve.name:
            continue
        has_value = with_values and value is not None and curve.slot != slots.DIM
        last = f" {value:.4g}" if has_value else ""
        entries.append((style.sample, f" {curve.name}{last}", curve.slot))
    return entries
