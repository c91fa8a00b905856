"""The app's side of a session: speaks with the trainer process, keeps its last checkpoint, starts it anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import Command, CompareRuns, Restore
from tui_nn.training.remote.link import Link
from tui_nn.training.snapshot import Notice, Snapshot

if TYPE_CHECKING:
    from tui_nn.training.comparing.kept import KeptRuns
    from tui_nn.training.session import Message

ANSWER_S = 3.0
"""A trainer that is silent for so many seconds is said not to answer."""


class Client:
    """One conversation with a trainer that can be lost and started again."""

    def __init__(self, link: Link, config: Config | CompareRuns) -> None:
        self._link, self._config = link, config
        self._checkpoint: Checkpoint | None = None
        self.handed_over: Checkpoint | None = None
        """The last moment of the run that the trainer has sent: it changed since it was opened."""
        self.kept_runs: KeptRuns | None = None
        """Where the runs of a comparison were last; None: that is not known."""
        self._n_begun = 1
        """Comparisons that this trainer was told to begin."""
        self.is_lost = False
        """Whether the trainer is gone; `revive` starts another one."""

    def send(self, command: Command) -> None:
        """Send a command to the trainer."""
        if isinstance(command, Restore):
            self._checkpoint = command.checkpoint
        elif isinstance(command, CompareRuns):
            self._n_begun, self.kept_runs = self._n_begun + 1, None
        self._link.send(command)

    async def listen(
        self,
        on_snapshot: Callable[[Snapshot], None],
        on_notice: Callable[[Notice], None],
        on_lost: Callable[[str], None],
    ) -> None:
        """Hand on what the trainer says until it is gone; then say how it ended."""
        async for message in self._link.messages():
            self._take(message, on_snapshot, on_notice)
        self.is_lost = True
        on_lost(self._link.last_words())

    def revive(self) -> int:
        """Start another trainer from the last checkpoint; return the step it goes on from."""
        self._link.close()
        config = self._checkpoint.config if self._checkpoint else self._config
        self._link = Link(config)
        self.is_lost, self._n_begun = False, 1
        if self._checkpoint is None:
            return 0
        self.send(Restore(self._checkpoint))
        return self._checkpoint.step

    def dismiss(self) -> None:
        """Tell the trainer to leave, without waiting for it."""
        self._link.dismiss()

    def close(self) -> None:
        """End the trainer."""
        self._link.close()

    def _take(
        self,
        message: Message,
        on_snapshot: Callable[[Snapshot], None],
        on_notice: Callable[[Notice], None],
    ) -> None:
        if isinstance(message, Checkpoint):
            self._checkpoint = self.handed_over = message
        elif isinstance(message, Snapshot):
            on_snapshot(message)
        elif isinstance(message, Notice):
            on_notice(message)
        elif message.begun == self._n_begun:  # else it is of runs that others have taken the place of
            self.kept_runs = message


async def next_answer(
    snapshots: asyncio.Queue[Snapshot | None], tell: Callable[[str, bool], None]
) -> Snapshot | None:
    """Wait for the trainer; say so where it takes long, and take that back when it answers."""
    answer = asyncio.ensure_future(snapshots.get())
    try:
        if not (await asyncio.wait([answer], timeout=ANSWER_S))[0]:
            tell("The trainer does not answer; ctrl+q leaves.", True)
            if await answer is not None:
                tell("The trainer answers again.", False)
        return await answer
    finally:
        answer.cancel()
