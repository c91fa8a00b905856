"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass

OK, NOTE, TROUBLE = "ok", "note", "trouble"


@dataclass(frozen=True)
class Finding:
    """What was found, and what would change it."""

    topic: str
    name: str
    value: str
    state: str = OK
    """ok; note: less than there could be; trouble: something does not work."""
    change: str = ""
    """What to do about it, as an order; empty where nothing is to be done."""
