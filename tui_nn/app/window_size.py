"""How large the window is, and how much of it is drawn: the one door for every size from outside."""

from __future__ import annotations

import os
from collections.abc import Mapping

Size = tuple[int, int]
"""Columns and rows."""

MOST_DRAWN: Size = (500, 200)
"""No more is drawn of any window: the time and the memory of a picture grow with its cells."""
LEAST_DRAWN: Size = (20, 5)
"""No less is drawn either: below it Textual's own widgets fail, and nobody reads what is there."""
USUAL: Size = (80, 24)


def window_size(descriptor: int, environment: Mapping[str, str]) -> Size:
    """Return the size a terminal says it has; where it says nothing, COLUMNS and LINES, or the usual size."""
    try:
        told: Size = os.get_terminal_size(descriptor)
    except OSError:
        told = (0, 0)
    named = (_number(environment.get("COLUMNS")), _number(environment.get("LINES")))
    return told[0] or named[0] or USUAL[0], told[1] or named[1] or USUAL[1]


def drawn_size(window: Size) -> Size:
    """Return how much is drawn for a window; of a tiny one that is more than it shows."""
    columns, rows = (
        max(least, min(cells, most))
        for least, cells, most in zip(LEAST_DRAWN, window, MOST_DRAWN, strict=True)
    )
    return columns, rows


def too_large(window: Size) -> str:
    """Return a sentence for a window of which not all is drawn, or an empty one."""
    columns, rows = MOST_DRAWN
    if window[0] <= columns and window[1] <= rows:
        return ""
    return f"This window has {window[0]} x {window[1]} cells; at most {columns} x {rows} of them are drawn."


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
