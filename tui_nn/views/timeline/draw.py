"""One row that shows a place in time: a bar, what stands there, and words beside it or above."""

from __future__ import annotations

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, paste, wrap, write
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
    """Return one row of `width` cells, below as many as the words need if they have no room beside the bar.

    place: 0 at the beginning to 1 at the end. label: what stands there. words: what was said last, written
    out before the bar gets its length. branch: where the course was left once, on the same scale.
    """
    label_width, words_width = (len(one_per_cell(text)) for text in (label, words))
    room = width - label_width - GAP
    above = [] if not words or words_width + GAP + SHORTEST <= room else wrap(words, width)
    length = min(int(width * BAR_PART), LONGEST, room - (words_width + GAP if words and not above else 0))
    slot = slots.WARNING if is_warning else DEFAULT
    rows = blank(len(above) + 1, width)
    for row, text in enumerate(above):
        write(rows, row, 0, text, slot)
    line, column = blank(1, width), 0
    if length >= SHORTEST:
        _draw_bar(line, length, place, branch, palette)
        column = length + GAP
    write(line, 0, column, label, slots.ACCENT)
    if not above:
        write(line, 0, column + label_width + GAP, words, slot)
    paste(rows, line, len(above), 0)
    return rows


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
