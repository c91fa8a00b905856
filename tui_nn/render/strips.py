"""Cells as Textual strips, with cached styles and few segments a row.

Colors keep their exact numbers: Textual turns a numbered color without components into truecolor and then
into the number that Rich finds nearest, so each Rich color made here carries its number and its components.
That works for any `ansi_color` of the app.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter
from textual.strip import Strip

from tui_nn.files.visible import visible
from tui_nn.render.ascii_text import ascii_only
from tui_nn.render.cells import Cells
from tui_nn.render.color import Color, rgb, shortest
from tui_nn.render.palette import Palette
from tui_nn.render.runs import row_runs

_PLAIN = Style()


@lru_cache(maxsize=512)
def rich_color(color: Color) -> RichColor | None:
    """Return a Rich color that Textual sends to the terminal unchanged; None for the default."""
    if color is None:
        return None
    triplet = ColorTriplet(*rgb(color))
    if isinstance(color, tuple):
        return RichColor.from_triplet(triplet)
    kind = ColorType.STANDARD if color < 16 else ColorType.EIGHT_BIT
    return RichColor(f"color({color})", kind, number=color, triplet=triplet)


@lru_cache(maxsize=8192)
def style_for(palette: Palette, foreground: int, background: int, base: Style = _PLAIN) -> Style:
    """Return the style of a pair of slots, over the base for what they leave default."""
    style = Style(
        color=rich_color(palette.colors[foreground]) if foreground >= 0 else None,
        bgcolor=rich_color(palette.colors[background]) if background >= 0 else None,
        bold=True if foreground in palette.bold else None,
        reverse=True if background in palette.reverse else None,
    )
    return base + style


@lru_cache(maxsize=64)
def _grounds(base: Style, depth: str) -> tuple[Style, Style]:
    """Return the base in the shortest colors, and what of it a stretch of spaces shows: its background."""
    color, background = _short(base.color, depth), _short(base.bgcolor, depth)
    return base.without_color + Style(color=color, bgcolor=background), Style(bgcolor=background)


def _short(color: RichColor | None, depth: str) -> RichColor | None:
    """Return the same color, as a number where there is one; many segments carry the background."""
    if color is None or color.is_default:
        return None
    if color.triplet is None or color.number is not None or depth != "truecolor":
        return color
    red, green, blue = color.triplet
    return rich_color(shortest((red, green, blue)))


def row_strip(cells: Cells, row: int, palette: Palette, base: Style = _PLAIN) -> Strip:
    """Return one row as a strip.

    base: the widget's own style (`widget.rich_style`), which the default slot shows: Textual does not put the
    background of a widget under strips that come from `render_line`.
    """
    segments = []
    base, ground = _grounds(base, palette.depth)
    for text, foreground, background in row_runs(cells, row):
        if palette.is_ascii:
            text = ascii_only(text)
        under = ground if text.isspace() else base
        segments.append(Segment(text, style_for(palette, foreground, background, under)))
    return Strip(segments, cells.width)


def changed_rows(old: Cells | None, new: Cells) -> list[int]:
    """Return the rows that differ; all of them if there was no old grid or it had another size."""
    if old is None or old.glyphs.shape != new.glyphs.shape:
        return list(range(new.height))
    differs = (
        (old.glyphs != new.glyphs) | (old.foreground != new.foreground) | (old.background != new.background)
    )
    rows: list[int] = np.flatnonzero(differs.any(axis=1)).tolist()
    return rows


class VisibleLines(LineFilter):
    """The last gate before the screen: writes controls out in every line of every widget, in its width."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments of one line with the controls in their text written out."""
        text = "".join([segment.text for segment in segments])
        shown = visible(text)
        if shown == text:
            return segments
        width = sum(segment.cell_length for segment in segments)
        written = [Segment(visible(s.text), s.style, s.control) for s in segments]
        return Segment.adjust_line_length(written, width)
