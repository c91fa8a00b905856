"""Names of keys as lessons write them, and what the program calls them."""

from __future__ import annotations

from tui_nn.settings.keymaps.names import read_key

WRITTEN = (
    *("space", "enter", "escape", "tab", "up", "down", "left", "right", "home", "end", "backspace"),
    *("shift+tab", "page-up", "page-down", "ctrl+z", "ctrl+y", "ctrl+p"),
    *"[]<>-+=,.;:{}()?/",
)
"""Keys beside letters and digits that a lesson may name."""
NAMED = {key: name for key in WRITTEN if (name := read_key(key)) is not None}
ARROWS = ("up", "down", "left", "right")
WAIT = "wait"
"""In a solution: wait until the run has done what it is to do."""


def key_name(text: str) -> str | None:
    """Return what the program calls a key; None for what is none."""
    if text in NAMED:
        return NAMED[text]
    return text if len(text) == 1 and text.isalnum() and text.isascii() else None
