"""Questions in a line: one key accepts; any other refuses, does its own work, and the question is gone."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_nn.training.remote.run import YES

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp

Do = Callable[[], object]
ASKED_S = 3.0
"""A second q or ctrl+c within so many seconds quits."""


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
        self._beside = ""
        """What else was said since the question."""

    @property
    def is_open(self) -> bool:
        """Whether the next key answers."""
        return self._open is not None

    def ask(self, words: str, accept: Do) -> None:
        """Ask something that YES accepts."""
        self.put(words, Question(accept), is_warning=True)

    def put(self, words: str, question: Question, is_warning: bool = False) -> None:
        """Ask something; the question before is forgotten."""
        self._open, self._beside = None, ""
        self._tell(words, is_warning)
        self._open = question

    def take(self, key: str) -> bool:
        """Take a key for the answer; return whether it has no other work to do."""
        question, self._open = self._open, None
        if question is None:
            return False
        self._tell(self._beside, False)  # what no key answers any more does not stay
        is_yes = key == question.key
        (question.accept if is_yes else question.refuse)()
        return is_yes

    def beside(self, text: str) -> str:
        """Return a sentence with what is said of the open question."""
        if self._open is None:
            return text
        self._beside = text
        return f"{text} {self._open.reminder}".strip()


class Quitting:
    """Asks at the first key and quits at the second."""

    def __init__(self, app: PlaygroundApp) -> None:
        self._app = app
        self._is_asked = False

    def leave(self) -> None:
        """Quit; ask first where something would be lost, and there is room to ask."""
        app = self._app
        would_lose = any(run.is_worth_writing for _, run in app.navigation.own.runs)
        if self._is_asked or not would_lose or app.shown.has_class("-tiny"):
            app.exit(0)
        else:
            self._ask("Run not saved. q: quit anyway, w: save, W: save with history.")

    def interrupt(self) -> None:
        """Ask at the first ctrl+c, quit at the second."""
        if self._is_asked:
            self._app.exit(128 + signal.SIGINT)
        self._ask("Press ctrl+c again to quit, or any other key to continue.")

    def _ask(self, question: str) -> None:
        self._is_asked = True
        self._app.set_timer(ASKED_S, self._forget)
        self._app.tell(question, is_warning=True)

    def _forget(self) -> None:
        self._is_asked = False
