"""Shades: numbers quantized to the steps of the palette, and grids of such steps drawn as cells."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank
from tui_nn.render.palette import Palette

Slots = NDArray[np.int16]

_DISCRETE = 5
"""How far from zero the two colors of a discretized map lie: strong, with room for points on them."""


def signed(values: ArrayLike, scale: float = 1.0, discretize: bool = False) -> Slots:
    """Return the slots of signed values: zero in the middle, +-scale (and beyond) at the ends.

    step = ZERO + round(ZERO * clip(value / scale, -1, 1)); discretized, only the sign (zero counts as +).
    NaN becomes MISSING.
    """
    values = np.asarray(values, dtype=np.float64)
    bound = scale if np.isfinite(scale) and scale > 0 else 1.0
    known = np.where(np.isnan(values), 0.0, values)
    if discretize:
        steps = np.where(known >= 0, slots.ZERO + _DISCRETE, slots.ZERO - _DISCRETE)
    else:
        clipped = np.clip(known, -bound, bound) / bound
        steps = slots.ZERO + np.rint(slots.ZERO * clipped)
    return np.where(np.isnan(values), slots.MISSING, steps).astype(np.int16)


def classes(probabilities: ArrayLike, discretize: bool = False) -> Slots:
    """Return the slots of class probabilities (..., n_classes): the likeliest class by its confidence.

    The lead over guessing, (p_max - 1/n) / (1 - 1/n), is cut into CLASS_STEPS steps; discretized, it is one.
    """
    probabilities = np.asarray(probabilities, dtype=np.float64)
    n_classes = probabilities.shape[-1]
    known = np.where(np.isnan(probabilities), 0.0, probabilities)
    labels = known.argmax(axis=-1)
    lead = (known.max(axis=-1) - 1 / n_classes) / max(1 - 1 / n_classes, 1e-12)
    steps = np.clip((lead * slots.CLASS_STEPS).astype(np.int64), 0, slots.CLASS_STEPS - 1)
    if discretize:
        steps = np.full_like(steps, slots.CLASS_STEPS - 2)
    base = np.array([slots.class_slot(label, 0) for label in range(n_classes)])
    found = base[labels] + steps
    return np.where(np.isnan(probabilities).any(axis=-1), slots.MISSING, found).astype(np.int16)


def coarse(steps: Slots) -> Slots:
    """Return signed slots on every other step, for maps of a few cells: fewer colors, fewer bytes."""
    paired = slots.ZERO + 2 * np.rint((steps - slots.ZERO) / 2)
    return np.where(steps < slots.SIGNED_STEPS, paired, steps).astype(np.int16)


def pool(values: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    """Return the means of (rows, columns) equal parts of a (h, w) grid, or its nearest samples."""
    height, width = values.shape
    if not (0 < rows <= height and 0 < columns <= width):
        return resample(values, rows, columns)
    row = np.arange(rows) * height // rows
    column = np.arange(columns) * width // columns
    sums = np.add.reduceat(np.add.reduceat(values, row, axis=0), column, axis=1)
    counts = np.outer(np.diff(row, append=height), np.diff(column, append=width))
    means: NDArray[Any] = sums / counts
    return means


def resample(values: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    """Return the nearest samples of a (h, w, ...) grid on (rows, columns); an empty grid gives NaN."""
    height, width = values.shape[:2]
    if (height, width) == (rows, columns):
        return values
    if height == 0 or width == 0:
        return np.full((rows, columns, *values.shape[2:]), np.nan)
    row = ((np.arange(rows) + 0.5) * height / max(rows, 1)).astype(int)
    column = ((np.arange(columns) + 0.5) * width / max(columns, 1)).astype(int)
    nearest: NDArray[Any] = values[row[:, None], column]
    return nearest


def paint(grid: Slots, palette: Palette) -> Cells:
    """Draw a grid of slots: two rows of samples a cell row as half-blocks, or one glyph a sample.

    grid: (rows * palette.samples_per_cell, columns), DEFAULT where nothing is drawn.
    """
    if not palette.has_blocks:
        return _glyph_cells(grid, palette)
    if len(grid) % 2:
        grid = np.vstack([grid, np.full((1, grid.shape[1]), DEFAULT, dtype=np.int16)])
    upper, lower = grid[0::2], grid[1::2]
    cells = blank(*upper.shape)
    cells.background[:] = np.where(upper == lower, upper, lower)
    cells.foreground[:] = np.where(upper == lower, DEFAULT, upper)
    cells.glyphs[:] = np.where(upper == lower, " ", "▀")
    hanging = (upper == DEFAULT) & (lower != DEFAULT)
    cells.glyphs[hanging] = "▄"
    cells.foreground[hanging] = lower[hanging]
    cells.background[hanging] = DEFAULT
    return cells


def _glyph_cells(grid: Slots, palette: Palette) -> Cells:
    """Draw one sample a cell, each with the glyph of its slot."""
    cells = blank(*grid.shape)
    cells.foreground[:] = np.where(np.isin(grid, (slots.ZERO,)), DEFAULT, grid)
    table = glyph_table(palette)
    cells.glyphs[:] = np.where(grid >= 0, table[np.maximum(grid, 0)], " ")
    return cells


def glyph_table(palette: Palette) -> NDArray[np.str_]:
    """Return the glyph that shows each slot of a value where colors cannot (others: a space)."""
    shapes = palette.glyphs
    table = np.full(slots.N_SLOTS, " ", dtype="<U1")
    for distance in range(1, slots.ZERO + 1):
        strength = (distance - 1) * len(shapes.positive) // slots.ZERO
        table[slots.ZERO + distance] = shapes.positive[strength]
        table[slots.ZERO - distance] = shapes.negative[strength]
    table[slots.ZERO] = shapes.zero
    for label in range(slots.N_CLASSES):
        for step in range(1, slots.CLASS_STEPS):
            table[slots.class_slot(label, step)] = shapes.classes[label]
    table[slots.MISSING] = shapes.missing
    return table
