"""A sparkline: a series in one row or some, by the height of its glyphs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette


def sparkline(
    steps: NDArray[np.int64], values: NDArray[np.float64], palette: Palette, height: int, width: int
) -> Cells:
    """Draw values (n,) over steps (n,), ascending, from their lowest to their highest; any size is allowed.

    Each column shows the value that was the latest there; the last one is in the accent. What is no number
    leaves a gap.
    """
    block = blank(height, width)
    if not len(values) or not block.glyphs.size:
        return block
    span = float(steps[-1] - steps[0])
    reached = steps[0] + (np.arange(width) + 1) / width * span
    at = np.clip(np.searchsorted(steps, reached, side="right") - 1, 0, len(values) - 1)
    shown = values[at] if span > 0 else np.repeat(values[-1:], width)
    is_known = np.isfinite(shown)
    if not is_known.any():
        return block
    low, high = float(shown[is_known].min()), float(shown[is_known].max())
    share = (np.where(is_known, shown, low) - low) / (high - low) if high > low else np.full(width, 0.5)
    glyphs = np.array([" ", *palette.glyphs.sparks])
    n_levels = len(glyphs) - 1
    eighths = np.where(is_known, 1 + np.rint(share * (height * n_levels - 1)).astype(np.int64), 0)
    for row in range(height):
        filled = np.clip(eighths - (height - 1 - row) * n_levels, 0, n_levels)
        block.glyphs[row] = glyphs[filled]
    block.foreground[:] = slots.TRAIN
    block.foreground[:, -1] = slots.ACCENT
    return block
