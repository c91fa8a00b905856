"""Large block letters for the ten digits, five rows high."""

from __future__ import annotations

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.palette import Palette

HEIGHT, WIDTH = 5, 6
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


def big_digit(text: str, palette: Palette, slot: int = slots.ACCENT) -> Cells:
    """Return one digit in blocks, HEIGHT x WIDTH cells; anything else is a question mark."""
    canvas = blank(HEIGHT, WIDTH)
    block = palette.glyphs.bar
    for row, line in enumerate(_SHAPES.get(text, _SHAPES["?"])):
        for column, character in enumerate(line):
            if character == "#":
                write(canvas, row, column, block, slot)
    return canvas
