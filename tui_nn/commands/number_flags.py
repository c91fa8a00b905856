"""Flags that are numbers and no settings: checked, and refused in the same words as settings are."""

from __future__ import annotations

from typing import TypeVar

from tui_nn.settings.flags import UsageError
from tui_nn.settings.values import Integer, Real

Number = TypeVar("Number")


def read_number(flag: str, text: str | None, kind: Integer | Real, default: Number) -> float | Number:
    """Return what was typed behind a flag, or the default; raise UsageError."""
    if text is None:
        return default
    try:
        return kind.check(kind.parse(text))
    except ValueError as allowed:
        raise UsageError(f"{flag}: {text or 'nothing'} is not allowed; {allowed}") from None


def read_count(flag: str, text: str | None, default: int, most: int = 1_000_000_000) -> int:
    """Return a whole number from 1 to `most`, or the default; raise UsageError."""
    return int(read_number(flag, text, Integer(1, most), default))
