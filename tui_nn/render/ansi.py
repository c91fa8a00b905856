"""Cells as text for a scrollback: with SGR sequences, or plain where the palette has no color."""

from __future__ import annotations

from functools import lru_cache

from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.cells import Cells
from tui_nn.render.color import Color
from tui_nn.render.palette import Palette
from tui_nn.render.runs import row_runs


def _codes(color: Color, is_background: bool) -> str:
    """Return the SGR parameters of a color."""
    lead = 48 if is_background else 38
    if color is None:
        return ""
    if isinstance(color, tuple):
        return f"{lead};2;{color[0]};{color[1]};{color[2]}"
    if color < 16:
        base = (40 if is_background else 30) if color < 8 else (92 if is_background else 82)
        return str(base + color)
    return f"{lead};5;{color}"


@lru_cache(maxsize=8192)
def sgr(palette: Palette, foreground: int, background: int) -> str:
    """Return the SGR parameters of a pair of slots, joined by ';'; empty for the default look."""
    parts = ["1"] if foreground in palette.bold else []
    if background in palette.reverse:
        parts.append("7")
    if foreground >= 0:
        parts.append(_codes(palette.colors[foreground], is_background=False))
    if background >= 0:
        parts.append(_codes(palette.colors[background], is_background=True))
    return ";".join(part for part in parts if part)


def to_text(cells: Cells, palette: Palette, styled: bool = True) -> str:
    """Return the rows joined by newlines, each reset at its end; without any sequence if not `styled`.

    Spaces at the end of a row are dropped where they show nothing.
    """
    if not styled:
        lines = (ascii_only(line) if palette.is_ascii else line for line in cells.lines())
        return "\n".join(line.rstrip() for line in lines)
    rows = []
    for row in range(cells.height):
        parts = []
        for text, foreground, background in row_runs(cells, row):
            if palette.is_ascii:
                text = ascii_only(text)
            codes = sgr(palette, foreground, background)
            parts.append(f"\x1b[{codes}m{text}\x1b[0m" if codes else text)
        rows.append("".join(parts).rstrip(" "))
    return "\n".join(rows)
