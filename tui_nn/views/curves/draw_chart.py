"""Training curves, drawn by plotext: loss or accuracy of the train and the test set over a run.

plotext sees only finite numbers from 0 to 1 and ticks that are made here: it fails on infinities, on 1e300
and on its own log scale. Colors go through it as slot numbers. It keeps one global figure, so call this from
one thread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, one_per_cell, paste, write
from tui_nn.render.palette import Palette
from tui_nn.views.curves.draw_series import Curve, Scale, envelope, extent, finite, scale_for

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
    bounds: tuple[float, float] | None = None,
) -> Cells:
    """Draw the curves with a title and legend above them and axes around, in `height` x `width` cells.

    A curve without a name is left out of the legend; dim ones lie below the others, without a value.
    since: leave out what came before this step. bounds: the range of the values, otherwise it is found.
    Values that are not finite are left out; on a log scale what is not above zero lies on the bottom.
    Any size and any numbers are allowed.
    """
    canvas = blank(height, width)
    cleaned = [finite(curve, since) for curve in series]
    values = np.concatenate([v for _, v in cleaned]) if cleaned else np.empty(0)
    _draw_head(canvas, series, [v for _, v in cleaned], title, palette)
    if canvas.height < 3 or canvas.width < 12:
        return canvas
    if not len(values):
        write(canvas, canvas.height // 2, 0, "no data yet", slots.DIM, width=canvas.width, align="center")
        return canvas
    x = extent(np.concatenate([s for s, _ in cleaned]))
    y = Scale(*bounds) if bounds is not None and not log else scale_for(values, log)
    drawn = list(zip(series, cleaned, markers(series, palette), strict=True))
    drawn.sort(key=lambda line: line[0].slot != slots.DIM)
    plot = _plot(
        [
            (*_placed(steps, numbers, x, y, canvas.width), curve.slot, marker)
            for curve, (steps, numbers), marker in drawn
        ],
        (x, y),
        (canvas.height - 1, canvas.width),
        palette,
    )
    paste(canvas, plot, 1, 0)
    return canvas


def mark(canvas: Cells, top: int, height: int, part: float, palette: Palette) -> None:
    """Draw an upright line through a chart of `curves`, at a part 0..1 of its steps, where nothing is drawn.

    top, height: the rows of the canvas that hold the chart.
    """
    rows = slice(top + 1, top + height - 2)
    glyphs = canvas.glyphs[rows]
    axis = np.isin(glyphs, ("│", "┤", "|", "+")).all(axis=0)
    if not len(glyphs) or not axis.any():
        return
    first = int(np.argmax(axis)) + 1
    column = first + round(part * (canvas.width - 1 - first))
    free = glyphs[:, column] == " "
    glyphs[free, column] = ":" if palette.is_ascii else "┊"
    canvas.foreground[rows][free, column] = slots.ACCENT


def markers(series: Sequence[Curve], palette: Palette) -> list[str]:
    """Return the plotext marker of each curve: fine lines in color, a glyph of its own for each without."""
    if palette.is_ascii:
        return [".*ox"[index % 4] for index in range(len(series))]
    if palette.depth == "mono":
        return ["braille" if index == 0 else "•∘×"[index % 3 - 1] for index in range(len(series))]
    return ["braille"] * len(series)


def _placed(
    steps: np.ndarray, values: np.ndarray, x: Scale, y: Scale, columns: int
) -> tuple[list[float], list[float]]:
    """Return a curve as positions 0..1 that plotext can draw, at most two a column."""
    steps, values = envelope(steps, values, columns)
    return x.place(steps).tolist(), y.place(values).tolist()


def _plot(
    lines: list[tuple[list[float], list[float], int, str]],
    scales: tuple[Scale, Scale],
    size: tuple[int, int],
    palette: Palette,
) -> Cells:
    """Return what plotext draws of placed lines."""
    import plotext  # takes as long to load as the whole first picture, and is not needed in it

    height, width = size
    x, y = scales
    plotext.clear_figure()
    plotext.limitsize(False, False)
    plotext.plotsize(width, height)
    plotext.theme("clear")
    plotext.ticks_color(slots.AXIS)
    for xs, ys, slot, marker in lines:
        if xs:
            plotext.plot(xs, ys, color=slot, marker=marker)
    plotext.xlim(0, 1)
    plotext.ylim(0, 1)
    plotext.frame(False)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    y_marks = y.marks(max(2, min(6, (height - 1) // 2)))
    x_marks = x.marks(max(2, min(8, width // 9)))
    plotext.yticks([place for place, _ in y_marks], [label for _, label in y_marks])
    plotext.xticks([place for place, _ in x_marks], [label for _, label in x_marks])
    built: str = plotext.build()
    plotext.clear_figure()
    return _parse(built, height, width, palette)


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


def _draw_head(
    canvas: Cells, series: Sequence[Curve], values: list[np.ndarray], title: str, palette: Palette
) -> None:
    """Write the title at the left and, at the right, each curve's line, name and last value.

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
    series: Sequence[Curve], values: list[np.ndarray], palette: Palette, with_values: bool
) -> list[tuple[str, str, int]]:
    """Return (line sample, words, slot) of each curve."""
    samples = {"braille": "⠤⠤"}
    entries = []
    for curve, numbers, marker in zip(series, values, markers(series, palette), strict=True):
        if not curve.name:
            continue
        has_value = with_values and len(numbers) and curve.slot != slots.DIM
        last = f" {numbers[-1]:.3g}" if has_value else ""
        entries.append((samples.get(marker, marker * 2), f" {curve.name}{last}", curve.slot))
    return entries
