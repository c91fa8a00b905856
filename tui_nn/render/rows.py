"""Rows of labels and values: what a form looks like, with a cursor and a line of help below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, paste, write
from tui_nn.render.palette import Palette

COLUMN = 38
"""Cells from which another column of rows is worth it."""
HELP_ROWS = 2


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
    """Draw as many rows as fit around the cursor, in columns where it is wide, and the help below."""
    canvas = blank(height, width)
    help_rows = HELP_ROWS if height >= 6 else (1 if height >= 3 else 0)
    if not any(row.help for row in rows):
        help_rows = 0
    listed = canvas.height - help_rows
    if listed <= 0 or not rows:
        return canvas
    n_columns = max(1, min(canvas.width // COLUMN, -(-len(rows) // listed)))
    column_width = canvas.width // n_columns
    first = _first_shown(len(rows), listed * n_columns, listed, cursor)
    label_width = max(len(one_per_cell(row.label)) for row in rows)
    shown = rows[first : first + listed * n_columns]
    for index, row in enumerate(shown):
        column, line = divmod(index, listed)
        is_here = cursor == first + index
        piece = _row(row, column_width - 2, label_width, is_here, shows_letters)
        paste(canvas, piece, line, column * column_width)
    if first:
        write(canvas, 0, canvas.width - 1, palette.glyphs.more_above, slots.DIM)
    if first + len(shown) < len(rows):
        write(canvas, listed - 1, canvas.width - 1, palette.glyphs.more_below, slots.DIM)
    if cursor is not None and help_rows:
        _write_help(canvas, rows[cursor].help, listed, help_rows)
    return canvas


def _first_shown(count: int, capacity: int, listed: int, cursor: int | None) -> int:
    """Return the first row to show so that the cursor is seen, a little before the end where it can be."""
    if count <= capacity or cursor is None:
        return 0
    return max(0, min(count - capacity, cursor - capacity + 1 + min(2, listed // 3)))


def _row(row: Row, width: int, label_width: int, is_here: bool, shows_letters: bool) -> Cells:
    line = blank(1, width, slots.SELECTION if is_here else DEFAULT)
    ink = slots.SELECTED if is_here else slots.DIM
    column = 0
    if shows_letters:
        write(line, 0, 0, row.letter or " ", slots.SELECTED if is_here else slots.ACCENT)
        column = 2
    write(line, 0, column, row.label, ink, width=label_width)
    value_ink = slots.SELECTED if is_here else (slots.TITLE if row.is_changed else DEFAULT)
    write(line, 0, column + label_width + 2, row.value, value_ink, width=width - column - label_width - 2)
    return line


def _write_help(canvas: Cells, text: str, top: int, rows: int) -> None:
    """Write text over some rows, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(one_per_cell(longer)) > canvas.width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > rows:
        lines[rows - 1] = " ".join(lines[rows - 1 :])
    for offset, line in enumerate(lines[:rows]):
        write(canvas, top + offset, 0, line, slots.DIM, width=canvas.width)
