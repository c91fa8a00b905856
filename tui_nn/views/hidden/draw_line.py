"""One number a sample, such as a single neuron gives: a histogram for each class over one line of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.cells import DEFAULT, Cells, blank, paste, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Range, number, ticks
from tui_nn.views.hidden.draw_plane import Samples

HIGHEST = 10
"""Rows of a histogram at most."""


def draw_number_line(
    samples: Samples,
    palette: Palette,
    height: int,
    width: int,
    span: Range,
    axis: str,
    cuts: NDArray[np.float64] | None = None,
    class_names: Sequence[str] = (),
) -> Cells:
    """Draw histograms of samples (n, 1), one below the other, and lines where a cut crosses the numbers.

    cuts: (2, n) slopes and offsets: slope x + offset = 0 on the line. Any size will do.
    """
    canvas = blank(height, width)
    n_classes = max(1, len(class_names) or 2)
    room = canvas.height - 3
    rows = min(HIGHEST, room // n_classes)
    if rows < 1 or canvas.width < 4:
        write(canvas, 0, 0, "This panel is too small.", width=canvas.width)
        return canvas
    columns = canvas.width
    counts = _counts(samples, n_classes, columns, span)
    most = max(1, int(counts.max(initial=0)))
    for label in range(n_classes):
        paste(canvas, _bars(counts[label], most, label, rows, palette), 1 + label * rows, 0)
    write(canvas, 0, 0, "how many samples, by class", slots.DIM, width=columns)
    bottom = 1 + n_classes * rows
    write(canvas, bottom, 0, palette.glyphs.horizontal * columns, slots.AXIS)
    taken = -1
    for value in ticks(*span, max(2, columns // 10)):
        column = int((value - span[0]) / (span[1] - span[0]) * columns)
        label_text = number(value)
        begin = min(max(0, column - len(label_text) // 2), columns - len(label_text))
        if begin > taken:
            write(canvas, bottom, min(column, columns - 1), palette.glyphs.tick_x, slots.AXIS)
            write(canvas, bottom + 1, begin, label_text, slots.DIM)
            taken = begin + len(label_text)
    for slope, offset in cuts.T if cuts is not None else ():
        place = (-offset / slope - span[0]) / (span[1] - span[0]) if slope else np.nan
        if 0 <= place < 1:
            for row in range(1, bottom + 1):
                write(canvas, row, int(place * columns), palette.glyphs.vertical, slots.ACCENT)
    if canvas.height > bottom + 2:
        write(canvas, bottom + 2, 0, f"{axis} →", slots.TEXT, width=columns, align="right")
    return canvas


def _counts(samples: Samples, n_classes: int, columns: int, span: Range) -> NDArray[np.int64]:
    """Return (n_classes, columns) samples."""
    counts = np.zeros((n_classes, columns), dtype=np.int64)
    place = (samples.positions[:, 0].astype(np.float64) - span[0]) / (span[1] - span[0]) * columns
    inside = (place >= 0) & (place < columns)
    np.add.at(counts, (samples.labels[inside] % n_classes, place[inside].astype(np.int64)), 1)
    return counts


def _bars(counts: NDArray[np.int64], most: int, label: int, rows: int, palette: Palette) -> Cells:
    """Return one histogram; a sample is seen however few there are."""
    levels = rows * palette.samples_per_cell
    heights = np.ceil(counts / most * levels).astype(np.int64)
    filled = np.arange(levels)[::-1, None] < heights[None, :]
    if palette.has_blocks:
        return shades.paint(np.where(filled, slots.class_slot(label), DEFAULT).astype(np.int16), palette)
    cells = blank(rows, len(counts))
    cells.glyphs[filled] = palette.glyphs.train[label % slots.N_CLASSES]
    cells.foreground[filled] = slots.class_slot(label)
    return cells
