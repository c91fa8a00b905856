"""One row that shows a place in time: a bar, what stands there, and words beside it."""

from __future__ import annotations

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, write
from tui_nn.render.palette import Palette

BAR_PART = 0.25
"""The bar's part of the row; words that need more room take it from the bar."""
SHORTEST, LONGEST = 8, 60
GAP = 2


def timeline_bar(
    place: float,
    label: str,
    words: str,
    palette: Palette,
    width: int,
    *,
    branch: float | None = None,
    is_warning: bool = False,
) -> Cells:
    """Return one row of `width` cells.

    place: 0 at the beginning to 1 at the end. label: what stands there. words: what was said last, written
    out before the bar gets its length. branch: where the course was left once, on the same scale.
    """
    line = blank(1, width)
    label_width, words_width = (len(one_per_cell(text)) for text in (label, words))
    length = min(int(width * BAR_PART), LONGEST)
    length = min(length, width - label_width - GAP - (words_width + GAP if words else 0))
    column = 0
    if length >= SHORTEST:
        _draw_bar(line, length, place, branch, palette)
        column = length + GAP
    write(line, 0, column, label, slots.ACCENT, width=max(0, width - column))
    column += label_width + GAP
    slot = slots.WARNING if is_warning else DEFAULT
    if column < width:
        write(line, 0, column, words, slot, width=width - column)
    return line


def _draw_bar(line: Cells, length: int, place: float, branch: float | None, palette: Palette) -> None:
    passed, left, here, left_there = "=-@+" if palette.is_ascii else "━─●┬"
    at = _cell(place, length)
    write(line, 0, 0, left * length, slots.TRACK)
    write(line, 0, 0, passed * at, slots.AXIS)
    if branch is not None:
        write(line, 0, _cell(branch, length), left_there, slots.AXIS)
    write(line, 0, at, here, slots.ACCENT)


def _cell(part: float, length: int) -> int:
    return round(min(max(part, 0.0), 1.0) * (length - 1))
