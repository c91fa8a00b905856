"""What was sent to the trainer and is not yet seen in what it shows: keys can come faster than pictures."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

Value = TypeVar("Value", float, bool)
MOMENTS = 2
"""A moment may have been asked for before a command was sent; the one after it cannot."""


class Pending:
    """Values by what they are of, each until the moments that come are sure to hold it."""

    def __init__(self) -> None:
        self._values: dict[Hashable, tuple[float | bool, int]] = {}

    def note(self, of: Hashable, value: float | bool) -> None:
        """Remember what was sent."""
        self._values[of] = (value, 0)

    def latest(self, of: Hashable, seen: Value) -> Value:
        """Return what was sent last if it is not yet seen, else what is seen."""
        return self._values[of][0] if of in self._values else seen  # type: ignore[return-value]

    def see(self) -> None:
        """Note that another moment came."""
        aged = {of: (value, age + 1) for of, (value, age) in self._values.items()}
        self._values = {of: (value, age) for of, (value, age) in aged.items() if age < MOMENTS}
