"""Units in space: balls that glow with their value, or a picture of small squares where they are many.

Where colors are few, a ball above zero is filled, one below zero a ring, and squares have the glyphs of maps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS, braille
from tui_nn.render.cells import DEFAULT, Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.render.sheets import Sheet
from tui_nn.render.space_stamps import Stamps, is_balls, stamps
from tui_nn.render.viewpoint import Seen

Floats = NDArray[np.float64]

FAR_LIGHT = 0.45
"""Light of the farthest thing; the nearest has 1."""
NEUTRAL = 0.08
"""Below this size a value has no sign."""
LEAST_LIGHT = 0.28
"""Light of the smallest value that has a sign."""
RING_DOTS = 1.4
"""How wide the ring is that a ball below zero is where colors are few."""
_TOP = slots.GLOW_LEVELS - 1
GLOWS = np.array([[slots.glow_slot(sign, k) for k in range(_TOP + 1)] for sign in (-1, 0, 1)], dtype=np.int16)
"""(3, GLOW_LEVELS): slots by sign + 1 and level of light."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Cells that are drawn over or under others."""

    cells: Cells
    shows: NDArray[np.bool_]
    """(height, width): where something is."""
    depth: Floats
    """(height, width): how far away it is; inf where nothing is."""


def light(depth: NDArray[Any], reach: float) -> Floats:
    """Return the light (1 near, FAR_LIGHT far) of depths from -reach to reach."""
    far = np.clip(np.asarray(depth) / (2 * reach) + 0.5, 0, 1)
    return 1 - (1 - FAR_LIGHT) * far


def draw_units(
    sheets: Sequence[Sheet], seen: Sequence[Seen], palette: Palette, height: int, width: int, reach: float
) -> Layer:
    """Draw the units of all sheets in `height` x `width` cells, far ones first; seen: in dots."""
    far_first = sorted(range(len(sheets)), key=lambda i: -float(seen[i].depth.mean()))
    draw = _glowing if palette.has_blocks else _in_glyphs
    return draw([sheets[i] for i in far_first], [seen[i] for i in far_first], palette, height, width, reach)


def _glowing(
    sheets: Sequence[Sheet], seen: Sequence[Seen], palette: Palette, height: int, width: int, reach: float
) -> Layer:
    """Draw units as half-blocks, each sample with its own light."""
    grid = np.full((height * 2, width), DEFAULT, dtype=np.int16)
    depth = np.full(grid.shape, np.inf)
    for sheet, where in zip(sheets, seen, strict=True):
        covered = stamps(sheet, where, (2.0, 2.0), *grid.shape)
        bulge = _bulge(covered) if is_balls(sheet, where) else np.zeros(len(covered.unit))
        values = np.clip(np.nan_to_num(sheet.values), -1, 1)[covered.unit]
        at = covered.row, covered.column
        grid[at] = _glow(values, light(where.depth, reach)[covered.unit], bulge)
        depth[at] = where.depth[covered.unit]
    by_cell = grid.reshape(height, 2, width)
    shows = (by_cell != DEFAULT).any(axis=1)
    return Layer(shades.paint(grid, palette), shows, depth.reshape(height, 2, width).min(axis=1))


def _in_glyphs(
    sheets: Sequence[Sheet], seen: Sequence[Seen], palette: Palette, height: int, width: int, reach: float
) -> Layer:
    """Draw units as shapes and glyphs, whose form shows the sign."""
    layer = Layer(blank(height, width), np.zeros((height, width), bool), np.full((height, width), np.inf))
    for sheet, where in zip(sheets, seen, strict=True):
        values = np.clip(np.nan_to_num(sheet.values), -1, 1)
        if is_balls(sheet, where) and not palette.is_ascii:
            _draw_outlines(layer, values, where, stamps(sheet, where, (1.0, 1.0), height * 4, width * 2))
        else:
            covered = stamps(sheet, where, (2.0, 4.0), height, width)
            _draw_cells(layer, values, where, covered, palette, is_balls(sheet, where))
    return layer


def _draw_outlines(layer: Layer, values: Floats, seen: Seen, covered: Stamps) -> None:
    """Draw balls with dots: filled above zero, rings below, a dim one where there is hardly a value."""
    height, width = layer.shows.shape
    unit = covered.unit
    radius = np.bincount(unit, minlength=len(values))[unit] ** 0.5 / np.pi**0.5
    is_filled = values[unit] >= NEUTRAL
    is_ring = covered.distance >= (1 - RING_DOTS / np.maximum(radius, RING_DOTS)) ** 2
    is_far_from_zero = (np.abs(values[unit]) >= NEUTRAL) | ((covered.row + covered.column) % 2 == 0)
    dots = np.zeros((height * DOT_ROWS, width * DOT_COLUMNS), dtype=bool)
    dots[covered.row, covered.column] = (is_filled | is_ring) & is_far_from_zero
    at = covered.row // DOT_ROWS, covered.column // DOT_COLUMNS
    here = np.zeros(layer.shows.shape, dtype=bool)
    here[at] = True
    layer.cells.glyphs[here] = braille(dots)[here]
    layer.cells.foreground[at] = GLOWS[_signs(values)[unit] + 1, _TOP]
    layer.depth[at] = seen.depth[unit]
    layer.shows[here] = True


def _draw_cells(
    layer: Layer, values: Floats, seen: Seen, covered: Stamps, palette: Palette, balls: bool
) -> None:
    """Draw one glyph a cell: by value, or of balls, whose size shows the value, by sign alone."""
    at = covered.row, covered.column
    slot = shades.signed(values)
    glyphs = shades.glyph_table(palette)[slot]
    if balls:
        shapes = palette.glyphs
        for beside in (covered.column - 1, covered.column + 1):
            on_picture = (beside >= 0) & (beside < layer.shows.shape[1])
            around = covered.row[on_picture], beside[on_picture]
            layer.cells.glyphs[around], layer.shows[around] = " ", True
            layer.depth[around] = seen.depth[covered.unit[on_picture]]
        glyphs = np.array([shapes.near_zero, shapes.positive[-1], shapes.negative[-1]])[_signs(values)]
    layer.cells.glyphs[at] = glyphs[covered.unit]
    layer.cells.foreground[at] = slot[covered.unit]
    layer.depth[at] = seen.depth[covered.unit]
    layer.shows[at] = True


def _signs(values: Floats) -> NDArray[np.int64]:
    """Return -1, 0 or 1 for each value; 0 where it is hardly one."""
    return np.where(np.abs(values) >= NEUTRAL, np.sign(values), 0).astype(np.int64)


def _bulge(covered: Stamps) -> Floats:
    """Return how much lighter (above 0) or darker a ball is where it faces up and left, or does not."""
    front = np.sqrt(np.maximum(0, 1 - covered.distance))
    return 0.9 * front - 0.65 * covered.right - 0.9 * covered.down - 0.75


def _glow(values: Floats, near: Floats, bulge: Floats) -> NDArray[np.int16]:
    """Return the slots of samples by sign, lit by size and nearness."""
    sizes = np.abs(values)
    bright = (LEAST_LIGHT + (1 - LEAST_LIGHT) * sizes) * near * _TOP
    level = np.rint(np.where(sizes >= NEUTRAL, bright, 2.2 * near) + bulge)
    slot: NDArray[np.int16] = GLOWS[_signs(values) + 1, np.clip(level, 0, _TOP).astype(np.int64)]
    return slot
