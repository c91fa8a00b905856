"""Names in space: of layers below their sheets, of units beside them, where there is room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS
from tui_nn.render.cells import DEFAULT, Cells, one_per_cell, write
from tui_nn.views.space.draw_sheets import Sheet
from tui_nn.views.space.draw_units import Units
from tui_nn.views.space.draw_viewpoint import Seen


def draw_labels(
    canvas: Cells,
    units: Sequence[Units],
    corners: Sequence[Seen],
    taken: NDArray[np.bool_],
) -> None:
    """Write the names of layers, near ones first, and of units, where nothing is `taken`."""
    taken = taken.copy()
    center = float(np.mean([seen.x.mean() for seen in corners]))
    for i in sorted(range(len(units)), key=lambda i: units[i].rank):
        sheet = units[i].sheet
        middle = float(corners[i].x.mean())
        _name_units(canvas, sheet, units[i].seen, taken, on_left=middle < center)
        above, below = int(corners[i].y.min() // DOT_ROWS), int(corners[i].y.max() // DOT_ROWS)
        places = [
            (row, round(middle / DOT_COLUMNS - len(text) / 2), text)
            for text in (sheet.label, sheet.short_label)
            for row in (below + 1, below + 2, above - 1)
        ]
        _write_at_first(canvas, taken, places, slots.TEXT)


def _name_units(canvas: Cells, sheet: Sheet, seen: Seen, taken: NDArray[np.bool_], on_left: bool) -> None:
    """Write the names of units beside them; the one that stands out first."""
    reach = 0.45 * sheet.grid.pitch * seen.size
    for unit in sorted(range(len(sheet.names)), key=lambda unit: unit != sheet.marked):
        name = sheet.names[unit]
        row = int(seen.y[unit] // DOT_ROWS)
        right = int((seen.x[unit] + reach[unit]) // DOT_COLUMNS) + 2
        left = int((seen.x[unit] - reach[unit]) // DOT_COLUMNS) - 1 - len(name)
        slot = slots.TITLE if unit == sheet.marked else slots.DIM
        _write_at_first(canvas, taken, [(row, left if on_left else right, name)], slot)


def _write_at_first(
    canvas: Cells, taken: NDArray[np.bool_], places: Sequence[tuple[int, int, str]], slot: int
) -> None:
    """Write a text at the first of (row, column, text) that is free."""
    for row, column, text in places:
        length = len(one_per_cell(text))
        if not (0 <= row < canvas.height and column >= 0 and column + length <= canvas.width):
            continue
        if not taken[row, column : column + length].any():
            write(canvas, row, column, text, slot, DEFAULT)
            taken[row, max(0, column - 1) : column + length + 1] = True
            return
