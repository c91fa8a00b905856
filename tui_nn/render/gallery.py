"""Images beside each other, each with a line of words below it; and the confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.block_grid import block_grid
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.ink import small_ink
from tui_nn.render.palette import Palette

GAP = 1
"""Columns between two tiles; rows too."""
TILES = (56, 42, 28, 14)
"""Columns that a tile can have."""
ENOUGH = 12
"""Images that are enough to look at at once, if they are drawn in full."""
CELLS = (4, 8)
"""Columns of a cell of the confusion table, at least and at most."""
MOST_ROWS = 3
BETWEEN = 2
"""Columns between the names of the true classes and the counts."""
FULL = 0.85
"""The part of a tile that an image has to fill."""


def gallery(
    images: NDArray[np.floating],
    captions: Sequence[str],
    palette: Palette,
    height: int,
    width: int,
    *,
    scale: float | None = None,
    first: int = 0,
    selected: int | None = None,
    tile_width: int = 14,
) -> Cells:
    """Draw images (n, rows, columns) as tiles, from image `first` on, as many as fit.

    captions: a line below each, or none. scale: the value in full color, 1 for ink; None: each by its own
    largest.
    """
    canvas = blank(height, width)
    tile_height = tile_width // 2
    is_ink = scale == 1.0
    across, down = tiles_that_fit(height, width, tile_width, bool(captions))
    for place in range(min(across * down, max(0, len(images) - first))):
        index = first + place
        row, column = place // across, place % across
        top, left = row * (tile_height + bool(captions) + 1), column * (tile_width + GAP)
        if is_ink:
            tile = small_ink(images[index], palette, tile_height, tile_width)
        else:
            tile = block_grid(
                _pooled(images[index], tile_height * palette.samples_per_cell, tile_width),
                palette,
                tile_height,
                tile_width,
                scale=scale,
            )
        paste(canvas, tile, top, left)
        if captions:
            is_here = selected == index
            ink, ground = (slots.SELECTED, slots.SELECTION) if is_here else (slots.DIM, None)
            write(canvas, top + tile_height, left, captions[index], ink, ground, width=tile_width)
    if not len(images):
        write(canvas, 0, 0, "Nothing to show.", slots.DIM, width=width)
    return canvas


def _pooled(image: NDArray[np.floating], rows: int, columns: int) -> NDArray[np.floating]:
    """Return an image of at most so many rows and columns, the means of its parts where it has more."""
    if image.shape[0] <= rows and image.shape[1] <= columns:
        return image
    return shades.pool(image, min(image.shape[0], rows), min(image.shape[1], columns))


def tiles_that_fit(height: int, width: int, tile_width: int, has_captions: bool) -> tuple[int, int]:
    """Return (across, down): how many tiles a gallery shows."""
    across = max(0, (width + GAP) // (tile_width + GAP))
    down = max(0, (height + 1) // (tile_width // 2 + has_captions + 1))
    return across, down


def fitting_tile(count: int, shape: tuple[int, int], height: int, width: int, has_captions: bool) -> int:
    """Return the columns of the largest tile with which all images, or at least ENOUGH of them, are shown.

    shape: rows and columns of an image, which is drawn in whole multiples or thinned by half.
    """
    for tile_width in TILES[:-1]:
        across, down = tiles_that_fit(height, width, tile_width, has_captions)
        drawn = tile_width // shape[1] * shape[1]
        is_whole = drawn >= FULL * tile_width
        if is_whole and across * down >= min(count, ENOUGH):
            return tile_width
    return TILES[-1]


def confusion_table(
    confusion: NDArray[np.int64],
    names: Sequence[str],
    palette: Palette,
    height: int,
    width: int,
    selected: tuple[int, int] | None = None,
) -> Cells:
    """Draw the counts, true classes down and answers across; the more errors, the stronger the color."""
    canvas = blank(height, width)
    layout = table_layout(names, height, width)
    for label, name in enumerate(names):
        write(canvas, 0, layout.left(label), name, slots.TITLE, width=layout.cell - 1, align="right")
        write(canvas, layout.row(label), 0, name, slots.TITLE, width=layout.label, align="right")
    errors = confusion.astype(np.float64).copy()
    np.fill_diagonal(errors, 0)
    steps = shades.signed(-errors, max(1.0, float(errors.max(initial=0.0))))
    for truth in range(len(names)):
        for answer in range(len(names)):
            is_right = truth == answer
            ground: int | None = None
            ink = slots.DIM if is_right or not confusion[truth, answer] else slots.TEXT
            if palette.has_blocks and not is_right and confusion[truth, answer]:
                ground = int(steps[truth, answer])
                ink = slots.ink_slot(0, light=bool(palette.is_dark[ground]))
            if selected == (truth, answer):
                ink, ground = slots.SELECTED, slots.SELECTION
            left, inner = layout.left(answer), layout.cell - 1
            count = _count_in_words(int(confusion[truth, answer]), inner)
            if ground is not None:
                top = layout.row(truth) - (layout.rows - 1) // 2
                canvas.background[top : top + layout.rows, left : left + inner] = ground
            write(canvas, layout.row(truth), left, f"{count:>{inner}}", ink, ground, width=inner)
    return canvas


def _count_in_words(count: int, width: int) -> str:
    """Return a count in so many columns: thousands as "1k" where they do not fit, a dot for none."""
    if not count:
        return "·"
    return str(count) if len(str(count)) <= width else f"{round(count / 1000)}k"


@dataclass(frozen=True)
class TableLayout:
    """Where the cells of a confusion table are."""

    label: int
    """Columns of the names of the true classes."""
    cell: int
    """Columns from one answer to the next."""
    rows: int
    """Rows of a true class."""

    def left(self, answer: int) -> int:
        """Return the first column of an answer."""
        return self.label + BETWEEN + answer * self.cell

    def row(self, truth: int) -> int:
        """Return the row of the counts of a true class."""
        return 1 + truth * self.rows + (self.rows - 1) // 2


def table_layout(names: Sequence[str], height: int, width: int) -> TableLayout:
    """Return the largest cells that fit; the names of the true classes are cut before the counts are."""
    n_classes = max(1, len(names))
    longest = max((len(name) for name in names), default=1)
    label = max(1, min(longest, 12, width - BETWEEN - CELLS[0] * n_classes))
    cell = max(CELLS[0], min(CELLS[1], (width - label - BETWEEN) // n_classes))
    return TableLayout(label, cell, max(1, min(MOST_ROWS, (height - 1) // n_classes)))
