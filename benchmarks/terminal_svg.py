"""A terminal's screen as SVG that needs no font, no style sheet and no script.

Blocks and lines are drawn as rectangles; all else is text in the reader's own fixed-width font, stretched to
its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

CELL_WIDTH, CELL_HEIGHT = 8, 16
BASELINE = 0.76
FONT = 'font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="13"'
MARGIN = 8
GROUND = "#121212"
THEME = TerminalTheme((0x12, 0x12, 0x12), (0xD0, 0xD0, 0xD0), [(0, 0, 0)] * 8, [(0, 0, 0)] * 8)
"""What the terminal's own colors are taken for: foreground and background are all that is used."""

Box = tuple[float, float, float, float]
"""Left, top, width, height in parts of a cell."""

_EIGHTHS_UP = "▁▂▃▄▅▆▇█"
_EIGHTHS_RIGHT = "▏▎▍▌▋▊▉"
_QUARTERS = dict(zip("▘▝▖▗▚▞▛▜▙▟", ("1", "2", "3", "4", "14", "23", "123", "124", "134", "234"), strict=True))
_ARMS = {
    **{"─": "lr", "│": "ud", "┌": "dr", "┐": "dl", "└": "ur", "┘": "ul", "├": "udr", "┤": "udl"},
    **{"╭": "dr", "╮": "dl", "╰": "ur", "╯": "ul", "┬": "lrd", "┴": "lru", "┼": "udlr"},
}
_LINE_HEIGHT, _LINE_WIDTH = 1 / CELL_HEIGHT, 1 / CELL_WIDTH
_ARM_BOXES: dict[str, Box] = {
    "l": (0, 0.5, 0.5 + _LINE_WIDTH, _LINE_HEIGHT),
    "r": (0.5, 0.5, 0.5, _LINE_HEIGHT),
    "u": (0.5, 0, _LINE_WIDTH, 0.5 + _LINE_HEIGHT),
    "d": (0.5, 0.5, _LINE_WIDTH, 0.5),
}
"""Lines of one unit of the picture, on its grid, so that they stay sharp."""
_BRAILLE = 0x2800
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Place across and down of each dot of braille, by its bit."""
_OTHERS: dict[str, Box] = {"▀": (0, 0, 1, 0.5), "▐": (0.5, 0, 0.5, 1), "▕": (0.875, 0, 0.125, 1)}


def boxes(glyph: str) -> tuple[Box, ...]:
    """Return the rectangles of a block, a quarter, a line or braille; none for any other character."""
    if glyph in _EIGHTHS_UP:
        part = (_EIGHTHS_UP.index(glyph) + 1) / 8
        return ((0, 1 - part, 1, part),)
    if glyph in _EIGHTHS_RIGHT:
        return ((0, 0, (_EIGHTHS_RIGHT.index(glyph) + 1) / 8, 1),)
    if glyph in _QUARTERS:
        return tuple((0.5 * ((int(q) - 1) % 2), 0.5 * (int(q) > 2), 0.5, 0.5) for q in _QUARTERS[glyph])
    if glyph in _ARMS:
        return tuple(_ARM_BOXES[arm] for arm in _ARMS[glyph])
    if 0 < ord(glyph) - _BRAILLE < 256:
        code = ord(glyph) - _BRAILLE
        places = [place for bit, place in enumerate(_DOTS) if code >> bit & 1]
        return tuple((0.125 + across / 2, 0.0625 + down / 4, 0.25, 0.125) for across, down in places)
    return (_OTHERS[glyph],) if glyph in _OTHERS else ()


def as_svg(rows: Iterable[Sequence[Segment]], title: str) -> str:
    """Return the picture of these rows."""
    drawing = _Drawing()
    size = (0, 0)
    for y, row in enumerate(rows):
        x = 0
        for text, style, _ in row:
            drawing.add(text, style or Style(), x, y)
            x += len(text)
        size = (max(size[0], x), y + 1)
    return drawing.as_svg(*size, title)


def as_moving_svg(frames: Sequence[Sequence[Sequence[Segment]]], seconds: float, title: str) -> str:
    """Return these frames one after the other, over and over; a row that stays the same is drawn once."""
    columns, n_rows = max(sum(len(s.text) for s in row) for row in frames[0]), len(frames[0])
    width, height = columns * CELL_WIDTH + 2 * MARGIN, n_rows * CELL_HEIGHT + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{-MARGIN} {-MARGIN} {width} {height}" {FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect x="{-MARGIN}" y="{-MARGIN}" width="{width}" height="{height}" rx="6" fill="{GROUND}"/>',
    ]
    for y in range(n_rows):
        drawn = [_row(frame[y], y) for frame in frames]
        begin = 0
        for end in range(1, len(frames) + 1):
            if end == len(frames) or drawn[end] != drawn[begin]:
                parts.append(_shown(drawn[begin], begin, end, len(frames), seconds))
                begin = end
    return "\n".join((*parts, "</svg>\n"))


def _row(row: Sequence[Segment], y: int) -> str:
    drawing, x = _Drawing(), 0
    for text, style, _ in row:
        drawing.add(text, style or Style(), x, y)
        x += len(text)
    return drawing.body()


def _shown(body: str, begin: int, end: int, count: int, seconds: float) -> str:
    """Return a group that is seen from frame `begin` to before `end` of `count`; else the last."""
    if end - begin == count:
        return f"<g>{body}</g>"
    seen = "visible" if end == count else "hidden"
    times = [(0.0, "visible" if begin == 0 else "hidden")]
    times += [(begin / count, "visible")] if begin else []
    times += [(end / count, "hidden")] if end < count else []
    values, keys = ";".join(v for _, v in times), ";".join(f"{at:.4g}" for at, _ in times)
    return (
        f'<g visibility="{seen}"><animate attributeName="visibility" calcMode="discrete" dur="{seconds:g}s" '
        f'repeatCount="indefinite" values="{values}" keyTimes="{keys}"/>{body}</g>'
    )


class _Drawing:
    """Rectangles by color, those of cells below those of glyphs, and texts above both."""

    def __init__(self) -> None:
        self.cells: dict[str, list[str]] = {}
        self.glyphs: dict[str, list[str]] = {}
        self.texts: list[str] = []

    def add(self, text: str, style: Style, x: int, y: int) -> None:
        """Add a run of one style."""
        front, back = _colors(style)
        if back != GROUND:
            self.cells.setdefault(back, []).append(_path(x, y, (0, 0, len(text), 1)))
        at = 0
        while at < len(text):
            end = at + 1
            drawn = boxes(text[at])
            if drawn:
                while text[end : end + 1] == text[at] and all(width == 1 for _, _, width, _ in drawn):
                    end += 1
                for left, top, width, height in drawn:
                    box = (left, top, width * (end - at), height)
                    self.glyphs.setdefault(front, []).append(_path(x + at, y, box))
            elif text[at] != " ":
                while text[end : end + 1].strip() and not boxes(text[end]):
                    end += 1
                self.texts.append(_word(text[at:end], x + at, y, front, bool(style.bold)))
            at = end

    def body(self) -> str:
        """Return what is drawn, without a file around it."""
        layers = (*self.cells.items(), *self.glyphs.items())
        paths = "".join(f'<path fill="{color}" d="{"".join(found)}"/>' for color, found in layers)
        return f'<g shape-rendering="crispEdges">{paths}</g>{"".join(self.texts)}'

    def as_svg(self, columns: int, rows: int, title: str) -> str:
        """Return the file."""
        width, height = columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN
        frame = f'x="{-MARGIN}" y="{-MARGIN}" width="{width}" height="{height}"'
        layers = (*self.cells.items(), *self.glyphs.items())
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                f'viewBox="{-MARGIN} {-MARGIN} {width} {height}" {FONT}>',
                f"<title>{escape(title)}</title>",
                f'<rect {frame} rx="6" fill="{GROUND}"/>',
                '<g shape-rendering="crispEdges">',
                *(f'<path fill="{color}" d="{"".join(paths)}"/>' for color, paths in layers),
                "</g>",
                *self.texts,
                "</svg>\n",
            )
        )


def _colors(style: Style) -> tuple[str, str]:
    front = style.color.get_truecolor(THEME) if style.color else THEME.foreground_color
    back = style.bgcolor.get_truecolor(THEME, foreground=False) if style.bgcolor else THEME.background_color
    pair = (f"#{front[0]:02x}{front[1]:02x}{front[2]:02x}", f"#{back[0]:02x}{back[1]:02x}{back[2]:02x}")
    return pair[::-1] if style.reverse else pair  # type: ignore[return-value]


def _path(x: int, y: int, box: Box) -> str:
    left, top, width, height = box
    left, top = (x + left) * CELL_WIDTH, (y + top) * CELL_HEIGHT
    width, height = width * CELL_WIDTH, height * CELL_HEIGHT
    return f"M{left:.6g} {top:.6g}h{width:.3g}v{height:.3g}h{-width:.3g}z"


def _word(word: str, x: int, y: int, color: str, is_bold: bool) -> str:
    bold = ' font-weight="bold"' if is_bold else ""
    return (
        f'<text x="{x * CELL_WIDTH}" y="{(y + BASELINE) * CELL_HEIGHT:.6g}" '
        f'textLength="{len(word) * CELL_WIDTH}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{color}"{bold}>{escape(word)}</text>'
    )
