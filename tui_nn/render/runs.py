"""Runs: a row of cells cut into few stretches of one foreground and background.

A half-block can be drawn either way up and a full block is a space on another background, so neighbors that
differ can often share one pair of colors. What is shown stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tui_nn.render.cells import DEFAULT, Cells
from tui_nn.render.palette import Palette

_ANY = -2
"""A color that nothing in the run shows."""


class Run(NamedTuple):
    """Text in one pair of slots (DEFAULT where none is needed)."""

    text: str
    foreground: int
    background: int


class _Look(NamedTuple):
    """One way to draw a cell."""

    foreground: int
    background: int
    glyph: str


@lru_cache(maxsize=8192)
def _looks(glyph: str, foreground: int, background: int, palette: Palette) -> tuple[_Look, ...]:
    """Return every way to draw a cell so that it looks the same, the plainest first."""
    front, back = palette.is_solid(foreground), palette.is_solid(background)
    if glyph in "▀▄" and glyph and foreground == background and front:
        glyph = " "
    if glyph == " ":
        if background in palette.reverse:
            return (_Look(foreground, background, " "),)
        plain = _Look(_ANY, background, " ")
        return (plain, _Look(background, _ANY, "█")) if back else (plain,)
    if glyph == "█" and front:
        return _Look(_ANY, foreground, " "), _Look(foreground, _ANY, "█")
    plain = _Look(foreground, background, glyph)
    if glyph in ("▀", "▄") and front and back:
        return plain, _Look(background, foreground, "▄" if glyph == "▀" else "▀")
    return (plain,)


_Pair = tuple[int, int]


@lru_cache(maxsize=65536)
def _join(pairs: tuple[_Pair, ...], looks: tuple[_Look, ...]) -> tuple[_Pair, ...]:
    """Return the color pairs that can draw a run so far and one more cell; empty if none can."""
    joined: dict[_Pair, None] = {}
    for front, back in pairs:
        for look in looks:
            front_fits = front == _ANY or look.foreground in (front, _ANY)
            if front_fits and (back == _ANY or look.background in (back, _ANY)):
                joined[max(front, look.foreground), max(back, look.background)] = None
    return tuple(joined)


def _close(cells: list[tuple[tuple[_Look, ...], int]], pair: _Pair) -> Run:
    """Write the cells of a run with its pair of colors."""
    front, back = pair
    text = []
    for looks, count in cells:
        for look in looks:
            if look.foreground in (front, _ANY) and look.background in (back, _ANY):
                text.append(look.glyph * count)
                break
    return Run("".join(text), max(front, DEFAULT), max(back, DEFAULT))


def row_runs(cells: Cells, row: int, palette: Palette) -> Iterator[Run]:
    """Yield the runs of one row, left to right."""
    glyphs, front, back = cells.glyphs[row], cells.foreground[row], cells.background[row]
    if not len(glyphs):
        return
    differs = (glyphs[1:] != glyphs[:-1]) | (front[1:] != front[:-1]) | (back[1:] != back[:-1])
    starts = np.concatenate(([0], np.flatnonzero(differs) + 1))
    counts = np.diff(np.append(starts, len(glyphs))).tolist()
    pairs: tuple[_Pair, ...] = ((_ANY, _ANY),)
    run: list[tuple[tuple[_Look, ...], int]] = []
    for glyph, f, b, count in zip(
        glyphs[starts].tolist(), front[starts].tolist(), back[starts].tolist(), counts, strict=True
    ):
        looks = _looks(glyph, f, b, palette)
        joined = _join(pairs, looks)
        if not joined:
            yield _close(run, pairs[0])
            run, joined = [], _join(((_ANY, _ANY),), looks)
        run.append((looks, count))
        pairs = joined
    yield _close(run, pairs[0])
