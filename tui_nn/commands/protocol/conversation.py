"""The session's other end for programs: requests are answered in order, events are told to everybody.

It never waits while the network trains, and answers for some milliseconds between two slices of training.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

from tui_nn.commands.events import NewMoments, complete, connected, in_a_line, pause_moment, update
from tui_nn.commands.interruptible import Interruptible
from tui_nn.commands.protocol.doing import DOING, ENDS_A_RUN, REFUSALS
from tui_nn.commands.protocol.driven import Doing, Driven
from tui_nn.commands.protocol.peers import TOO_LONG, Doors, Peer
from tui_nn.commands.protocol.requests import RefusedError, read_request
from tui_nn.training.commands import Command, Pause
from tui_nn.training.record import make_record
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Status

UPDATES_PER_S = 10
ANSWERING_S = 0.005
"""So long requests are answered before training goes on."""
LAST_WORDS_S = 2.0
"""Who does not read its last lines at a socket for so long is left."""


class Conversation(Interruptible):
    """Drives one session as its peers ask."""

    def __init__(self, session: Session, doors: Doors, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._run, self._doors, self._clock = Driven(session), doors, clock
        self._moments = NewMoments()
        self._update_at = 0.0
        self._is_under_way = False
        self._has_quit = False
        for peer in doors.peers:
            self._greet(peer)

    def publish(self, message: Message) -> None:
        """Tell the peers what the session says."""
        self._run.publish(message)

    def receive(self, wait_s: float | None) -> Iterator[Command] | None:
        """Yield the commands that requests need, and answer each when it was obeyed."""
        if self._has_quit:
            self._see_off()
            return None
        if self._is_under_way and not self._run.is_training:
            return self._end_run()
        if self.signal or self._is_left:
            return self._leave()
        if not self._doors.has_lines:
            self._doors.wait(self._patience(wait_s))
        else:
            self._doors.wait(0.0)
        while self._doors.newcomers:
            self._greet(self._doors.newcomers.pop(0))
        return self._turn()

    @property
    def _is_left(self) -> bool:
        """Whether nobody can ask any more, and no run with an end is waited for."""
        is_awaited = self._run.is_training and self._run.last_epoch is not None
        is_heard = any(not peer.is_gone for peer in self._doors.peers)
        return self._doors.is_closed and not (is_awaited and is_heard)

    def _patience(self, wait_s: float | None) -> float | None:
        if not self._run.is_training:
            return wait_s
        until_update = max(0.0, self._update_at - self._clock())
        return until_update if wait_s is None else min(wait_s, until_update)

    def _turn(self) -> Iterator[Command]:
        began = self._clock()
        if self._run.is_training and began >= self._update_at:
            self._update_at = began + 1 / UPDATES_PER_S
            yield from self._tell()
        while self._doors.has_lines and not self._has_quit and self._clock() - began < ANSWERING_S:
            for peer in self._doors.peers:
                if peer.lines and not self._has_quit:
                    answer = yield from self._answer(peer.lines.popleft())
                    peer.answer(in_a_line(answer))
        self._doors.flush()

    def _answer(self, line: bytes | None) -> Doing[dict[str, Any]]:
        asked: Any = None
        try:
            asked = _parse(line)
            request, fields = read_request(asked)
            if request.name in ENDS_A_RUN and self._is_under_way:
                yield from self._interrupt()
            answer = yield from DOING[request.name](self._run, fields)
        except REFUSALS as error:
            return {"id": _id(asked), "ok": False, "error": str(error)}
        if request.name == "start":
            self._is_under_way, self._update_at = True, self._clock() + 1 / UPDATES_PER_S
        self._has_quit |= request.name == "quit"
        return {"id": _id(asked), "ok": True, **answer}

    def _tell(self) -> Doing[Status]:
        """Tell how the run stands, and what was noticed."""
        snapshot = yield from self._run.look()
        pauses = () if self._run.is_training else snapshot.config.pause_on
        for moment in self._moments.of(snapshot.moments):
            self._event(pause_moment(moment, is_paused=moment.kind in pauses))
        self._event(update(snapshot))
        return snapshot.status

    def _end_run(self) -> Iterator[Command]:
        """Tell how a run ended that ended by itself; one that waits at a moment has not."""
        self._is_under_way = False
        status = yield from self._tell()
        run = self._run
        if status is Status.DIVERGED:
            self._complete("diverged")
        elif status is Status.STOPPED:
            self._complete("stopped")
        elif run.last_epoch is not None and run.trainer.epoch >= run.last_epoch:
            self._complete("finished")
        self._doors.flush()

    def _interrupt(self) -> Doing[None]:
        """End a run under way."""
        self._is_under_way = False
        yield from self._run.obey(Pause())
        yield from self._tell()
        self._complete("interrupted")

    def _leave(self) -> Iterator[Command]:
        if self._is_under_way:
            yield from self._interrupt()
        self._has_quit = True

    def _complete(self, status: str) -> None:
        trainer = self._run.trainer
        self._event(complete(make_record(trainer, trainer.measure(), self._run.training_seconds, status)))

    def _greet(self, peer: Peer) -> None:
        peer.tell(in_a_line(connected(self._run.trainer)))

    def _event(self, record: dict[str, Any]) -> None:
        line = in_a_line(record)
        for peer in self._doors.peers:
            peer.tell(line)

    def _see_off(self) -> None:
        """Let everybody read the last lines: one on a pipe as slowly as it likes, unless a signal came."""
        until = time.monotonic() + LAST_WORDS_S
        while any(peer.is_waiting for peer in self._doors.peers):
            if time.monotonic() > until and (self.signal or self._doors.is_open):
                return
            self._doors.wait(LAST_WORDS_S)


def _parse(line: bytes | None) -> Any:
    """Return the message of a line; raise RefusedError."""
    if line is TOO_LONG:
        raise RefusedError("the line is too long: over 16 MB")
    try:
        return json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise RefusedError("this is no JSON: one object a line, finite numbers, UTF-8") from None


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _id(message: Any) -> Any:
    """Return the id of a request, if it is a text or a number."""
    found = message.get("id") if isinstance(message, dict) else None
    is_name = isinstance(found, (str, int, float)) and not isinstance(found, bool)
    return found if is_name else None
