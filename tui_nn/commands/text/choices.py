"""Numbered choices: each is said with its number, a bare number takes one, `more` says the next ten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

AT_ONCE = 10
"""Choices that are said before `more` is."""

Take = Callable[[], Awaitable[None] | None]


@dataclass(frozen=True)
class Choice:
    """One of them."""

    words: str
    take: Take


class Choices:
    """What can be chosen from now."""

    def __init__(self, title: str, entries: Sequence[Choice]) -> None:
        self.title, self.entries = title, tuple(entries)
        self._n_said = 0

    def begin(self) -> list[str]:
        """Return the title with the first choices, as lines."""
        self._n_said = 0
        return [self.title, *self.more()]

    def more(self) -> list[str]:
        """Return the next choices, as lines."""
        if self._n_said >= len(self.entries):
            return ["That was the last choice."]
        first, self._n_said = self._n_said, min(self._n_said + AT_ONCE, len(self.entries))
        lines = [f"{n} {self.entries[n - 1].words}" for n in range(first + 1, self._n_said + 1)]
        left = len(self.entries) - self._n_said
        return [*lines, f"more: {left} more choices."] if left else lines

    def find(self, number: int) -> Choice | None:
        """Return the choice of a number, counted from 1."""
        return self.entries[number - 1] if 0 < number <= len(self.entries) else None
