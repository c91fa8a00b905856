"""Cells as SVG that needs no font, no style sheet and no script, and reads the same on light and dark pages.

Blocks and lines are drawn as rectangles; all else is text in the reader's own fixed-width font, stretched to
its cells. The ground is drawn too: the colors of a palette are made for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.render.cells import Cells, one_per_cell
from tui_nn.render.color import Color, rgb
from tui_nn.render.palette import Palette
from tui_nn.render.runs import row_runs
from tui_nn.render.svg_glyphs import LINE_HEIGHT, LINE_WIDTH, Box, boxes

CELL_WIDTH, CELL_HEIGHT = round(1 / LINE_WIDTH), round(1 / LINE_HEIGHT)
"""So that drawn lines are one unit wide, on the grid of the picture, and stay sharp."""
BASELINE = 0.76
FONT = 'font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="13"'
MARGIN = 8
GROUND, INK = "#121212", "#d0d0d0"
"""What the default background and foreground are drawn as."""


Placed = tuple[int, int, int, int]
"""Left, top, width, height of a rectangle in units of the picture."""


class Drawing:
    """Rectangles by color, those of cells below those of glyphs, and texts above both."""

    def __init__(self) -> None:
        self._cells: dict[str, list[Placed]] = {}
        self._glyphs: dict[str, list[Placed]] = {}
        self._texts: list[str] = []

    def add(self, glyphs: Sequence[str], colors: tuple[str, str], is_bold: bool, x: int, y: int) -> None:
        """Add a run of one look at cell (x, y).

        glyphs: one a cell, '' behind a wide one. colors: foreground and background, as '#rrggbb'.
        """
        front, back = colors
        if back != GROUND:
            self._cells.setdefault(back, []).append(_placed(x, y, (0, 0, len(glyphs), 1)))
        at = 0
        while at < len(glyphs):
            end = at + 1
            drawn = boxes(glyphs[at])
            if drawn:
                while glyphs[end : end + 1] == glyphs[at : at + 1] and all(
                    width == 1 for *_, width, _ in drawn
                ):
                    end += 1
                for left, top, width, height in drawn:
                    box = (left, top, width * (end - at), height)
                    self._glyphs.setdefault(front, []).append(_placed(x + at, y, box))
            elif glyphs[at] != " ":
                while end < len(glyphs) and glyphs[end] != " " and not boxes(glyphs[end]):
                    end += 1
                self._texts.append(_word(glyphs[at:end], x + at, y, front, is_bold))
            at = end

    def body(self) -> str:
        """Return what is drawn, without a file around it."""
        layers = (*self._cells.items(), *self._glyphs.items())
        paths = "\n".join(f'<path fill="{color}" d="{_path(found)}"/>' for color, found in layers)
        return "\n".join((f'<g shape-rendering="crispEdges">\n{paths}\n</g>', *self._texts))


def cells_as_svg(cells: Cells, palette: Palette, title: str) -> str:
    """Return the picture that cells are in a palette."""
    drawing = Drawing()
    for y in range(cells.height):
        x = 0
        for text, foreground, background in row_runs(cells, y):
            colors = (_hex(palette, foreground, INK), _hex(palette, background, GROUND))
            if background in palette.reverse:
                colors = colors[::-1]
            glyphs = one_per_cell(text)
            drawing.add(glyphs, colors, foreground in palette.bold, x, y)
            x += len(glyphs)
    return document(drawing.body(), cells.width, cells.height, title)


def document(body: str, columns: int, rows: int, title: str) -> str:
    """Return the file around what was drawn."""
    width, height = columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN
    frame = f'x="{-MARGIN}" y="{-MARGIN}" width="{width}" height="{height}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="{-MARGIN} {-MARGIN} {width} {height}" {FONT}>',
            f"<title>{escaped(title)}</title>",
            f'<rect {frame} rx="6" fill="{GROUND}"/>',
            body,
            "</svg>\n",
        )
    )


def escaped(text: str) -> str:
    """Return text as XML holds it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def hex_of(color: Color, default: str) -> str:
    """Return a color as '#rrggbb'; the default where it has none."""
    return default if color is None else "#{:02x}{:02x}{:02x}".format(*rgb(color))


def _hex(palette: Palette, slot: int, default: str) -> str:
    return hex_of(palette.colors[slot], default) if slot >= 0 else default


def _placed(x: int, y: int, box: Box) -> Placed:
    """Return a part of cell (x, y) in units of the picture: every glyph lies on its grid."""
    left, top, width, height = box
    left, top = (x + left) * CELL_WIDTH, (y + top) * CELL_HEIGHT
    return round(left), round(top), round(width * CELL_WIDTH), round(height * CELL_HEIGHT)


def _path(found: Sequence[Placed]) -> str:
    """Return rectangles, each begun from where the last one did: a network has thousands of dots."""
    parts, x, y = [], 0, 0
    for left, top, width, height in found:
        apart = "" if top < y else " "
        parts.append(f"m{left - x}{apart}{top - y}h{width}v{height}h-{width}z")
        x, y = left, top
    return "".join(parts)


def _word(glyphs: Sequence[str], x: int, y: int, color: str, is_bold: bool) -> str:
    bold = ' font-weight="bold"' if is_bold else ""
    return (
        f'<text x="{x * CELL_WIDTH}" y="{(y + BASELINE) * CELL_HEIGHT:.6g}" '
        f'textLength="{len(glyphs) * CELL_WIDTH}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{color}"{bold}>{escaped("".join(glyphs))}</text>'
    )
