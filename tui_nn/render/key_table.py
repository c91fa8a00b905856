"""Keys and what they do, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, write

GAP = 3


def key_table(keys: Sequence[tuple[str, str]], height: int, width: int) -> Cells:
    """Draw (keys, words) in `height` x `width` cells, in as few rows as hold all of them.

    Where they do not fit, the last ones are left out.
    """
    canvas = blank(height, width)
    rows = next((rows for rows in range(1, height + 1) if _width(keys, rows) <= width), height)
    column = 0
    for first in range(0, len(keys), max(1, rows)):
        shown = keys[first : first + rows]
        if column + _width(shown, rows) > width:
            break
        label = max((len(key) for key, _ in shown), default=0)
        for row, (key, words) in enumerate(shown):
            write(canvas, row, column, key, slots.ACCENT)
            write(canvas, row, column + label + 1, words, slots.DIM)
        column += _width(shown, rows) + GAP
    return canvas


def _width(keys: Sequence[tuple[str, str]], rows: int) -> int:
    """Return the columns that a table of so many rows takes."""
    widths = []
    for first in range(0, len(keys), max(1, rows)):
        shown = keys[first : first + rows]
        widths.append(
            1 + max((len(key) for key, _ in shown), default=0) + max((len(w) for _, w in shown), default=0)
        )
    return sum(widths) + GAP * (len(widths) - 1)
