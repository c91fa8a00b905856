"""Text for the clipboard of the terminal that a person sits at, by OSC 52: it works over SSH too.

No terminal answers, and many refuse: nobody may be told that it arrived.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

CHUNK = 240
"""Bytes that screen(1) passes on at once."""
_CONSOLES = ("linux", "vt", "ansi", "cons25", "dumb", "unknown")


def clipboard_words(text: str, environment: Mapping[str, str]) -> str:
    """Return what is written to the terminal; nothing where its kind has no clipboard and might show it."""
    if environment.get("TERM", "").lower().startswith(_CONSOLES):
        return ""
    words = f"\x1b]52;c;{base64.b64encode(text.encode()).decode('ascii')}\x07"
    if "TMUX" in environment:  # one of them, as tmux is set: its own clipboard, or past it
        return f"{words}\x1bPtmux;{words.replace(chr(27), chr(27) * 2)}\x1b\\"
    if "STY" in environment:
        chunks = (words[i : i + CHUNK] for i in range(0, len(words), CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return words
