"""Shapes of one color in half cells: two rows a cell, in any number of colors and in plain ASCII."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette

BLOCKS, ASCII = np.array([" ", "▀", "▄", "█"]), np.array([" ", '"', ".", "#"])
"""The glyphs for nothing, the upper half, the lower half, all of a cell."""


def halves(shape: NDArray[np.bool_], palette: Palette, slot: int = slots.TEXT) -> Cells:
    """Return a shape (rows, columns), true where it is filled, in (rows + 1) // 2 rows of cells."""
    rows, columns = shape.shape
    padded = np.zeros((rows + rows % 2, columns), dtype=np.int64)
    padded[:rows] = shape
    cells = blank(len(padded) // 2, columns)
    glyphs = ASCII if palette.is_ascii else BLOCKS
    cells.glyphs[:] = glyphs[padded[0::2] + 2 * padded[1::2]]
    cells.foreground[:] = slot
    return cells
