"""Histograms and small curves as columns of block glyphs."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.palette import Palette
from tui_nn.render.plane import number

MOST_JOINED = 6
"""So many bins make one column at most."""


def columns_of_glyphs(
    parts: ArrayLike, palette: Palette, height: int, inks: NDArray[np.int16] | int = slots.TRAIN
) -> Cells:
    """Draw a column for each part, 0 to 1 of `height`; what is above 0 shows, NaN leaves a gap.

    inks: a slot, or one for each column.
    """
    parts = np.asarray(parts, dtype=np.float64).ravel()
    canvas = blank(height, len(parts))
    if not canvas.glyphs.size:
        return canvas
    glyphs = np.array([" ", *palette.glyphs.sparks])
    steps = len(glyphs) - 1
    known = np.nan_to_num(parts.clip(0.0, 1.0), nan=0.0)
    eighths = np.ceil(known * height * steps - 1e-9).astype(np.int64)
    for row in range(height):
        level = (eighths - (height - 1 - row) * steps).clip(0, steps)
        canvas.glyphs[row] = glyphs[level]
    canvas.foreground[:] = inks
    return canvas


def histogram(
    counts: NDArray[np.int64],
    low: float,
    high: float,
    palette: Palette,
    height: int,
    width: int,
    *,
    is_signed: bool = True,
    is_power: bool = False,
) -> Cells:
    """Draw counts of equal bins from `low` to `high`, the largest as high as there is room.

    From three rows on the last one names both ends and the middle. is_signed: columns below zero have the
    color of negative values. is_power: the ends are exponents of ten.
    """
    canvas = blank(height, width)
    joined = next(
        (n for n in range(1, MOST_JOINED + 1) if len(counts) % n == 0 and len(counts) // n <= width), 0
    )
    if not joined or height <= 0:
        return canvas
    sums = counts.reshape(-1, joined).sum(axis=1)
    n_columns = len(sums)
    has_axis = height >= 2
    inks: NDArray[np.int16] | int = slots.TRAIN
    if is_signed:
        centers = low + (np.arange(n_columns) + 0.5) / n_columns * (high - low)
        inks = np.where(centers < 0, slots.link_slot(False, 2), slots.link_slot(True, 2)).astype(np.int16)
    chart = columns_of_glyphs(sums / max(1, int(sums.max(initial=0))), palette, height - has_axis, inks)
    canvas.glyphs[: chart.height, :n_columns] = chart.glyphs
    canvas.foreground[: chart.height, :n_columns] = chart.foreground
    if has_axis:
        _write_axis(canvas, low, high, n_columns, is_power)
    return canvas


def _write_axis(canvas: Cells, low: float, high: float, width: int, is_power: bool) -> None:
    """Write both ends and, where there is room, the middle."""
    row = canvas.height - 1

    def name(value: float) -> str:
        return f"1e{value:g}" if is_power else number(value)

    left, middle, right = name(low), name((low + high) / 2), name(high)
    write(canvas, row, 0, left, slots.DIM)
    write(canvas, row, width - len(right), right, slots.DIM)
    start = (width - len(middle)) // 2
    if start > len(left) + 1 and start + len(middle) < width - len(right) - 1:
        write(canvas, row, start, middle, slots.DIM)


def decades(values: ArrayLike) -> tuple[int, int]:
    """Return the exponents of ten that hold all positive values, at least two apart; (-1, 1) without any."""
    known = np.asarray(values, dtype=np.float64).ravel()
    known = known[np.isfinite(known) & (known > 0)]
    if not known.size:
        return -1, 1
    low, high = math.floor(np.log10(known.min())), math.ceil(np.log10(known.max()))
    return low, max(high, low + 2)


def area_by_decades(
    steps: NDArray[np.int64],
    values: NDArray[np.floating],
    powers: tuple[int, int],
    palette: Palette,
    height: int,
    width: int,
) -> Cells:
    """Draw values over steps as columns by their exponents of ten; each column shows the latest value there.

    steps: (n,) ascending. powers: the exponents at the bottom and the top. Zeros lie at the bottom.
    """
    if not len(steps) or width <= 0:
        return blank(height, width)
    span = float(steps[-1] - steps[0])
    reached = steps[0] + (np.arange(width) + 1) / width * span
    at = np.clip(np.searchsorted(steps, reached, side="right") - 1, 0, len(values) - 1)
    shown = values[at].astype(np.float64)
    low, high = powers
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (np.log10(shown) - low) / (high - low)
    floor = 1e-3
    parts = np.where(np.isnan(shown), np.nan, np.nan_to_num(parts, nan=floor, neginf=floor).clip(floor, 1.0))
    return columns_of_glyphs(parts, palette, height)
