"""Runs: a row of cells cut into few stretches of one foreground and background."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui_nn.render.cells import DEFAULT, Cells

_ANY = DEFAULT - 1
"""The foreground of spaces."""


class Run(NamedTuple):
    """Text in one pair of slots; the foreground is DEFAULT where only spaces are shown."""

    text: str
    foreground: int
    background: int


def row_runs(cells: Cells, row: int) -> Iterator[Run]:
    """Yield the runs of one row, left to right.

    Spaces show no foreground, so they join their neighbors on the same background. (Turning half-blocks over
    to join more saves less than 5 % of the bytes of a map and is not worth its code.)
    """
    glyphs: list[str] = cells.glyphs[row].tolist()
    foregrounds: list[int] = cells.foreground[row].tolist()
    backgrounds: list[int] = cells.background[row].tolist()
    start, front, back = 0, _ANY, backgrounds[0] if backgrounds else DEFAULT
    for column, glyph in enumerate(glyphs):
        wanted = _ANY if glyph == " " else foregrounds[column]
        if backgrounds[column] != back or (wanted != front and _ANY not in (wanted, front)):
            yield Run("".join(glyphs[start:column]), max(front, DEFAULT), back)
            start, front, back = column, wanted, backgrounds[column]
        elif front == _ANY:
            front = wanted
    if glyphs:
        yield Run("".join(glyphs[start:]), max(front, DEFAULT), back)
