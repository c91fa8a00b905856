"""A layer's activations as a grid of colored blocks."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from tui_nn.render import shades, slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette


def near_square(count: int) -> tuple[int, int]:
    """Return (rows, columns) of a grid for `count` values, as square as can be, a full one where it is near.

    784 -> (28, 28), 10 -> (2, 5), 7 -> (2, 4), 0 -> (0, 0).
    """
    if count <= 0:
        return 0, 0
    root = math.isqrt(count)
    for rows in range(root, max(1, root // 2) - 1, -1):
        if rows * math.ceil(count / rows) == count and count // rows <= 3 * rows:
            return rows, count // rows
    return root, math.ceil(count / root)


def block_grid(
    values: ArrayLike,
    palette: Palette,
    height: int,
    width: int,
    *,
    shape: tuple[int, int] | None = None,
    scale: float | None = None,
    label: str = "",
    selected: int | None = None,
) -> Cells:
    """Draw values as blocks on the signed scale, as large as `height` x `width` cells allow.

    values: (n,) or a grid. shape: (rows, columns) of the grid, near square if None. scale: the value in full
    color, the largest size if None. label: a line above. selected: the index of a value that is marked.
    The grid lies at the upper left; one that does not fit is thinned to the samples that do.
    """
    canvas = blank(height, width)
    array = np.asarray(values, dtype=np.float64)
    rows, columns = shape or (array.shape if array.ndim == 2 else near_square(array.size))
    top = 1 if label and canvas.height > 1 else 0
    if top:
        write(canvas, 0, 0, label, slots.DIM, width=canvas.width)
    if rows * columns == 0 or canvas.height - top <= 0 or canvas.width == 0:
        return canvas
    flat = np.full(rows * columns, np.nan)
    flat[: min(array.size, flat.size)] = array.ravel()[: flat.size]
    bound = scale if scale is not None else float(np.abs(flat[np.isfinite(flat)]).max(initial=0.0))
    steps = shades.signed(flat, bound)
    steps[array.size :] = -1
    grid = steps.reshape(rows, columns)
    per_cell = palette.samples_per_cell
    size = min((canvas.height - top) * per_cell // rows, canvas.width * per_cell // (2 * columns))
    if size >= 1:
        grid = np.repeat(np.repeat(grid, size, axis=0), size * 2 // per_cell, axis=1)
    elif rows > (canvas.height - top) * per_cell or columns > canvas.width:
        grid = shades.resample(grid, min(rows, (canvas.height - top) * per_cell), min(columns, canvas.width))
    paste(canvas, shades.paint(grid, palette), top, 0)
    if selected is not None and 0 <= selected < array.size:
        row, column = divmod(selected, columns)
        unit = grid.shape[0] / rows / per_cell, grid.shape[1] / columns
        write(
            canvas,
            top + int(row * unit[0]),
            int(column * unit[1]),
            palette.glyphs.cursor,
            slots.SELECTED,
            slots.SELECTION,
        )
    return canvas
