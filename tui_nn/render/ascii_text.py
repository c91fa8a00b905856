"""Words in plain ASCII, cell for cell: what an ASCII palette lets through to the terminal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CLOSE = {
    **dict.fromkeys("·•∙", "."),
    **dict.fromkeys("–—−─━╌╍", "-"),
    **dict.fromkeys("│┃", "|"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”", '"'),
    "×": "x",
    "≤": "<",
    "≥": ">",
    "≈": "~",
    "→": ">",
    "←": "<",
    "▸": ">",
    "↑": "^",
    "↓": "v",
    "±": "+",
    "█": "#",
    **dict(zip("αβγδελμρΣ√∂", "abgdelmrSVd", strict=True)),
}


def ascii_only(text: str) -> str:
    """Return text of the same number of cells in ASCII: the nearest character, or '?' (x² -> x2, é -> e)."""
    return text if text.isascii() else "".join(map(_nearest, text))


@lru_cache(maxsize=1024)
def _nearest(character: str) -> str:
    if character.isascii():
        return character
    found = _CLOSE.get(character) or unicodedata.normalize("NFKD", character)[0]
    is_wide = unicodedata.east_asian_width(character) in ("W", "F")
    return (found if found.isascii() else "?").ljust(2 if is_wide else 1)
