"""Questions in a line: one key accepts; any other refuses, does its own work, and the question is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui_nn.training.remote.run import YES

Do = Callable[[], object]


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True)
class Question:
    """What is asked."""

    accept: Do
    refuse: Do = nothing
    key: str = YES
    """The key that accepts, as Textual names it."""
    reminder: str = ""
    """What is said of it beside whatever else is said while it is open."""


class Questions:
    """The question that is open, if one is."""

    def __init__(self, tell: Callable[[str, bool], None]) -> None:
        self._tell = tell
        self._open: Question | None = None

    def ask(self, words: str, accept: Do) -> None:
        """Ask something that YES accepts."""
        self.put(words, Question(accept), is_warning=True)

    def put(self, words: str, question: Question, is_warning: bool = False) -> None:
        """Ask something; the question before is forgotten."""
        self._open = None
        self._tell(words, is_warning)
        self._open = question

    def take(self, key: str) -> bool:
        """Take a key for the answer; return whether it has no other work to do."""
        question, self._open = self._open, None
        if question is None:
            return False
        is_yes = key == question.key
        (question.accept if is_yes else question.refuse)()
        return is_yes

    def beside(self, text: str) -> str:
        """Return a sentence with what is said of the open question."""
        return f"{text} {self._open.reminder}".strip() if text and self._open is not None else text
