"""Questions in a line: one key accepts; any other refuses, does its own work, and the question is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui_nn.training.remote.run import YES


@dataclass(frozen=True)
class Question:
    """What is asked."""

    accept: Callable[[], object]
    refuse: Callable[[], object]


class Questions:
    """The question that is open, if one is."""

    def __init__(self) -> None:
        self._open: Question | None = None

    def ask(self, accept: Callable[[], object], refuse: Callable[[], object]) -> None:
        """Open another question; the one before is forgotten."""
        self._open = Question(accept, refuse)

    def take(self, key: str) -> bool:
        """Take a key for the answer; return whether it has no other work to do."""
        question, self._open = self._open, None
        if question is None:
            return False
        is_yes = key == YES
        (question.accept if is_yes else question.refuse)()
        return is_yes
