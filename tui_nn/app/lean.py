"""Output with fewer bytes: Textual starts each run of text afresh, this sends what differs.

A map of half-blocks is mostly color changes; sent as differences it takes about half the bytes, which is what
counts on a slow line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import east_asian_width

_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_ONLY_MOVES = re.compile(r"(?:\x1b\[[0-9;?$]*[A-HSTdfhlnpsu]|[\r\n])*")


class Pen(NamedTuple):
    """How text is written: foreground and background codes, and attributes such as bold."""

    foreground: str = "39"
    background: str = "49"
    attributes: frozenset[str] = frozenset()


PLAIN = Pen()
LIKE = dict(zip("─━▔▁▂▃▄▀█│┃▎▏▕▌▐╭╮╰╯┌┐└┘…•·→", "------  #||||||++++++++....>", strict=False))
"""Plain characters for what Textual's own widgets draw."""


@lru_cache(maxsize=4096)
def read_pen(codes: str) -> Pen:
    """Return the pen that SGR codes make of a plain one."""
    numbers = codes.split(";")
    foreground, background, attributes = PLAIN
    i = 0
    while i < len(numbers):
        number = numbers[i]
        if number in ("38", "48"):
            length = 3 if numbers[i + 1 : i + 2] == ["5"] else 5
            color = ";".join(numbers[i : i + length])
            i += length
        else:
            color = number
            i += 1
        if color in ("", "0"):
            foreground, background, attributes = PLAIN
        elif color[:3] == "38;" or (color.isdecimal() and (30 <= int(color) <= 39 or 90 <= int(color) <= 97)):
            foreground = color
        elif color[:3] == "48;" or (
            color.isdecimal() and (40 <= int(color) <= 49 or 100 <= int(color) <= 107)
        ):
            background = color
        else:
            attributes |= {color}
    return Pen(foreground, background, attributes)


@lru_cache(maxsize=16384)
def change(now: Pen, wanted: Pen) -> str:
    """Return the shortest usual SGR sequence from one pen to another."""
    if now == wanted:
        return ""
    if wanted == PLAIN:
        return "\x1b[m"
    start = now
    codes: list[str] = []
    if not now.attributes <= wanted.attributes:
        codes.append("0")
        start = PLAIN
    codes += sorted(wanted.attributes - start.attributes)
    if wanted.foreground != start.foreground:
        codes.append(wanted.foreground)
    if wanted.background != start.background:
        codes.append(wanted.background)
    return f"\x1b[{';'.join(codes)}m"


def lean(data: str) -> str:
    """Return output that draws the same with fewer bytes; it starts and ends with a plain pen."""
    pieces = _SGR.split(data)
    if len(pieces) == 1:
        return data
    written = [pieces[0]]
    now = wanted = PLAIN
    for codes, text in zip(pieces[1::2], pieces[2::2], strict=True):
        wanted = read_pen(codes)
        if not text:
            continue
        if _ONLY_MOVES.fullmatch(text):
            written.append(text)
            continue
        if text.isspace() and not wanted.attributes and not now.attributes:
            wanted = wanted._replace(foreground=now.foreground)
        written.append(change(now, wanted))
        written.append(text)
        now = wanted
    written.append(change(now, PLAIN))
    return "".join(written)


def in_ascii(data: str) -> str:
    """Return output with each character beyond ASCII replaced by one of the same width that looks like it."""
    return "".join(
        c if c.isascii() else LIKE.get(c, "  " if east_asian_width(c) in "WF" else "?") for c in data
    )
