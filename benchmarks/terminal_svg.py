"""A terminal's screen as SVG, drawn as `tui-nn view --format svg` draws cells; several as a moving one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from tui_nn.render.cells import one_per_cell
from tui_nn.render.svg import GROUND, INK, Drawing, document

THEME = TerminalTheme((0x12, 0x12, 0x12), (0xD0, 0xD0, 0xD0), [(0, 0, 0)] * 8, [(0, 0, 0)] * 8)
"""What the terminal's own colors are taken for: foreground and background are all that is used."""


def as_svg(rows: Iterable[Sequence[Segment]], title: str) -> str:
    """Return the picture of these rows."""
    drawing = Drawing()
    size = (0, 0)
    for y, row in enumerate(rows):
        size = (max(size[0], _draw(drawing, row, y)), y + 1)
    return document(drawing.body(), *size, title)


def as_moving_svg(frames: Sequence[Sequence[Sequence[Segment]]], seconds: float, title: str) -> str:
    """Return these frames one after the other, over and over; a row that stays the same is drawn once."""
    columns, n_rows = max(sum(len(s.text) for s in row) for row in frames[0]), len(frames[0])
    parts = []
    for y in range(n_rows):
        drawn = [_row(frame[y], y) for frame in frames]
        begin = 0
        for end in range(1, len(frames) + 1):
            if end == len(frames) or drawn[end] != drawn[begin]:
                parts.append(_shown(drawn[begin], begin, end, len(frames), seconds))
                begin = end
    return document("\n".join(parts), columns, n_rows, title)


def _draw(drawing: Drawing, row: Sequence[Segment], y: int) -> int:
    """Draw a row; return its width in cells."""
    x = 0
    for text, style, _ in row:
        look, glyphs = style or Style(), one_per_cell(text)
        drawing.add(glyphs, _colors(look), bool(look.bold), x, y)
        x += len(glyphs)
    return x


def _row(row: Sequence[Segment], y: int) -> str:
    drawing = Drawing()
    _draw(drawing, row, y)
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


def _colors(style: Style) -> tuple[str, str]:
    front = style.color.get_truecolor(THEME).hex if style.color else INK
    back = style.bgcolor.get_truecolor(THEME, foreground=False).hex if style.bgcolor else GROUND
    return (back, front) if style.reverse else (front, back)
