"""Rows of labels and values: what a form looks like, with a cursor and a line of help below.

And which rows of any list are shown, with marks where there are more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, paste, wrap, write
from tui_nn.render.palette import Palette

COLUMN = 38
"""Cells from which another column of rows is worth it."""
WRAPPED = 28
"""Cells beside the labels from which a value that does not fit is broken into lines there."""


@dataclass(frozen=True)
class Row:
    """One label and its value."""

    key: str
    """What the row is called in messages."""
    label: str
    value: str
    help: str = ""
    """Shown below while the cursor is on the row: what it is, and what is allowed."""
    letter: str = ""
    """The key that jumps to it."""
    is_changed: bool = False
    """Whether the value is another one than the usual."""


def rows_view(
    rows: Sequence[Row],
    palette: Palette,
    height: int,
    width: int,
    *,
    cursor: int | None = None,
    shows_letters: bool = False,
) -> Cells:
    """Draw as many rows as fit around the cursor, in columns where it is wide, and its help below."""
    canvas = blank(height, width)
    below = 0 if cursor is None else help_rows(rows, canvas.height, canvas.width)
    listed = canvas.height - below
    if listed <= 0 or not rows:
        return canvas
    n_columns = max(1, min(canvas.width // COLUMN, -(-len(rows) // listed)))
    column_width = canvas.width // n_columns
    label_width = max(len(one_per_cell(row.label)) for row in rows)
    capacity = listed * n_columns
    lines: list[Cells] = []
    end = 0
    for index in _near(len(rows), capacity, cursor):
        lines += _row(
            rows[index],
            column_width - (2 if n_columns > 1 else 1),
            label_width,
            cursor == index,
            shows_letters,
        )
        end = len(lines) - 1 if cursor == index else end
    first = _first_shown(len(lines), capacity, listed, None if cursor is None else end)
    shown = lines[first : first + capacity]
    for index, line in enumerate(shown):
        column, place = divmod(index, listed)
        paste(canvas, line, place, column * column_width)
    is_more = first > 0, first + len(shown) < len(lines)
    mark_more(canvas, palette, canvas.width - 1, (0, listed - 1), is_more)
    if cursor is not None:
        for offset, text in enumerate(wrap(rows[cursor].help, canvas.width)):
            write(canvas, listed + offset, 0, text, slots.DIM)
    return canvas


def first_around(chosen: int | None, count: int, room: int) -> int:
    """Return the first of `count` rows to show in `room`, the chosen one in the middle if it can be."""
    return max(0, min((chosen or 0) - room // 2, count - room))


def mark_more(
    canvas: Cells, palette: Palette, column: int, ends: tuple[int, int], is_more: tuple[bool, bool]
) -> None:
    """Mark in a column, in the first and last of the rows that are shown, that there are more beyond them."""
    marks = palette.glyphs.more_above, palette.glyphs.more_below
    for row, glyph, is_there in zip(ends, marks, is_more, strict=True):
        if is_there:
            write(canvas, row, column, glyph, slots.DIM)


def _near(count: int, capacity: int, cursor: int | None) -> range:
    """Return the rows that can be seen: each has a line at least."""
    here = cursor or 0
    return range(max(0, here - capacity), min(count, here + capacity + 1))


def _first_shown(count: int, capacity: int, listed: int, cursor: int | None) -> int:
    """Return the first row to show so that the cursor is seen, a little before the end where it can be."""
    if count <= capacity or cursor is None:
        return 0
    return max(0, min(count - capacity, cursor - capacity + 1 + min(2, listed // 3)))


def _row(row: Row, width: int, label_width: int, is_here: bool, shows_letters: bool) -> list[Cells]:
    """Return a row's line, or more where label and value have no room beside each other."""
    ground = slots.SELECTION if is_here else DEFAULT
    ink = slots.SELECTED if is_here else slots.DIM
    column = 2 if shows_letters else 0
    gap = 2 if width >= COLUMN else 1
    own = column + len(one_per_cell(row.label)) + gap
    common = min(column + label_width + gap, (width + 3) // 2)
    place, texts = _placed(row, width, column, max(own, common))
    lines = [blank(1, width, ground) for _ in texts]
    if shows_letters:
        write(lines[0], 0, 0, row.letter or " ", slots.SELECTED if is_here else slots.ACCENT)
    write(lines[0], 0, column, row.label, ink)
    value_ink = slots.SELECTED if is_here else (slots.TITLE if row.is_changed else DEFAULT)
    for line, text in zip(lines, texts, strict=True):
        write(line, 0, place, text, value_ink, width=width)
    return lines


def _placed(row: Row, width: int, column: int, beside: int) -> tuple[int, list[str]]:
    """Return the column of a row's value and its lines, of which the first stands beside the label.

    column: where the label begins; beside: where the value begins if it fits.
    """
    label, value = len(one_per_cell(row.label)), len(one_per_cell(row.value))
    room = width - beside
    if value > room >= WRAPPED:
        return beside, wrap(row.value, room)
    place = min(beside, width - value)
    if place > column + label:
        return place, [row.value]
    if value <= width:
        return place, ["", row.value]
    return column, ["", *wrap(row.value, width - column)]


def rows_height(rows: Sequence[Row], width: int, shows_letters: bool = False) -> int:
    """Return how many lines all rows need in one column."""
    label_width = max((len(one_per_cell(row.label)) for row in rows), default=0)
    return sum(len(_row(row, width - 1, label_width, False, shows_letters)) for row in rows)


def help_rows(rows: Sequence[Row], height: int, width: int) -> int:
    """Return the rows that the longest help needs, so that the list does not move; half of all at most."""
    needed = max((len(wrap(row.help, width)) for row in rows if row.help), default=0)
    return min(needed, height // 2)
