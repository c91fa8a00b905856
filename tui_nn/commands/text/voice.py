"""What is said, line by line: answers at once, and what nobody asked for at most once a second.

It only ever appends. What is held back is not lost: `news` says it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tui_nn.commands.text.spoken import spoken

PAUSE_S = 1.0
"""From one line that nobody asked for to the next."""
MOST_HELD = 50


@dataclass(frozen=True)
class News:
    """A line that nobody asked for."""

    text: str
    topic: str = ""
    """A later line of the same topic takes its place while it waits; empty: none does."""


class Voice:
    """Says lines.

    write: takes one line without its end. clock: seconds that grow.
    """

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._write, self._clock = write, clock
        self._held: deque[News] = deque(maxlen=MOST_HELD)
        self._said_at = -PAUSE_S
        self.is_answering = False
        self._answer: list[str] = []
        self.is_quiet = False
        """Whether what nobody asked for waits until it is asked for."""

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Take what is said for the answer to what was typed."""
        before, self.is_answering = self.is_answering, True
        try:
            yield
        finally:
            self.is_answering = before

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Take what is said meanwhile for news: the answer is waited for."""
        before, self.is_answering = self.is_answering, False
        try:
            yield
        finally:
            self.is_answering = before

    def begin_answer(self) -> None:
        """Forget the answer before: another one comes."""
        self._answer = []

    @property
    def answer(self) -> tuple[str, ...]:
        """What was answered last."""
        return tuple(self._answer)

    def say(self, *lines: str) -> None:
        """Say lines that were asked for, at once."""
        for line in lines:
            self.say_as_it_is(spoken(line))

    def say_as_it_is(self, line: str) -> None:
        """Say a line that was asked for with its glyphs."""
        if line:
            self._answer.append(line)
            self._write(line)

    def tell(self, text: str, topic: str = "") -> None:
        """Say a sentence: at once where it belongs to an answer, else when its turn comes."""
        if self.is_answering:
            self.say(text)
            return
        if topic:
            kept = [news for news in self._held if news.topic != topic]
            self._held = deque(kept, maxlen=MOST_HELD)
        if line := spoken(text):
            self._held.append(News(line, topic))
        self.take_turn()

    def take_turn(self) -> None:
        """Say one line that waits, if a second has passed since the last one."""
        now = self._clock()
        if self._held and not self.is_quiet and now - self._said_at >= PAUSE_S:
            self._said_at = now
            self._write(self._held.popleft().text)

    def say_news(self) -> None:
        """Say all that waits."""
        if not self._held:
            self.say("Nothing new.")
        while self._held:
            self.say_as_it_is(self._held.popleft().text)
