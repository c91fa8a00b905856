"""A color as a terminal takes it: components, a number, or the default."""

from __future__ import annotations

Color = tuple[int, int, int] | int | None
"""Truecolor components 0-255, a color number of the terminal (0-255), or None for the default color."""

_CUBE = (0, 95, 135, 175, 215, 255)
_BASE = (
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
)


def from_hex(codes: str) -> tuple[tuple[int, int, int], ...]:
    """Return the components of colors written as '#rrggbb #rrggbb ...'."""
    numbers = [int(code.lstrip("#"), 16) for code in codes.split()]
    return tuple((n >> 16, n >> 8 & 255, n & 255) for n in numbers)


def rgb(color: tuple[int, int, int] | int) -> tuple[int, int, int]:
    """Return the components of a color; numbers as xterm draws them by default."""
    if isinstance(color, tuple):
        return color
    if color < 16:
        return _BASE[color]
    if color < 232:
        cube = color - 16
        return _CUBE[cube // 36], _CUBE[cube // 6 % 6], _CUBE[cube % 6]
    grey = 8 + 10 * (color - 232)
    return grey, grey, grey


def shortest(color: Color) -> Color:
    """Return the same color in its shortest form: a number from 16 to 255 where xterm has exactly it."""
    return _NUMBERS.get(color, color) if isinstance(color, tuple) else color


def luminance(components: tuple[int, int, int]) -> float:
    """Return the relative luminance 0..1 of sRGB components (WCAG 2.1)."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in components]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


_NUMBERS = {rgb(number): number for number in range(255, 15, -1)}
