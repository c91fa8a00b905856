"""Sentences that name keys, with what else they are to be called: words, or a person's own keys."""

from __future__ import annotations

import re
from collections.abc import Callable

_KEY = r"(ctrl\+[a-z]|space|c [A-Za-z](?= \()|[^\s\w]|\w)"
_DOES = (
    "trains|begins|takes|opens|starts|lowers|raises|returns|saves|drops|leaves|goes|restores|says|shows|all"
)
_PLACES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?P<press>[Pp]ress) {_KEY}(?= )"),
    re.compile(rf"(?<=[.;:] ){_KEY}(?=:? (?:{_DOES})\b)"),
    re.compile(rf"(?<=, ){_KEY}(?=:? (?:to replay|to train|for all|for help|{_DOES})\b)"),
    re.compile(rf"(?<=Try ){_KEY}(?= \()"),
    re.compile(rf"(?<=\), ){_KEY}(?= \()"),
    re.compile(rf"(?<= or ){_KEY}(?= \()"),
)
"""Where sentences of the program name keys."""


def with_keys(text: str, called: Callable[[str], str | None], press: str = "") -> str:
    """Return a sentence in which keys are what they are called; None: a key stays.

    press: in place of the word "press"; empty: it stays.
    """

    def replaced(found: re.Match[str]) -> str:
        key = found[found.lastindex or 1]
        name = called("c" if key.startswith("c ") else key)
        if name is None:
            return found[0]
        rest = key[1:] if key.startswith("c ") and not press else ""
        verb = found.groupdict().get("press")
        return f"{press or verb} {name}{rest}" if verb else f"{name}{rest}"

    for place in _PLACES:
        text = place.sub(replaced, text)
    return text
