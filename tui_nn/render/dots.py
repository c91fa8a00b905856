"""Lines finer than cells: dots of braille, 2 x 4 a cell, or one glyph a cell in ASCII.

Layers of lines lie over each other; in a cell the uppermost that touches it is shown, with its color.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tui_nn.render import slots
from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS, braille
from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane

Dots = NDArray[np.bool_]

NEUTRAL = 4
"""The class whose inks are nearly black and nearly white."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Dots of one color."""

    dots: Dots
    """(rows, columns) in dots, see `dots_of`."""
    slot: int
    glyph: str = "."
    """What a cell shows in ASCII."""


def dots_of(plane: Plane, palette: Palette) -> tuple[int, int]:
    """Return the (rows, columns) of dots that a plane of cells has."""
    return (
        (plane.rows, plane.columns)
        if palette.is_ascii
        else (DOT_ROWS * plane.rows, DOT_COLUMNS * plane.columns)
    )


def line_dots(lines: ArrayLike, plane: Plane, palette: Palette) -> Dots:
    """Return the dots of lines through points, clipped at the plane; a point that is not finite is a gap.

    lines: (n_lines, n_points, 2) coordinates x, y.
    """
    rows, columns = dots_of(plane, palette)
    dots = np.zeros((rows, columns), dtype=bool)
    points = np.asarray(lines, dtype=np.float64)
    if not dots.size or points.ndim != 3 or not points.size:
        return dots
    with np.errstate(all="ignore"):
        places = plane.fractions(points).reshape(points.shape) * (rows, columns)
        begin, way = _clipped(places[:, :-1].reshape(-1, 2), places[:, 1:].reshape(-1, 2), (rows, columns))
    counts = np.ceil(np.abs(way).max(axis=1, initial=0.0)).astype(np.int64) + 1
    segment = np.repeat(np.arange(len(way)), counts)
    number = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = begin[segment] + way[segment] * (number / np.maximum(counts - 1, 1)[segment])[:, None]
    cell = np.clip(np.floor(at).astype(np.int64), 0, (rows - 1, columns - 1))
    dots[cell[:, 0], cell[:, 1]] = True
    return dots


def _clipped(
    begin: NDArray[np.float64], end: NDArray[np.float64], box: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return begin and way of the parts of segments that lie in the box (0, 0) to `box` (Liang, Barsky)."""
    whole = np.isfinite(begin).all(axis=1) & np.isfinite(end).all(axis=1)
    begin, way = begin[whole], end[whole] - begin[whole]
    first, last = np.zeros(len(begin)), np.ones(len(begin))
    for axis in range(2):
        step, start = way[:, axis], begin[:, axis]
        moves = step != 0
        inverse = 1.0 / np.where(moves, step, 1.0)
        one, other = -start * inverse, (box[axis] - start) * inverse
        inside = (start >= 0) & (start <= box[axis])
        first = np.maximum(first, np.where(moves, np.minimum(one, other), np.where(inside, 0.0, 2.0)))
        last = np.minimum(last, np.where(moves, np.maximum(one, other), 1.0))
    seen = first <= last
    begin, way, first, last = begin[seen], way[seen], first[seen, None], last[seen, None]
    return begin + first * way, (last - first) * way


def draw_dots(cells: Cells, layers: Sequence[Layer], palette: Palette, row: int, column: int) -> None:
    """Draw layers of dots, the first lowest, at (row, column); cells without dots stay as they are."""
    for layer in layers:
        if palette.is_ascii:
            touched = layer.dots
            glyphs = np.full(touched.shape, layer.glyph)
        else:
            glyphs = braille(layer.dots)
            touched = glyphs != " "
        here = slice(row, row + touched.shape[0]), slice(column, column + touched.shape[1])
        cells.glyphs[here][touched] = glyphs[touched]
        cells.foreground[here][touched] = layer.slot


def draw_dots_on(cells: Cells, dots: Dots, palette: Palette, row: int, column: int) -> None:
    """Draw dots over a map of colors in an ink that is seen on each, or over glyphs in the accent color."""
    before = cells.glyphs.copy(), cells.foreground.copy()
    draw_dots(cells, [Layer(dots, slots.ACCENT, "*")], palette, row, column)
    if not palette.has_blocks:
        return
    changed = cells.glyphs != before[0]
    ground = np.where(before[0] == "▄", before[1], cells.background)
    is_dark = np.array([*palette.is_dark, True])[ground]
    inks = np.array([slots.ink_slot(NEUTRAL, light) for light in (False, True)])
    cells.foreground[changed] = inks[is_dark.astype(int)][changed]
    cells.background[changed] = ground[changed]
