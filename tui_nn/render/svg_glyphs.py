"""Blocks, lines and braille as rectangles, so that a picture needs no font that has them."""

from __future__ import annotations

LINE_WIDTH, LINE_HEIGHT = 1 / 8, 1 / 16
"""Of a drawn line, in parts of a cell."""

Box = tuple[float, float, float, float]
"""Left, top, width, height in parts of a cell."""

_EIGHTHS_UP = "▁▂▃▄▅▆▇█"
_EIGHTHS_RIGHT = "▏▎▍▌▋▊▉"
_QUARTERS = dict(zip("▘▝▖▗▚▞▛▜▙▟", ("1", "2", "3", "4", "14", "23", "123", "124", "134", "234"), strict=True))
_ARMS = {
    **{"─": "lr", "│": "ud", "┌": "dr", "┐": "dl", "└": "ur", "┘": "ul", "├": "udr", "┤": "udl"},
    **{"╭": "dr", "╮": "dl", "╰": "ur", "╯": "ul", "┬": "lrd", "┴": "lru", "┼": "udlr"},
}
_ARM_BOXES: dict[str, Box] = {
    "l": (0, 0.5, 0.5 + LINE_WIDTH, LINE_HEIGHT),
    "r": (0.5, 0.5, 0.5, LINE_HEIGHT),
    "u": (0.5, 0, LINE_WIDTH, 0.5 + LINE_HEIGHT),
    "d": (0.5, 0.5, LINE_WIDTH, 0.5),
}
_BRAILLE = 0x2800
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Place across and down of each dot of braille, by its bit."""
_OTHERS: dict[str, Box] = {"▀": (0, 0, 1, 0.5), "▐": (0.5, 0, 0.5, 1), "▕": (0.875, 0, 0.125, 1)}


def boxes(glyph: str) -> tuple[Box, ...]:
    """Return the rectangles of a block, a quarter, a line or braille; none for any other character."""
    if len(glyph) != 1:
        return ()
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
