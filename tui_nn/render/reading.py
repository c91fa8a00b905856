"""How a network reads an image: what it sees, its best guess, all classes, the activations of each layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.bars import bars
from tui_nn.render.big_digit import HEIGHT as GUESS_HEIGHT
from tui_nn.render.big_digit import WIDTH as GUESS_WIDTH
from tui_nn.render.big_digit import big_digit
from tui_nn.render.block_grid import block_grid, near_square
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette

SEEN_WIDTH = 28
SEEN_HEIGHT = 14


def reading(
    image: NDArray[np.uint8] | None,
    probabilities: NDArray[np.float32] | None,
    activations: Sequence[NDArray[np.float32]],
    names: Sequence[str],
    palette: Palette,
    height: int,
    width: int,
    *,
    title: str = "The network sees",
    truth: int | None = None,
) -> Cells:
    """Draw everything in `height` x `width` cells: image and guess beside each other, layers below or beside.

    image: (rows, columns) ink 0 to 255, None where there is none. probabilities: (n_classes,).
    """
    canvas = blank(height, width)
    write(canvas, 0, 0, title, slots.DIM, width=min(width, SEEN_WIDTH))
    if image is None or probabilities is None:
        write(canvas, 2, 0, "Nothing is drawn yet.", width=width)
        return canvas
    seen_height = min(SEEN_HEIGHT * (1 if palette.has_blocks else 2), max(0, height - 1))
    paste(
        canvas,
        block_grid(image / 255.0, palette, seen_height, SEEN_WIDTH, shape=image.shape, scale=1.0),
        1,
        0,
    )
    left = SEEN_WIDTH + 2
    best = int(probabilities.argmax())
    top = _draw_guess(canvas, palette, names, best, float(probabilities[best]), left)
    shown = min(len(names), 10, max(0, height - top))
    paste(
        canvas,
        bars(probabilities, names, palette, shown, max(0, min(width - left, 34)), truth=truth),
        top,
        left,
    )
    below = max(seen_height + 2, top + shown + 1)
    if height - below >= 3:
        draw_layers(canvas, activations, palette, below, 0, height - below, width)
    return canvas


def _draw_guess(
    canvas: Cells, palette: Palette, names: Sequence[str], best: int, certainty: float, left: int
) -> int:
    """Draw the best guess in large letters where there is room; return the row below it."""
    percent = f"{100 * certainty:.0f} %"
    words = f"{names[best]}: {percent}"
    room = max(0, canvas.width - left)
    is_digit = len(names[best]) == 1 and names[best] in "0123456789"
    if not is_digit or canvas.height < GUESS_HEIGHT + len(names) + 1 or room < GUESS_WIDTH + 8:
        sentence = f"best guess {words}"
        write(canvas, 0, left, sentence if len(sentence) <= room else words, slots.TITLE, width=room)
        return 1
    paste(canvas, big_digit(names[best], palette), 0, left + 1)
    beside = left + GUESS_WIDTH + 2
    if room < GUESS_WIDTH + 12:
        write(canvas, 1, beside, "best", slots.DIM)
        write(canvas, 2, beside, "guess", slots.DIM)
        write(canvas, 3, beside, percent, slots.TITLE)
    else:
        write(canvas, 1, beside, "best guess", slots.DIM)
        write(canvas, 2, beside, words, slots.TITLE)
    return GUESS_HEIGHT + 1


def draw_layers(
    canvas: Cells,
    activations: Sequence[NDArray[np.float32]],
    palette: Palette,
    top: int,
    left: int,
    height: int,
    width: int,
) -> None:
    """Draw the activations of each layer beside each other, each as a grid under its name."""
    column = left
    share = max(10, (width - 3 * (len(activations) - 1)) // max(1, len(activations)))
    for index, values in enumerate(activations):
        is_last = index == len(activations) - 1
        name = "output" if is_last else f"layer {index + 1}"
        grid, units = _layer_grid(values)
        label = f"{name}: {units}"
        room = min(left + width - column, max(share, len(label)))
        block = block_grid(grid, palette, height, room, shape=grid.shape, label=label)
        used = max(len(label), _used_width(block))
        if used > room:
            write(canvas, top, column, "+", slots.DIM)
            return
        paste(canvas, block, top, column)
        column += used + 3


def _layer_grid(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], str]:
    """Return activations as one grid: neurons near square, feature maps side by side; and their number."""
    if values.ndim == 1:
        rows, columns = near_square(len(values))
        grid = np.full(rows * columns, np.nan, dtype=np.float32)
        grid[: len(values)] = values
        return grid.reshape(rows, columns), str(len(values))
    filters, rows, columns = values.shape
    down, across = near_square(filters)
    tiles = np.full((down * across, rows, columns), np.nan, dtype=np.float32)
    tiles[:filters] = values
    grid = tiles.reshape(down, across, rows, columns).swapaxes(1, 2).reshape(down * rows, across * columns)
    return grid, f"{filters} x {rows} x {columns}"


def _used_width(cells: Cells) -> int:
    """Return how many columns of a grid at the upper left are not empty."""
    used = np.flatnonzero(((cells.glyphs != " ") | (cells.background >= 0)).any(axis=0))
    return int(used[-1]) + 1 if len(used) else 0
