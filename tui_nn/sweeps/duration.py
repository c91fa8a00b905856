"""How long something takes, in the words of a person who waits for it."""

from __future__ import annotations

import math


def duration(seconds: float) -> str:
    """Return 95 as "1 min 35 s"."""
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes < 10 else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
