"""Images beside each other, each with a line of words below it; and the confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.block_grid import block_grid
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette


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

    captions: a line below each, or none. scale: the value in full color; None: each by its own largest.
    """
    canvas = blank(height, width)
    tile_height = tile_width // 2
    across, down = tiles_that_fit(height, width, tile_width, bool(captions))
    for place in range(min(across * down, max(0, len(images) - first))):
        index = first + place
        row, column = place // across, place % across
        top, left = row * (tile_height + bool(captions) + 1), column * (tile_width + 2)
        tile = block_grid(images[index], palette, tile_height, tile_width, scale=scale)
        paste(canvas, tile, top, left)
        if captions:
            is_here = selected == index
            ink, ground = (slots.SELECTED, slots.SELECTION) if is_here else (slots.DIM, None)
            write(canvas, top + tile_height, left, captions[index], ink, ground, width=tile_width)
    if not len(images):
        write(canvas, 0, 0, "Nothing to show.", slots.DIM, width=width)
    return canvas


def tiles_that_fit(height: int, width: int, tile_width: int, has_captions: bool) -> tuple[int, int]:
    """Return (across, down): how many tiles a gallery shows."""
    across = max(0, (width + 2) // (tile_width + 2))
    down = max(0, (height + 1) // (tile_width // 2 + has_captions + 1))
    return across, down


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
    n_classes = len(names)
    cell = max(4, min(6, (width - 6) // max(1, n_classes)))
    write(canvas, 0, 0, "true", slots.DIM)
    for label, name in enumerate(names):
        write(canvas, 0, 5 + label * cell, name, slots.TITLE, width=cell - 1, align="right")
        write(canvas, 1 + label, 0, name, slots.TITLE, width=4, align="right")
    errors = confusion.astype(np.float64).copy()
    np.fill_diagonal(errors, 0)
    steps = shades.signed(-errors, max(1.0, float(errors.max(initial=0.0))))
    for truth in range(n_classes):
        for answer in range(n_classes):
            is_right = truth == answer
            ground: int | None = None
            ink = slots.DIM if is_right or not confusion[truth, answer] else slots.TEXT
            if palette.has_blocks and not is_right and confusion[truth, answer]:
                ground = int(steps[truth, answer])
                ink = slots.ink_slot(0, light=bool(palette.is_dark[ground]))
            if selected == (truth, answer):
                ink, ground = slots.SELECTED, slots.SELECTION
            count = str(confusion[truth, answer]) if confusion[truth, answer] else "·"
            text = f"{count:>{cell - 1}}"
            write(canvas, 1 + truth, 5 + answer * cell, text, ink, ground, width=cell - 1)
    return canvas
