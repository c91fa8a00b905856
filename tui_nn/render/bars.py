"""Class probabilities as horizontal bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fill, one_per_cell, write
from tui_nn.render.palette import Palette


def bars(
    probabilities: ArrayLike,
    names: Sequence[str],
    palette: Palette,
    height: int,
    width: int,
    *,
    truth: int | None = None,
) -> Cells:
    """Draw one row a class: its name, a bar and the percentage; the likeliest in bold.

    probabilities: (n,) from 0 to 1; NaN is shown as '?'. truth: the class that an arrow marks.
    Classes that do not fit are left out, with a count.
    """
    canvas = blank(height, width)
    values = np.asarray(probabilities, dtype=np.float64).ravel()
    count = min(len(values), len(names))
    if count == 0 or canvas.height == 0:
        return canvas
    shown = count if count <= canvas.height else canvas.height - 1
    best = int(np.nan_to_num(values[:count], nan=-1.0).argmax())
    label = min(max(len(one_per_cell(name)) for name in names[:count]), max(1, canvas.width // 3))
    mark = ">" if palette.is_ascii else "▸"
    length = canvas.width - label - 8
    for row in range(shown):
        color = slots.class_slot(row) if count <= slots.N_HUES else slots.class_slot(1)
        words = slots.TITLE if row == best else slots.DIM
        write(canvas, row, 0, mark if row == truth else " ", slots.ACCENT)
        write(canvas, row, 1, names[row], words, width=label, align="right")
        _draw_bar(canvas, row, label + 2, length, float(values[row]), color, palette)
        percent = "?" if np.isnan(values[row]) else f"{100 * min(max(values[row], 0.0), 1.0):.0f} %"
        write(canvas, row, canvas.width - 5, percent, words, width=5, align="right")
    if shown < count:
        write(canvas, shown, 1, f"{palette.glyphs.more}{count - shown}", slots.DIM)
    return canvas


def _draw_bar(
    canvas: Cells, row: int, column: int, length: int, value: float, slot: int, palette: Palette
) -> None:
    """Draw a bar of `length` cells filled to `value` on its track."""
    if length <= 0:
        return
    fill(canvas, row, column, 1, length, palette.glyphs.track, slots.TRACK)
    fill_part(canvas, row, column, length, value, slot, palette)


def fill_part(
    canvas: Cells, row: int, column: int, length: int, value: float, slot: int, palette: Palette
) -> None:
    """Fill so much of `length` cells, 0 to 1, to eighths of a cell where glyphs allow it; NaN is nothing."""
    if not value > 0:
        return
    shapes = palette.glyphs
    parts = len(shapes.bar_parts) + 1
    filled = round(min(value, 1.0) * length * parts)
    fill(canvas, row, column, 1, filled // parts, shapes.bar, slot)
    if filled % parts:
        write(canvas, row, column + filled // parts, shapes.bar_parts[filled % parts - 1], slot)
