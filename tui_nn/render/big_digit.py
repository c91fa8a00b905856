"""Large block letters for the ten digits, in several sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells
from tui_nn.render.halves import halves
from tui_nn.render.palette import Palette

_SHAPES = {
    "0": ("####", "#  #", "#  #", "#  #", "####"),
    "1": ("  # ", " ## ", "  # ", "  # ", " ###"),
    "2": ("####", "   #", "####", "#   ", "####"),
    "3": ("####", "   #", " ###", "   #", "####"),
    "4": ("#  #", "#  #", "####", "   #", "   #"),
    "5": ("####", "#   ", "####", "   #", "####"),
    "6": ("####", "#   ", "####", "#  #", "####"),
    "7": ("####", "   #", "  # ", " #  ", " #  "),
    "8": ("####", "#  #", "####", "#  #", "####"),
    "9": ("####", "#  #", "####", "   #", "####"),
    "?": ("####", "   #", " ## ", "    ", " #  "),
}


@dataclass(frozen=True)
class LetterSize:
    """How often each row and column of a letter's shape is repeated; two rows are a cell."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def height(self) -> int:
        """Rows of cells."""
        return (sum(self.rows) + 1) // 2

    @property
    def width(self) -> int:
        """Columns of cells."""
        return sum(self.columns)


SMALL = LetterSize((1, 2, 1, 2, 1), (1, 2, 2, 1))
MEDIUM = LetterSize((2, 2, 2, 2, 2), (2, 2, 2, 2))
LARGE = LetterSize((4, 4, 4, 4, 4), (4, 4, 4, 4))


def big_digit(text: str, palette: Palette, size: LetterSize = MEDIUM, slot: int = slots.ACCENT) -> Cells:
    """Return one digit in blocks, `size.height` x `size.width` cells; anything else is a question mark."""
    shape = np.array([list(line) for line in _SHAPES.get(text, _SHAPES["?"])]) == "#"
    return halves(shape.repeat(size.rows, axis=0).repeat(size.columns, axis=1), palette, slot)
