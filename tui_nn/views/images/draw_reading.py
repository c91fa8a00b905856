"""How a network reads an image: what it sees, its best guess in large letters, all classes as bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.bars import bars
from tui_nn.render.big_digit import LARGE, MEDIUM, SMALL, LetterSize, big_digit
from tui_nn.render.cells import Cells, blank, fit, paste, write
from tui_nn.render.ink import small_ink
from tui_nn.render.palette import Palette

SEEN = (14, 28)
"""Rows and columns of the smallest picture of what the network sees; larger ones are multiples."""
GAP = 2
MOST_BARS = 10
WIDEST_BARS = 44
LEAST_BARS = (14, 24)
"""Columns that are left for the bars beside the smallest picture, and beside larger ones."""


def reading(
    image: NDArray[np.uint8] | None,
    probabilities: NDArray[np.float32] | None,
    names: Sequence[str],
    palette: Palette,
    height: int,
    width: int,
    *,
    truth: int | None = None,
) -> Cells:
    """Draw the image in `height` x `width` cells, beside it the best guess, below that the classes.

    image: (rows, columns) ink 0 to 255, None where there is none. probabilities: (n_classes,).
    """
    canvas = blank(height, width)
    if image is None or probabilities is None:
        write(canvas, 1, 0, "Nothing is drawn yet.", width=width)
        return canvas
    seen_height, seen_width = _seen_size(height, width)
    paste(canvas, fit(small_ink(image / 255.0, palette, seen_height, seen_width), height, seen_width), 0, 0)
    left = seen_width + GAP if seen_width else 0
    shown = min(len(names), MOST_BARS)
    best = int(probabilities.argmax())
    top = _draw_guess(canvas, palette, names[best], float(probabilities[best]), left, height - shown)
    room = max(0, min(width - left, WIDEST_BARS))
    paste(
        canvas,
        bars(probabilities, names, palette, min(shown, max(0, height - top)), room, truth=truth),
        top,
        left,
    )
    return canvas


def _seen_size(height: int, width: int) -> tuple[int, int]:
    """Return rows and columns of the picture: the largest multiple of SEEN beside the bars, or 0."""
    for scale in (3, 2):
        if height >= scale * SEEN[0] and width >= scale * SEEN[1] + GAP + LEAST_BARS[1]:
            return scale * SEEN[0], scale * SEEN[1]
    if width >= SEEN[1] + GAP + LEAST_BARS[0]:
        return min(height, SEEN[0]), SEEN[1]
    return 0, 0


def _draw_guess(
    canvas: Cells, palette: Palette, name: str, certainty: float, left: int, free_rows: int
) -> int:
    """Draw the best guess, in large letters where there is room; return the row below it.

    free_rows: those that the bars do not need.
    """
    percent = f"{100 * certainty:.0f} %"
    words = f"{name}: {percent}"
    room = max(0, canvas.width - left)
    size = _letter_size(free_rows, room) if len(name) == 1 and name in "0123456789" else None
    if size is None:
        sentence = f"best guess {words}"
        write(canvas, 0, left, sentence if len(sentence) <= room else words, slots.TITLE, width=room)
        return 1
    paste(canvas, big_digit(name, palette, size), 0, left + 1)
    beside = left + size.width + 2
    if room < size.width + 12:
        for row, (word, slot) in enumerate(
            [("best", slots.DIM), ("guess", slots.DIM), (percent, slots.TITLE)]
        ):
            write(canvas, row, beside, word, slot)
    else:
        write(canvas, 1, beside, "best guess", slots.DIM)
        write(canvas, 2, beside, words, slots.TITLE)
    return size.height + (free_rows > size.height)


def _letter_size(rows: int, columns: int) -> LetterSize | None:
    """Return the largest letter for which there are rows, with words beside it; None for none."""
    for size, words in ((LARGE, 12), (MEDIUM, 8), (SMALL, 7)):
        if rows >= size.height + (size is LARGE) and columns >= 1 + size.width + words:
            return size
    return None
