"""What one row of the table of actions holds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tui_nn.commands.text.desk import Desk

Do = Callable[[Desk, str], Awaitable[None] | None]
"""Does it with the words that follow its name; raises RefusedError where they say what cannot be done."""


class RefusedError(Exception):
    """What was typed cannot be done; the text says why, and what can."""


@dataclass(frozen=True)
class Action:
    """Something a word does."""

    word: str
    """One word, or two."""
    takes: str
    """What may follow it, as help writes it; empty: nothing."""
    help: str
    group: str
    do: Do
    others: tuple[str, ...] = ()
    """What else it is called; keys of the screen are among them."""
    counts: Callable[[str], tuple[str, ...]] | None = None
    """The keys that it counts as in a lesson, by the words that follow; None: its key, if it has one."""
