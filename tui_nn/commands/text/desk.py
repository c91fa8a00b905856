"""What a person works at in text mode: the runs, what is read aloud of them, what waits for an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.commands.text.choices import Choice, Choices
from tui_nn.commands.text.key_words import in_words
from tui_nn.commands.text.state import state_words
from tui_nn.commands.text.typed import Typed
from tui_nn.commands.text.voice import Voice
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.example import FIRST_EXAMPLE, Example
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.keeper import Keeper
from tui_nn.training.remote.link import Link
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.drawing.board import DrawingBoard

if TYPE_CHECKING:
    from tui_nn.commands.text.lesson import TextLesson
    from tui_nn.lessons.course_book import CourseBook
    from tui_nn.views.sweep.values import SweepReader
    from tui_nn.views.walk.values import Walk

LOOK_S = 0.1
"""So often a run that trains is looked at."""
NEWEST = 1 << 62
"""A version of the data that no run has: none are sent."""
PLAYGROUND, DIGITS, COMPARISON, LESSON = "playground", "digits", "comparison", "lesson"

Answer = Callable[[str], Awaitable[None] | None]


@dataclass
class Walked:
    """A walk that is read stage by stage."""

    walk: Walk
    stage: int = 0


class Desk:
    """The state of one session in text mode; what is done with it is in the table of actions."""

    def __init__(self, config: Config, client: Client, voice: Voice, typed: Typed, keeper: Keeper) -> None:
        self.voice, self.typed, self.keeper = voice, typed, keeper
        self.of_app = config
        """The settings of who sits here."""
        self.runs: dict[str, Run] = {}
        self.place = PLAYGROUND if config.image_shape is None else DIGITS
        """Which run is worked at."""
        self.example: Example = FIRST_EXAMPLE
        self.walked: Walked | None = None
        self.space_layer = 1
        """The layer whose space is looked at."""
        self.space_pair: tuple[int, int] | None = None
        self.boards: dict[tuple[int, int], DrawingBoard] = {}
        self.lesson: TextLesson | None = None
        self.lessons_folder: Path | None = None
        self.book: CourseBook | None = None
        self.sweep: SweepReader | None = None
        """The sweep that is told of, once a journal was opened."""
        self.former = ""
        """The place that a lesson or a comparison was begun from."""
        self.choices: Choices | None = None
        """What a bare number takes."""
        self.awaited: Answer | None = None
        """What takes the next line, whatever it says."""
        self.status: int | None = None
        """What the program leaves with; None while it goes on."""
        self.is_asked_for = False
        """Whether a person leaves who was asked."""
        self.left = asyncio.Event()
        self.is_awaited = False
        """Whether the end of a training is waited for: then it is no news."""
        self.every_s = 10.0
        """Seconds between two lines of a training that goes on."""
        self.looking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self.seen: Snapshot | None = None
        self.add(self.place, config, client)

    # -- runs

    @property
    def run(self) -> Run:
        """The run that is worked at."""
        return self.runs[self.place]

    @property
    def is_training(self) -> bool:
        """Whether it trains."""
        return self.run.status is Status.RUNNING

    def add(self, place: str, config: Config, client: Client) -> Run:
        """Make a run whose trainer is there."""
        return self.adopt(place, Run(client, config, tell=self.tell, ask=self.ask, changed=lambda: None))

    def adopt(self, place: str, run: Run) -> Run:
        """Let a run be one of those that can be worked at."""
        self.runs[place] = run
        self.begin(run.listen())
        return run

    def begin(self, work: Awaitable[None]) -> None:
        """Let something go on beside what is typed."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.failed = task.exception()
            self.leave(1)

    failed: BaseException | None = None
    """What went wrong beside what was typed: a bug."""

    async def go_to(self, place: str) -> None:
        """Work at another run; the one before pauses."""
        if place == self.place:
            return
        if self.is_training:
            self.run.status = Status.PAUSED
            self.run.send(do.Pause())
        if place not in self.runs:
            self._open(place)
        self.place, self.walked = place, None
        await self.see()

    def _open(self, place: str) -> None:
        """Start a trainer; digits begin with the network that ships."""
        from tui_nn.training.shipped import digits_config, shipped_parameters

        is_digits = place.endswith(DIGITS)
        config = digits_config() if is_digits else Config()
        config = config.replace(speed=self.of_app.speed)
        run = self.add(place, config, Client(Link(config), config))
        shipped = shipped_parameters() if is_digits else None
        if shipped is not None:
            run.send(shipped)

    # -- looking

    async def see(self, *looks: object, history: bool = False, points: bool = False) -> Snapshot | None:
        """Return the present moment of the run with what is asked of it; None if its trainer is gone."""
        async with self.looking:
            run, lesson = self.run, self.lesson
            request = ViewRequest(looks=looks, history=history, known_data=-1 if points else NEWEST)
            if lesson is not None:
                request = lesson.request(request)
            snapshot = await run.fetch(request)
            if snapshot is not None:
                self.seen = snapshot
                if lesson is not None:
                    lesson.see(snapshot)
            return snapshot

    async def rest(self, seconds: float | None = None) -> None:
        """Wait until the run trains no more, for so many seconds at most.

        On a terminal a line that is typed meanwhile ends it: it is for the run as it trains.
        """
        await self._rest(seconds)
        if self.lesson is not None:
            self.lesson.say_what_came()

    async def _rest(self, seconds: float | None) -> None:
        clock = asyncio.get_running_loop().time
        until = None if seconds is None else clock() + seconds
        with self.voice.waiting(), self._awaiting():
            while await self.see() is not None and self.is_training and self.status is None:
                is_interrupted = self.typed.is_terminal and self.typed.is_waiting
                if is_interrupted or (until is not None and clock() >= until):
                    return
                await asyncio.sleep(LOOK_S)

    @contextmanager
    def _awaiting(self) -> Iterator[None]:
        """Let the end of a training be said by who waits for it."""
        self.is_awaited = True
        try:
            yield
        finally:
            self.is_awaited = False

    async def watch(self) -> None:
        """Tell how a training goes on, for ever, while nobody asks."""
        clock = asyncio.get_running_loop().time
        told_at = clock()
        while True:
            await asyncio.sleep(LOOK_S)
            self.voice.take_turn()
            if not self.is_training or self.is_awaited:
                told_at = clock()
                continue
            snapshot = await self.see()
            if snapshot is None or self.is_awaited:
                continue
            if snapshot.status is not Status.RUNNING:
                self.voice.tell(f"Training rests: {state_words(snapshot)}", topic="training")
            elif clock() - told_at >= self.every_s:
                told_at = clock()
                self.voice.tell(state_words(snapshot), topic="training")

    # -- saying and asking

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Say a sentence of the program, with words for the keys that it names."""
        self.voice.tell(in_words(text))

    def say(self, *lines: str) -> None:
        """Answer."""
        self.voice.say(*lines)

    def offer(self, title: str, entries: Sequence[Choice]) -> None:
        """Let a number choose."""
        self.choices = Choices(title, entries)
        self.say(*self.choices.begin())

    def ask(self, words: str, accept: Callable[[], object]) -> None:
        """Ask what yes accepts; anything else refuses and is done itself."""
        self.tell(words)
        self.tell("yes or no?")
        self.question = accept

    question: Callable[[], object] | None = None
    """What yes accepts."""
    refused: Callable[[], object] | None = None
    """What is done where it is not accepted."""
    is_asked_to_leave = False
    """Whether another ctrl+c leaves."""

    async def next_line(self) -> str | None:
        """Return what is typed next; None at the end, or when the program is left."""
        line, left = asyncio.ensure_future(self.typed.next()), asyncio.ensure_future(self.left.wait())
        await asyncio.wait([line, left], return_when=asyncio.FIRST_COMPLETED)
        for task in (line, left):
            if not task.done():
                task.cancel()
        return line.result() if line.done() and not line.cancelled() else None

    def await_text(self, words: str, take: Answer) -> None:
        """Let the next line be an answer to what is asked."""
        self.awaited = take
        self.say(words)

    def leave(self, status: int, is_asked_for: bool = False) -> None:
        """End the session."""
        if self.status is None:
            self.status, self.is_asked_for = status, is_asked_for
        self.left.set()

    def stop_working(self) -> None:
        """Stop what goes on beside what is typed."""
        for task in self._tasks:
            task.cancel()

    @property
    def kept(self) -> Mapping[str, Run]:
        """The runs that a person would miss: not those of lessons and comparisons."""
        return {place: run for place, run in self.runs.items() if place in (PLAYGROUND, DIGITS)}
