"""Links in space: lines of dots, dense and bright where they are strong and near.

In a cell the strongest and nearest link owns the color, and those of its sign share the cell. With few colors
negative links are dashed; in ASCII they are dots and the positive ones strokes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS, LinePoints, braille, line_points
from tui_nn.render.cells import blank
from tui_nn.render.palette import Palette
from tui_nn.views.space.draw_units import GLOWS, Layer, light
from tui_nn.views.space.draw_viewpoint import Seen

Floats = NDArray[np.float64]

FRAME_LIGHT, BRIGHTEST = 2.0, 4.6
"""Level of light of the nearest frame, and of the strongest and nearest link: units are brighter."""
SOLID = 0.25
"""Strength from which on each dot of a link is drawn; of weaker ones every second."""
THICK = 0.7
"""Strength from which on a link is two dots thick."""
MANY, WEAK = 24, 0.3
"""Of more links than MANY between two sheets, those below the strength WEAK are left out with few colors."""


@dataclass(frozen=True, eq=False)
class Thread:
    """Lines between two rows of points."""

    begin: Seen
    """(n,) points, in dots."""
    end: Seen
    values: Floats
    """(n,): sign and size of each; all zeros: a frame."""
    rank: float = np.inf
    """How many sheets are nearer, and a half; inf: a frame, which covers nothing."""


def draw_threads(threads: Sequence[Thread], palette: Palette, height: int, width: int, reach: float) -> Layer:
    """Draw all links on `height` x `width` cells; reach: the largest depth of the scene."""
    begin, end = (_joined([getattr(thread, side) for thread in threads]) for side in ("begin", "end"))
    sign = np.sign(np.nan_to_num(np.concatenate([thread.values for thread in threads]))).astype(np.int64)
    strength = np.concatenate([strengths(thread.values) for thread in threads])
    order = np.argsort(strength * light((begin.depth + end.depth) / 2, reach), kind="stable")
    if not palette.has_blocks:
        is_one_of_many = np.concatenate([np.full(len(t.values), len(t.values) > MANY) for t in threads])
        order = order[~is_one_of_many[order] | (strength[order] >= WEAK)]
    begin, end, sign, strength = _at(begin, order), _at(end, order), sign[order], strength[order]
    first, last = np.column_stack([begin.x, begin.y]), np.column_stack([end.x, end.y])
    points = line_points(first, last, height * DOT_ROWS, width * DOT_COLUMNS)
    points = points.some(_is_dot(points, sign, strength, palette))
    points = points.some(_is_of_owner(points, sign, height, width))
    depth = begin.depth[points.line] * (1 - points.along) + end.depth[points.line] * points.along
    cells, ranks = blank(height, width), np.full((height, width), np.inf)
    at = points.row // DOT_ROWS, points.column // DOT_COLUMNS
    is_frame = sign[points.line] == 0
    full = np.where(is_frame, FRAME_LIGHT, 1 + (BRIGHTEST - 1) * strength[points.line])
    cells.foreground[at] = GLOWS[sign[points.line] + 1, np.rint(full * light(depth, reach)).astype(np.int64)]
    ranks[at] = np.concatenate([np.full(len(t.values), t.rank) for t in threads])[order][points.line]
    if palette.is_ascii:
        cells.glyphs[at] = _strokes(last - first, sign)[points.line]
    else:
        cells.glyphs[:] = braille(_dots(points, strength, height, width))
    return Layer(cells, ranks)


def strengths(values: Floats) -> Floats:
    """Return how strong links are among those drawn with them: 1 the strongest, nearly 0 the weakest."""
    sizes = np.nan_to_num(np.abs(values), nan=0.0, posinf=1e30)
    least, largest = 0.9 * sizes.min(initial=np.inf), sizes.max(initial=0.0)
    return (sizes - least) / (largest - least) if largest > 0 else sizes


def _joined(seen: Sequence[Seen]) -> Seen:
    return Seen(*(np.concatenate([getattr(one, n) for one in seen]) for n in ("x", "y", "depth", "size")))


def _at(seen: Seen, order: NDArray[np.int64]) -> Seen:
    return Seen(seen.x[order], seen.y[order], seen.depth[order], seen.size[order])


def _is_dot(points: LinePoints, sign: NDArray[Any], strength: Floats, palette: Palette) -> NDArray[np.bool_]:
    """Return which points of the lines are drawn: where strength or sign do not thin them out."""
    if palette.is_ascii:
        return np.ones(len(points.line), dtype=bool)
    if palette.has_blocks:
        every = np.where((strength >= SOLID) | (sign == 0), 1, 2)
        return np.asarray(points.number % every[points.line] == 0)
    return (sign >= 0)[points.line] | (points.number % 6 < 3)


def _is_of_owner(points: LinePoints, sign: NDArray[Any], height: int, width: int) -> NDArray[np.bool_]:
    """Return which points have the sign of the last line in their cell."""
    at = points.row // DOT_ROWS, points.column // DOT_COLUMNS
    owner = np.zeros((height, width), dtype=np.int64)
    owner[at] = sign[points.line]
    return np.asarray(owner[at] == sign[points.line])


def _dots(points: LinePoints, strength: Floats, height: int, width: int) -> NDArray[np.bool_]:
    """Return the dots of the points, and those above the points of strong links."""
    dots = np.zeros((height * DOT_ROWS, width * DOT_COLUMNS), dtype=bool)
    dots[points.row, points.column] = True
    is_thick = (strength[points.line] >= THICK) & (points.row % DOT_ROWS > 0)
    dots[points.row[is_thick] - 1, points.column[is_thick]] = True
    return dots


def _strokes(way: Floats, sign: NDArray[Any]) -> NDArray[np.str_]:
    """Return one glyph for each line: a stroke of its direction, or dots if it is not positive."""
    across, down = np.abs(way[:, 0]), np.abs(way[:, 1])
    slanted = np.where(way[:, 0] * way[:, 1] > 0, "\\", "/")
    stroke = np.where(down > 2.4 * across, "|", np.where(down < 0.4 * across, "-", slanted))
    glyphs: NDArray[np.str_] = np.where(sign > 0, stroke, np.where(down > across, ":", "."))
    return glyphs
