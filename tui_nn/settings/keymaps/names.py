"""Names of keys: as a person writes them in a file, and as Textual calls them."""

from __future__ import annotations

import unicodedata

NAMED = {
    "space": "space",
    "enter": "enter",
    "escape": "escape",
    "tab": "tab",
    "shift+tab": "shift+tab",
    "up": "up",
    "down": "down",
    "left": "left",
    "right": "right",
    "home": "home",
    "end": "end",
    "page-up": "pageup",
    "page-down": "pagedown",
    "backspace": "backspace",
    "delete": "delete",
    "insert": "insert",
    **{f"f{number}": f"f{number}" for number in range(1, 13)},
    **{f"ctrl+{letter}": f"ctrl+{letter}" for letter in "abdefghjklnoprstuvwxyz"},
}
"""Keys that are no characters; ctrl+i and ctrl+m are tab and enter, ctrl+c and ctrl+q leave."""
_OTHERWISE = {
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
}
"""Characters that Textual calls otherwise than Unicode does."""


def read_key(text: str) -> str | None:
    """Return what Textual calls a key that is written so; None for what is none."""
    if text in NAMED:
        return NAMED[text]
    return name_of(text) if len(text) == 1 and text.isprintable() else None


def name_of(character: str) -> str:
    """Return what Textual calls the key of a character."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").casefold().replace("-", "_").replace(" ", "_")
    return _OTHERWISE.get(name, name) or character


def write_key(name: str) -> str:
    """Return how a key is written that Textual calls so."""
    return _WRITTEN.get(name, name)


def character_of(name: str) -> str | None:
    """Return the character that a key types; None where it types none."""
    written = write_key(name)
    if name == "space":
        return " "
    return written if len(written) == 1 else None


_WRITTEN = {
    **{name: written for written, name in NAMED.items()},
    **{name_of(chr(code)): chr(code) for code in range(0x21, 0x7F)},
}
