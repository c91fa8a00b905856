"""Cells: a grid of glyphs and palette slots, the one thing that every view returns.

Slots are the numbers of `slots.py`; DEFAULT (-1) is the own color of the terminal or widget. The functions
that draw (`paste`, `write`, `fill`) change a grid that the calling view has just made, and clip at its edges.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.files.visible import visible

DEFAULT = -1
"""The slot of the default foreground or background."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A grid of (height, width) terminal cells."""

    glyphs: NDArray[np.str_]
    """One character a cell, dtype '<U1'; the cell after a wide character holds ''."""
    foreground: NDArray[np.int16]
    background: NDArray[np.int16]

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.glyphs.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.glyphs.shape[1])

    def lines(self) -> list[str]:
        """Return the glyphs of each row as a string, without colors."""
        return ["".join(row) for row in self.glyphs.tolist()]


def blank(height: int, width: int, background: int = DEFAULT) -> Cells:
    """Return an empty grid; negative sizes count as zero."""
    shape = (max(0, height), max(0, width))
    return Cells(
        np.full(shape, " ", dtype="<U1"),
        np.full(shape, DEFAULT, dtype=np.int16),
        np.full(shape, background, dtype=np.int16),
    )


def paste(canvas: Cells, piece: Cells, row: int, column: int) -> None:
    """Draw `piece` into `canvas` with its upper left corner at (row, column), clipped."""
    top, left = max(0, row), max(0, column)
    bottom, right = min(canvas.height, row + piece.height), min(canvas.width, column + piece.width)
    if top >= bottom or left >= right:
        return
    here = (slice(top, bottom), slice(left, right))
    there = (slice(top - row, bottom - row), slice(left - column, right - column))
    canvas.glyphs[here] = piece.glyphs[there]
    canvas.foreground[here] = piece.foreground[there]
    canvas.background[here] = piece.background[there]


def fill(canvas: Cells, row: int, column: int, height: int, width: int, glyph: str, foreground: int) -> None:
    """Fill a rectangle with one glyph, clipped, leaving the background as it is."""
    rows = slice(max(0, row), max(0, row + height))
    columns = slice(max(0, column), max(0, column + width))
    canvas.glyphs[rows, columns] = glyph
    canvas.foreground[rows, columns] = foreground


def one_per_cell(text: str) -> list[str]:
    """Split text into what each cell shows.

    Controls are written out, the cell after a wide character is '', combining marks are left out, and a
    character whose width nobody knows is '?'.
    """
    glyphs: list[str] = []
    for character in visible(text):
        if character.isascii() and character.isprintable():
            glyphs.append(character)
        elif unicodedata.category(character) in ("Cf", "Co", "Cn"):
            glyphs.append("?")
        elif unicodedata.combining(character) == 0 and unicodedata.category(character) not in ("Mn", "Me"):
            glyphs.append(character)
            if unicodedata.east_asian_width(character) in ("W", "F"):
                glyphs.append("")
    return glyphs


def shorten(glyphs: list[str], width: int, ellipsis: str = "…") -> list[str]:
    """Cut a list of glyphs to `width` cells, ending in an ellipsis if something was lost."""
    if len(glyphs) <= width:
        return glyphs
    kept = glyphs[: max(0, width - 1)]
    if kept and len(glyphs) > len(kept) and glyphs[len(kept)] == "":
        kept[-1] = " "
    return [*kept, ellipsis][: max(0, width)]


def clip(glyphs: list[str], column: int, width: int) -> list[str]:
    """Return what can be seen of glyphs that begin at `column` of `width` cells."""
    return glyphs[max(0, -column) : max(0, width - column)]


def wrap(text: str, width: int) -> list[str]:
    """Break text between words into lines of at most `width` cells; a longer word is broken too."""
    lines = [""]
    for word in text.split():
        pieces = _pieces(word, max(2, width))
        for piece in pieces:
            longer = f"{lines[-1]} {piece}" if lines[-1] else piece
            if len(one_per_cell(longer)) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def _pieces(word: str, width: int) -> list[str]:
    """Break a word into pieces that fit; wide characters count as two cells."""
    pieces, used = [""], 0
    for character in word:
        cells = len(one_per_cell(character))
        if used + cells > width:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += cells
    return pieces


def write(
    canvas: Cells,
    row: int,
    column: int,
    text: str,
    foreground: int = DEFAULT,
    background: int | None = None,
    *,
    width: int | None = None,
    align: str = "left",
) -> None:
    """Write one line of text, clipped to the canvas; within `width` cells it is shortened and aligned.

    align: "left", "right" or "center". background None leaves the background as it is.
    """
    glyphs = one_per_cell(text)
    if width is not None:
        glyphs = shorten(glyphs, width)
        space = max(0, width - len(glyphs))
        column += {"left": 0, "right": space, "center": space // 2}[align]
    if not 0 <= row < canvas.height:
        return
    glyphs = clip(glyphs, column, canvas.width)
    column = max(0, column)
    if not glyphs:
        return
    if glyphs[0] == "":
        glyphs[0] = " "
    if unicodedata.east_asian_width(glyphs[-1] or " ") in ("W", "F"):
        glyphs[-1] = " "
    end = column + len(glyphs)
    canvas.glyphs[row, column:end] = glyphs
    canvas.foreground[row, column:end] = foreground
    if background is not None:
        canvas.background[row, column:end] = background


def text_line(
    text: str,
    width: int,
    foreground: int = DEFAULT,
    background: int = DEFAULT,
    align: str = "left",
) -> Cells:
    """Return one row of `width` cells holding the text."""
    line = blank(1, width, background)
    write(line, 0, 0, text, foreground, width=max(0, width), align=align)
    return line


def fit(cells: Cells, height: int, width: int, row: int = 0, column: int = 0) -> Cells:
    """Return a grid of exactly (height, width) with `cells` placed at (row, column), cropped or padded."""
    canvas = blank(height, width)
    paste(canvas, cells, row, column)
    return canvas


def stack(*pieces: Cells, gap: int = 0) -> Cells:
    """Put pieces below each other, left aligned."""
    heights = [piece.height for piece in pieces]
    canvas = blank(sum(heights) + gap * max(0, len(pieces) - 1), max((p.width for p in pieces), default=0))
    row = 0
    for piece in pieces:
        paste(canvas, piece, row, 0)
        row += piece.height + gap
    return canvas


def hstack(*pieces: Cells, gap: int = 0) -> Cells:
    """Put pieces beside each other, top aligned."""
    widths = [piece.width for piece in pieces]
    canvas = blank(max((p.height for p in pieces), default=0), sum(widths) + gap * max(0, len(pieces) - 1))
    column = 0
    for piece in pieces:
        paste(canvas, piece, 0, column)
        column += piece.width + gap
    return canvas
