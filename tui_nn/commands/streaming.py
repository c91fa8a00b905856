"""`tui-nn train --stream`: the run as lines of JSON while it trains; watching changes none of its bits."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from tui_nn.commands.events import NewMoments, complete, connected, in_a_line, pause_moment, update
from tui_nn.commands.interruptible import Interruptible
from tui_nn.commands.parts import FoundParts, PartsRequest
from tui_nn.files.visible import hand_on
from tui_nn.training.commands import Command, RequestSnapshot, RunEpochs, RunSteps
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest

LINES_PER_S = 10
IN_UPDATES = ("activations", "gradients")
"""Parts that each update holds; the others stand in the last line alone."""


class Streamer(Interruptible):
    """The session's other end: writes updates every so many steps, or ten times a second, and the moments."""

    def __init__(
        self,
        session: Session,
        epochs: int,
        every: int | None,
        parts: Sequence[str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._session, self._epochs, self._every = session, epochs, every
        names = tuple(name for name in parts if name in IN_UPDATES)
        self._look = RequestSnapshot(ViewRequest(looks=(PartsRequest(names),) if names else (), moments=True))
        self._clock, self._look_at = clock, clock() + 1 / LINES_PER_S
        self._moments = NewMoments()
        self._told_step: int | None = None
        self._first_step = session.trainer.step
        self._has_ended = False
        self._trouble: OSError | None = None
        self._write(connected(session.trainer))

    def receive(self, wait_s: float | None) -> Sequence[Command] | None:
        """Ask for the next part; a session that would wait for ever has finished one."""
        if self.signal or self._has_ended or self._trouble is not None:
            return None
        if wait_s is None:
            return self._next_part()
        now = self._clock()
        if self._every is not None or now < self._look_at:
            return ()
        self._look_at = now + 1 / LINES_PER_S
        return [self._look]

    def publish(self, message: Message) -> None:
        """Write what the session says as lines of JSON."""
        if not isinstance(message, Snapshot):
            return
        for moment in self._moments.of(message.moments):
            self._write(pause_moment(moment, is_paused=False))
        parts = message.reply(FoundParts)
        self._write({**update(message), **({} if parts is None else parts.values)})
        self._told_step = message.step
        if message.status in (Status.DIVERGED, Status.STOPPED):
            self._has_ended = True

    def end(self, record: dict[str, Any]) -> None:
        """Write the last line, and an update before it where the last one was of an earlier step.

        Raises OSError where a line could not be written: nobody reads any more, or a disk is full.
        """
        if self._told_step != self._session.trainer.step:
            self.publish(self._session.snapshot(self._look.request))
        self._write(complete(record))
        if self._trouble is not None:
            raise self._trouble

    def _next_part(self) -> list[Command]:
        trainer = self._session.trainer
        is_new = trainer.step not in (self._told_step, self._first_step)
        look: list[Command] = [self._look] if is_new else []
        is_over = self._session.status in (Status.STOPPED, Status.DIVERGED)
        if is_over or trainer.epoch >= self._epochs:
            self._has_ended = True
            return look
        if self._every is None or trainer.batches.steps_until(self._epochs) <= self._every:
            return [*look, RunEpochs(self._epochs - trainer.epoch)]
        return [*look, RunSteps(self._every)]

    def _write(self, record: dict[str, Any]) -> None:
        if self._trouble is not None:
            return
        try:
            hand_on(in_a_line(record) + "\n")
        except OSError as error:
            self._trouble = error  # the run ends, and is kept, before this is said
