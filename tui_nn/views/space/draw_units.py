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
from tui_nn.views.space.draw_sheets import Sheet
from tui_nn.views.space.draw_stamps import Stamps, is_balls, stamps
from tui_nn.views.space.draw_viewpoint import Seen

Floats = NDArray[np.float64]

FAR_LIGHT = 0.45
"""Light of the farthest thing; the nearest has 1."""
NEUTRAL = 0.08
"""Below this size a value has no sign."""
LEAST_LIGHT = 0.28
"""Light of the smallest value that has a sign."""
NEUTRAL_LIGHT = 3.0
"""Level of light of a value that has none."""
RING_DOTS = 1.4
"""How wide the ring is that a ball below zero is where colors are few."""
_TOP = slots.GLOW_LEVELS - 1
GLOWS = np.array([[slots.glow_slot(sign, k) for k in range(_TOP + 1)] for sign in (-1, 0, 1)], dtype=np.int16)
"""(3, GLOW_LEVELS): slots by sign + 1 and level of light."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Cells that are drawn over or under others."""

    cells: Cells
    rank: Floats
    """(height, width): how many sheets are nearer, or a half more between two; inf: nothing, or a frame."""


def light(depth: NDArray[Any], reach: float) -> Floats:
    """Return the light (1 near, FAR_LIGHT far) of depths from -reach to reach."""
    far = np.clip(np.asarray(depth) / (2 * reach) + 0.5, 0, 1)
    return 1 - (1 - FAR_LIGHT) * far


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a sheet on the picture."""

    sheet: Sheet
    seen: Seen
    """In dots."""
    rank: float
    """How many sheets are nearer."""

    @property
    def values(self) -> Floats:
        """Return the values as they are drawn: -1 to 1, 0 where they are unknown."""
        return np.clip(np.nan_to_num(self.sheet.values), -1, 1)

    @property
    def are_balls(self) -> bool:
        """Return whether there is room for balls."""
        return is_balls(self.sheet, self.seen)

    def stamps(self, sample: tuple[float, float], rows: int, columns: int) -> Stamps:
        """Return what each unit leaves on the picture, samples of which lie so far apart."""
        return stamps(self.sheet, self.seen, sample, rows, columns)


def draw_units(units: Sequence[Units], palette: Palette, height: int, width: int, reach: float) -> Layer:
    """Draw the units of all sheets in `height` x `width` cells, far ones first; reach: the largest depth."""
    far_first = sorted(units, key=lambda each: -each.rank)
    if palette.has_blocks:
        return _glowing(far_first, palette, height, width, reach)
    return _in_glyphs(far_first, palette, height, width, reach)


def _glowing(units: Sequence[Units], palette: Palette, height: int, width: int, reach: float) -> Layer:
    """Draw units as half-blocks, each sample with its own light."""
    grid = np.full((height * 2, width), DEFAULT, dtype=np.int16)
    rank = np.full(grid.shape, np.inf)
    for each in units:
        covered = each.stamps((2.0, 2.0), *grid.shape)
        at = covered.row, covered.column
        around = _around(at, grid.shape)
        grid[around], rank[around] = DEFAULT, np.inf
        near = light(each.seen.depth, reach)
        bulge = _bulge(covered) if each.are_balls else np.zeros(len(covered.unit))
        grid[at], rank[at] = _glow(each.values[covered.unit], near[covered.unit], bulge), each.rank
    return Layer(shades.paint(grid, palette), rank.reshape(height, 2, width).min(axis=1))


def _around(at: tuple[NDArray[np.int64], NDArray[np.int64]], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return where samples are, or touch one: what lies behind them ends in a dark edge."""
    padded = np.zeros((shape[0] + 2, shape[1] + 2), dtype=bool)
    padded[at[0] + 1, at[1] + 1] = True
    wide = padded[:, 1:-1] | padded[:, :-2] | padded[:, 2:]
    touched: NDArray[np.bool_] = wide[1:-1] | padded[:-2, 1:-1] | padded[2:, 1:-1]
    return touched


def _in_glyphs(units: Sequence[Units], palette: Palette, height: int, width: int, reach: float) -> Layer:
    """Draw units as shapes and glyphs, whose form shows the sign."""
    layer = Layer(blank(height, width), np.full((height, width), np.inf))
    for each in units:
        if each.are_balls and not palette.is_ascii:
            _draw_outlines(layer, each)
        else:
            _draw_cells(layer, each, palette, light(each.seen.depth, reach))
    return layer


def _draw_outlines(layer: Layer, units: Units) -> None:
    """Draw balls with dots: filled above zero, rings below, a dim one where there is hardly a value."""
    height, width = layer.rank.shape
    covered, values = units.stamps((1.0, 1.0), height * DOT_ROWS, width * DOT_COLUMNS), units.values
    unit = covered.unit
    radius = np.bincount(unit, minlength=len(values))[unit] ** 0.5 / np.pi**0.5
    is_filled = values[unit] >= NEUTRAL
    is_ring = covered.distance >= (1 - RING_DOTS / np.maximum(radius, RING_DOTS)) ** 2
    is_far_from_zero = (np.abs(values[unit]) >= NEUTRAL) | ((covered.row + covered.column) % 2 == 0)
    dots = np.zeros((height * DOT_ROWS, width * DOT_COLUMNS), dtype=bool)
    dots[covered.row, covered.column] = (is_filled | is_ring) & is_far_from_zero
    at = covered.row // DOT_ROWS, covered.column // DOT_COLUMNS
    here = np.zeros(layer.rank.shape, dtype=bool)
    here[at] = True
    layer.cells.glyphs[here] = braille(dots)[here]
    layer.cells.foreground[at] = GLOWS[_signs(values)[unit] + 1, _TOP]
    layer.rank[at] = units.rank


def _draw_cells(layer: Layer, units: Units, palette: Palette, near: Floats) -> None:
    """Draw one glyph a cell: by value, or of balls, whose size shows the value, by sign alone."""
    covered, values = units.stamps((DOT_COLUMNS, DOT_ROWS), *layer.rank.shape), units.values
    at = covered.row, covered.column
    glyphs = shades.glyph_table(palette)[shades.signed(values)]
    if units.are_balls:
        shapes = palette.glyphs
        for beside in (covered.column - 1, covered.column + 1):
            on_picture = (beside >= 0) & (beside < layer.rank.shape[1])
            around = covered.row[on_picture], beside[on_picture]
            layer.cells.glyphs[around], layer.rank[around] = " ", units.rank
        glyphs = np.array([shapes.near_zero, shapes.positive[-1], shapes.negative[-1]])[_signs(values)]
    layer.cells.glyphs[at] = glyphs[covered.unit]
    layer.cells.foreground[at] = _glow(values, near, np.zeros(1))[covered.unit]
    layer.rank[at] = units.rank


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
    level = np.rint(np.where(sizes >= NEUTRAL, bright, NEUTRAL_LIGHT * near) + bulge)
    slot: NDArray[np.int16] = GLOWS[_signs(values) + 1, np.clip(level, 0, _TOP).astype(np.int64)]
    return slot
