"""Keeps the runs of a session every few seconds, and offers the next session what the last one lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.files.errors import FileError
from tui_nn.training.remote.kept_runs import KeptRuns

if TYPE_CHECKING:
    from tui_nn.training.checkpoint import Checkpoint
    from tui_nn.training.remote.run import Run

EVERY_S = 3.0
"""A run that changes is written at most so often."""
LOOK_S = 0.5
REST = 20
"""A run is not written again for so many times as long as writing it took."""
LAST_S = 0.25
"""So long the end of a session waits for its last moment to be written."""

Tell = Callable[[str, bool], None]
Runs = Callable[[], Iterable[tuple[str, "Run"]]]
"""Gives the runs there are by name."""


@dataclass(frozen=True)
class Lost:
    """A run that nobody has written, of a session that has ended."""

    path: Path
    words: str
    """Which it is."""
    screen: str
    """The one that shows it."""


class Keeper:
    """One session's end of the folder of kept runs; what blocks runs in a thread."""

    def __init__(self, folder: Path) -> None:
        self._kept = KeptRuns(folder)
        self._written: dict[str, Checkpoint] = {}
        self._adopted: set[str] = set()
        self._complaints: set[str] = set()

    async def run(self, runs: Runs, tell: Tell) -> None:
        """Write what has changed, for ever."""
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(LOOK_S)
            for name, run in list(runs()):
                began = clock()
                if not await self._keep(name, run, tell):
                    continue
                await asyncio.sleep(max(EVERY_S, REST * (clock() - began)) - LOOK_S)

    async def _keep(self, name: str, run: Run, tell: Tell) -> bool:
        """Write a run if it has changed; return whether it was tried."""
        checkpoint = run.client.handed_over
        if checkpoint is None or self._written.get(name) is checkpoint:
            return False
        self._written[name] = checkpoint
        try:
            await asyncio.to_thread(self._kept.keep, checkpoint, name)
        except FileError as error:
            if name not in self._complaints:
                self._complaints.add(name)
                tell(f"This run is not kept by itself: {error.why}. w saves it.", True)
        return True

    async def find(self) -> Lost | None:
        """Return the newest run that the last sessions have lost."""
        return await asyncio.to_thread(self._find)

    def _find(self) -> Lost | None:
        while (found := self._kept.lost()) is not None:
            from tui_nn.engine import EngineError  # a start that has nothing to offer waits for no module
            from tui_nn.training.saved_run import load_run

            path, age_s = found
            try:
                checkpoint = load_run(path).checkpoint()
            except (EngineError, FileError):
                self._kept.put_away(path)
                continue
            config = checkpoint.config
            screen = "playground" if config.image_shape is None else "digits"
            return Lost(path, f"{config.dataset}, step {checkpoint.step:,}, {age(age_s)} ago", screen)
        return None

    def refuse(self, lost: Lost) -> None:
        """Offer a run no more."""
        self._kept.put_away(lost.path)

    def adopt(self, lost: Lost, name: str) -> Path:
        """Take a lost run over; return where it lies now. Raises FileError."""
        self._adopted.add(name)
        return self._kept.adopt(lost.path, name)

    async def end(self, runs: Runs, is_asked_for: bool) -> None:
        """Write the last moments, and forget what nobody would miss.

        is_asked_for: a person has left, whom the app asks before something is lost.
        """

        async def last() -> None:
            for name, run in list(runs()):
                if is_asked_for and not run.is_worth_writing and name not in self._adopted:
                    await asyncio.to_thread(self._kept.drop, name)
                else:
                    await self._keep(name, run, lambda words, is_warning: None)

        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(last(), LAST_S)
        self._kept.close()


def age(seconds: float) -> str:
    """Return a span of time in one unit."""
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{int(seconds)} s"
