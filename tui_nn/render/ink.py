"""An image of ink on paper, as large as there is room for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades
from tui_nn.render.block_grid import block_grid
from tui_nn.render.cells import Cells, fit
from tui_nn.render.halves import halves
from tui_nn.render.palette import Palette

DARK = 0.4
"""In half cells, which know no shades, ink is shown from here on."""


def ink_picture(ink: NDArray[np.floating], palette: Palette, height: int, width: int) -> Cells:
    """Draw ink (rows, columns), 0 paper to 1 ink, at the upper left of `height` x `width` cells.

    Where colors or glyphs have no room for each row, half cells show it without shades.
    """
    rows, columns = ink.shape
    is_thinned = not palette.has_blocks and (rows > height or 2 * columns > width)
    if is_thinned and (rows + 1) // 2 <= height and columns <= width:
        return fit(halves(ink >= DARK, palette), height, width)
    return block_grid(ink, palette, height, width, shape=(rows, columns), scale=1.0)


def small_ink(ink: NDArray[np.floating], palette: Palette, height: int, width: int) -> Cells:
    """Draw ink as `ink_picture` does, but thinned to fit where it is larger, in half cells too."""
    rows, columns = min(ink.shape[0], 2 * height), min(ink.shape[1], width)
    if palette.has_blocks or not (rows and columns) or (rows, columns) == ink.shape:
        return ink_picture(ink, palette, height, width)
    return fit(halves(shades.pool(ink, rows, columns) >= DARK, palette), height, width)


def ink_unit(shape: tuple[int, int], palette: Palette, height: int, width: int) -> tuple[float, float]:
    """Return how many (rows, columns) of cells `ink_picture` gives a row and a column of the ink."""
    samples = palette.samples_per_cell
    rows, columns = shape
    size = min(height * samples // rows, width * samples // (2 * columns))
    if size >= 1:
        return size / samples, 2 * size // samples
    if (rows + 1) // 2 <= height and columns <= width:
        return 0.5, 1.0
    return min(rows, height * samples) / rows / samples, min(columns, width) / columns
