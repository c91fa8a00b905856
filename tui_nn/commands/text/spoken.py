"""Text as it is said to a screen reader: no control, no drawn glyph, signs as the words they stand for."""

from __future__ import annotations

import re

from tui_nn.files.visible import visible

_SIGNS = {
    " -> ": " to ",
    "→": " to ",
    "←": " becomes ",
    "↔": " and ",
    "−": "-",
    "–": "-",
    "—": "-",
    "·": " times ",
    "∙": " times ",
    "×": " times ",
    "≤": " at most ",
    "≥": " at least ",
    "≠": " is not ",
    "≈": " about ",
    "∈": " in ",
    "√": " root of ",
    "Σ": " sum of ",
    "∂": "d",
    "∞": "infinity",
    "±": " plus or minus ",
    "…": "...",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "ᵀ": " transposed",
    "²": "^2",
    "³": "^3",
    "⌊": " floor of ",
    "⌋": "",
    "•": " ",
}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_ARROWS, _BRAILLE = r"\u2190-\u21ff\u2900-\u297f\u2b00-\u2bff", r"\u2800-\u28ff"
_SHAPES, _OWN = r"\u2300-\u23ff\u2500-\u27bf", r"\ue000-\uf8ff"
_PICTURES = r"\U0001f000-\U0001faff\ufe0e\ufe0f\u20e3"
_DRAWN = re.compile(f"[{_ARROWS}{_BRAILLE}{_SHAPES}{_OWN}{_PICTURES}]")


def spoken(text: str) -> str:
    """Return a text in one line of words: drawn glyphs are left out, spaces in a row are one."""
    worded = _SIGN.sub(lambda found: _SIGNS[found[0]], text.replace("\t", " "))
    return visible(" ".join(_DRAWN.sub(" ", worded).split()))
