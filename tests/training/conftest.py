"""A clock that goes as a test wants, and the other end of a session, scripted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tui_nn.training.commands import Command
from tui_nn.training.session import Message, Session


class FakeClock:
    """Shows `now`, which grows by `tick_s` at every look."""

    def __init__(self, tick_s: float = 0.0) -> None:
        self.now, self.tick_s = 0.0, tick_s

    def __call__(self) -> float:
        self.now += self.tick_s
        return self.now


class Script:
    """Receives for a session what is written down, and keeps what it publishes.

    A command is sent at once, a number lets the session go so many rounds, "pause" waits for its standstill.
    """

    def __init__(self, *lines: Command | int | str) -> None:
        self._lines = list(lines)
        self.messages: list[Message] = []

    def receive(self, wait_s: float | None) -> Sequence[Command] | None:
        if not self._lines:
            return None
        line = self._lines[0]
        if line == "pause":
            if wait_s is None:
                del self._lines[0]
            return ()
        if isinstance(line, int):
            self._lines[0] = line - 1
            if line <= 1:
                del self._lines[0]
            return ()
        return [self._lines.pop(0)]

    def publish(self, message: Message) -> None:
        self.messages.append(message)


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still until a test moves it."""
    return FakeClock()


@pytest.fixture
def ticking() -> Callable[[float], FakeClock]:
    """Return a maker of clocks that go on by so many seconds at every look."""
    return FakeClock


@pytest.fixture
def play() -> Callable[..., list[Message]]:
    """Return a function that runs a session through a script and returns what it published."""

    def run(session: Session, *lines: Command | int | str) -> list[Message]:
        script = Script(*lines)
        session.run(script.receive, script.publish)
        return script.messages

    return run
