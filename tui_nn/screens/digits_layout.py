"""How large the parts of the Digits screen are in a terminal of some size."""

from __future__ import annotations

from dataclasses import dataclass

LINES = 3
"""Rows of the state, event and key lines."""
FRAME = (2, 4)
"""Rows and columns that the border of a panel and its padding take."""
CANVAS = (14, 28)
"""Rows and columns of the smallest canvas; larger ones are multiples."""
LEAST_BESIDE = 56
"""Columns for what is read, from which on a larger canvas is worth them."""
SEEN_TWICE = (50, 102)
"""Rows of all views, and columns beside the canvas, from which on what the network sees is twice as large."""


@dataclass(frozen=True)
class DigitsLayout:
    """Sizes as multiples of the smallest."""

    canvas: int
    seen: int

    @property
    def is_wide(self) -> bool:
        """Whether the layers lie beside the canvas; else below everything."""
        return self.canvas > 1

    @property
    def names(self) -> set[str]:
        """Classes of the style sheet."""
        return {f"-canvas-{self.canvas}", f"-seen-{self.seen}"} | ({"-wide"} if self.is_wide else set())


SIZES = (1, 2, 3, 4)
ALL_NAMES = {name for size in SIZES for name in (f"-canvas-{size}", f"-seen-{size}")} | {"-wide"}


def digits_layout(width: int, height: int, has_half_blocks: bool) -> DigitsLayout:
    """Return the layout of the Digits screen for a terminal of `width` x `height` cells.

    has_half_blocks: whether a cell shows two rows; without them a larger canvas has whole cells.
    """
    rows = height - LINES
    canvas = 1
    for size in SIZES[1:]:
        is_whole = has_half_blocks or size % 2 == 0
        fits = size * CANVAS[0] + FRAME[0] <= rows
        if is_whole and fits and size * CANVAS[1] + FRAME[1] + LEAST_BESIDE <= width:
            canvas = size
    beside = width - canvas * CANVAS[1] - FRAME[1]
    has_room = rows >= SEEN_TWICE[0] and beside >= SEEN_TWICE[1]
    return DigitsLayout(canvas, 2 if has_room else 1)
