"""Links of the network diagram: curves between two columns of nodes, colored by sign, heavier by size.

Drawn with the dots of braille cells (2 x 4 a cell); in each cell the strongest link owns the color. With few
or no colors negative links are dashed; in ASCII they are dots and the positive ones strokes,
and only the strongest are drawn, unless others are muted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS, braille
from tui_nn.render.cells import DEFAULT, Cells, blank
from tui_nn.render.palette import Palette

LEVELS = (0.3, 0.65)
"""Shares of the largest weight at which a link becomes medium and strong."""
FAINTEST = 0.04
"""Below this share of the largest weight a link is not drawn."""
MANY = 24
"""With more links than this in a gutter, the weak ones are left out where colors are few."""
FEW = 6
"""With so few links a gutter in ASCII can be read."""
_WITH_MARGINS = 4
"""From this width of a gutter on, links in ASCII keep away from the nodes."""
_CHOSEN, _SEVERED = 9, -9
"""Levels of links in ASCII that are drawn otherwise than by their weight."""


def link_levels(weights: NDArray[np.float64], scale: float) -> NDArray[np.int64]:
    """Return 0 (weak) to 2 (strong) for each weight by |weight| / scale, -1 for one too faint to draw."""
    share = np.abs(np.nan_to_num(weights, nan=0.0, posinf=np.inf, neginf=-np.inf)) / scale
    return np.where(share < FAINTEST, -1, np.searchsorted(LEVELS, share, side="right"))


def draw_links(
    weights: NDArray[np.float64],
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    height: int,
    width: int,
    palette: Palette,
    *,
    scale: float = 1.0,
    muted: NDArray[np.bool_] | None = None,
    severed: NDArray[np.bool_] | None = None,
    chosen: NDArray[np.bool_] | None = None,
    heavy_from: int = slots.LINK_LEVELS - 1,
) -> Cells:
    """Draw the links of a gutter of `height` x `width` cells.

    weights: (n_sources, n_targets), as are all masks. sources, targets: the rows at which their links leave
    and arrive. scale: the size of the heaviest links. muted: links to be drawn as background; severed: dashed
    though they weigh nothing; chosen: in the accent, above all others. heavy_from: the level of heavy lines.
    """
    nothing = np.zeros(weights.shape, dtype=bool)
    severed, chosen = (nothing if mask is None else mask for mask in (severed, chosen))
    levels = link_levels(weights, scale)
    dim = nothing if muted is None else muted
    dim = (dim | severed) & ~chosen
    drawn = levels >= 0
    if palette.depth == "mono" or palette.is_ascii:
        drawn &= ~dim
    if palette.is_ascii:
        drawn = _strongest(drawn, weights) if muted is None else drawn
    elif not palette.has_blocks and np.count_nonzero(drawn) > MANY:
        drawn &= levels > 0
    drawn |= severed | chosen
    source, target = np.nonzero(drawn)
    if width <= 0 or height <= 0 or not len(source):
        return blank(height, width)
    strength = np.abs(weights[source, target]) - np.where(dim[source, target], np.inf, 0.0)
    strength = np.where(chosen[source, target], np.inf, strength)
    order = np.argsort(np.nan_to_num(strength, nan=-np.inf), kind="stable")
    source, target = source[order], target[order]
    positive = weights[source, target] > 0
    level = levels[source, target]
    color = np.array([[slots.link_slot(sign, k) for k in range(slots.LINK_LEVELS)] for sign in (False, True)])
    slot = np.where(dim[source, target], slots.LINK_MUTED, color[positive.astype(int), level])
    is_chosen, is_severed = chosen[source, target], severed[source, target]
    slot = np.where(is_chosen, slots.ACCENT, slot)
    begin, end = sources[source], targets[target]
    if palette.is_ascii:
        level = np.where(is_chosen, _CHOSEN, np.where(is_severed, _SEVERED, level))
        return _ascii(begin, end, positive, level, slot, height, width)
    first_dot, last_dot = begin * 4.0 + 1.5, end * 4.0 + 1.5
    dots = _paths(first_dot, last_dot, height * 4, width * 2)
    heavy = (level >= heavy_from) & ~dim[source, target] | is_chosen
    dots[heavy, 1:] |= dots[heavy, :-1]
    dashed = is_severed & ~is_chosen
    if not palette.has_blocks:
        dashed |= ~positive & ~is_chosen
    if dashed.any():
        dots[dashed] &= _dashes(first_dot, height * 4, width * 2)[dashed]
    return _braille(dots, slot, height, width)


def _paths(begin: NDArray[Any], end: NDArray[Any], rows: int, columns: int) -> NDArray[np.bool_]:
    """Return (links, rows, columns): the points of one continuous line a link, level at both of its ends."""
    edges = np.linspace(0.0, 1.0, columns + 1)
    eased = edges + (3 * edges**2 - 2 * edges**3 - edges) * 0.6
    y = np.floor(begin[:, None] + (end - begin)[:, None] * eased + 0.5)
    low, high = np.minimum(y[:, :-1], y[:, 1:]), np.maximum(y[:, :-1], y[:, 1:])
    falls = y[:, 1:] >= y[:, :-1]
    first = np.where(falls, low, np.minimum(low + 1, high))
    last = np.where(falls, np.maximum(high - 1, low), high)
    row = np.arange(rows)[None, :, None]
    inside: NDArray[np.bool_] = (row >= first[:, None, :]) & (row <= last[:, None, :])
    return inside


def _dashes(begin: NDArray[Any], rows: int, columns: int) -> NDArray[np.bool_]:
    """Return (links, rows, columns): where a dashed line shows, by the way along it."""
    along = np.abs(np.arange(rows)[None, :, None] - begin[:, None, None]).astype(np.int64)
    shown: NDArray[np.bool_] = (along + np.arange(columns)[None, None, :]) % 4 < 2
    return shown


def _braille(dots: NDArray[np.bool_], slot: NDArray[np.int64], height: int, width: int) -> Cells:
    """Return the cells of dots; the last link in a cell gives the color, others of that color join it."""
    cells = blank(height, width)
    by_cell = dots.reshape(len(dots), height, 4, width, 2)
    touched: NDArray[np.bool_] = np.asarray(by_cell.any(axis=(2, 4)))
    owner = len(dots) - 1 - touched[::-1].argmax(axis=0)
    color = np.where(touched.any(axis=0), slot[owner], DEFAULT)
    shown = (by_cell & (slot[:, None, None] == color)[:, :, None, :, None]).any(axis=0)
    cells.foreground[:] = color
    cells.glyphs[:] = braille(shown.reshape(height * DOT_ROWS, width * DOT_COLUMNS))
    return cells


def _strongest(drawn: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return the FEW largest of the drawn links that are the largest of their source or their target."""
    size = np.where(drawn, np.abs(np.nan_to_num(weights, nan=0.0)), -1.0)
    first = (size == size.max(axis=0, initial=0.0)) | (size == size.max(axis=1, initial=0.0)[:, None])
    kept = np.zeros(drawn.size, dtype=bool)
    kept[np.argsort(-np.where(first, size, -1.0), axis=None, kind="stable")[:FEW]] = True
    shown: NDArray[np.bool_] = drawn & first & kept.reshape(drawn.shape)
    return shown


def _ascii(
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    positive: NDArray[np.bool_],
    level: NDArray[np.int64],
    slot: NDArray[np.int64],
    height: int,
    width: int,
) -> Cells:
    """Return the cells of links drawn with one glyph a cell: strokes along the way, or dots if negative.

    A column at either side stays free where there is room, so that links do not look like parts of nodes.
    """
    cells = blank(height, width)
    margin = int(width >= _WITH_MARGINS)
    last = width - 2 * margin - 1
    for index in range(len(begin)):
        rise = end[index] - begin[index]
        count = max(abs(rise), last) + 1
        along = np.linspace(0.0, 1.0, count)
        rows = np.floor(begin[index] + rise * along + 0.5).astype(np.int64)
        columns = np.floor(last * along + 0.5).astype(np.int64)
        if level[index] in (_CHOSEN, _SEVERED):
            glyph = np.full(count, "=" if level[index] == _CHOSEN else ".")
        elif not positive[index]:
            glyph = np.full(count, "." if count == last + 1 else ":")
        else:
            stroke = "\\" if rise > 0 else "/"
            if abs(rise) > last:
                glyph = np.where(np.diff(columns, append=columns[-1:]) > 0, stroke, "|")
            else:
                glyph = np.where(np.diff(rows, append=rows[-1:]) != 0, stroke, "-")
        cells.glyphs[rows, columns + margin] = glyph
        cells.foreground[rows, columns + margin] = slot[index]
    return cells
