"""Names of keys as lessons write them, and what the program calls them."""

from __future__ import annotations

NAMED = {
    "space": "space",
    "enter": "enter",
    "escape": "escape",
    "tab": "tab",
    "up": "up",
    "down": "down",
    "left": "left",
    "right": "right",
    "home": "home",
    "end": "end",
    "backspace": "backspace",
    "shift+tab": "shift+tab",
    "page-up": "pageup",
    "page-down": "pagedown",
    "ctrl+z": "ctrl+z",
    "ctrl+y": "ctrl+y",
    "ctrl+p": "ctrl+p",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "-": "minus",
    "+": "plus",
    "=": "equals_sign",
    ",": "comma",
    ".": "full_stop",
    ";": "semicolon",
    ":": "colon",
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "?": "question_mark",
    "/": "slash",
}
ARROWS = ("up", "down", "left", "right")
WAIT = "wait"
"""In a solution: wait until the run has done what it is to do."""


def key_name(text: str) -> str | None:
    """Return what the program calls a key; None for what is none."""
    if text in NAMED:
        return NAMED[text]
    return text if len(text) == 1 and text.isalnum() and text.isascii() else None
