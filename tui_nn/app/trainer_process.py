"""The trainer process: a Session between two pipes. It leaves when its parent closes its end, or dies."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Sequence
from typing import Any, cast

from tui_nn.data import DatasetSpec
from tui_nn.data.registry import keep
from tui_nn.settings.config import Config
from tui_nn.training.commands import Command, CompareRuns
from tui_nn.training.comparing.session import ComparisonSession
from tui_nn.training.remote.frames import Unpacker, pack
from tui_nn.training.session import Message, Session
from tui_nn.views.compare.look import compared_looks
from tui_nn.views.looks import new_looks

READ_BYTES = 1 << 20
CHECKPOINT_EVERY_S = 1.0


class Pipes:
    """Receives commands on one file descriptor and publishes messages on another."""

    def __init__(self, commands_fd: int, messages_fd: int) -> None:
        self._commands_fd, self._messages_fd = commands_fd, messages_fd
        self._unpacker = Unpacker()
        self._pending: list[Command] = []

    def first(self) -> Config | CompareRuns:
        """Wait for what to begin with; leave at end of file."""
        while True:
            frames = self._read()
            if frames is None:
                raise SystemExit(0)
            if frames:
                self._pending = frames[1:]
                return cast("Config | CompareRuns", frames[0])

    def receive(self, wait_s: float | None) -> Sequence[Command] | None:
        """Return the commands that have arrived, waiting if asked to."""
        if self._pending:
            pending, self._pending = self._pending, []
            return pending
        if select.select([self._commands_fd], [], [], wait_s)[0]:
            return self._read()
        return ()

    def publish(self, message: Message) -> None:
        """Write one message; leave if nobody reads any more."""
        frame = memoryview(pack(message))
        try:
            while frame:
                frame = frame[os.write(self._messages_fd, frame) :]
        except BrokenPipeError:
            raise SystemExit(0) from None

    def _read(self) -> list[Any] | None:
        """Return the frames that have come but a person's own data, which is kept; None at end of file."""
        data = os.read(self._commands_fd, READ_BYTES)
        return [frame for frame in self._unpacker.feed(data) if not _is_kept(frame)] if data else None


def _is_kept(frame: Any) -> bool:
    """Keep a person's own data, so that settings in later frames can name it; return whether it is that."""
    if isinstance(frame, DatasetSpec):
        keep(frame)
    return isinstance(frame, DatasetSpec)


def main() -> None:
    """Serve one session on standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(2)
    messages_fd = os.dup(1)
    os.dup2(2, 1)
    pipes = Pipes(0, messages_fd)
    session_of(pipes.first()).run(pipes.receive, pipes.publish)


def session_of(first: Config | CompareRuns) -> Session | ComparisonSession:
    """Return what owns one run, or several that are compared."""
    if isinstance(first, CompareRuns):
        return ComparisonSession(first, looks=compared_looks(), checkpoint_every_s=CHECKPOINT_EVERY_S)
    return Session(first, checkpoint_every_s=CHECKPOINT_EVERY_S, pauses_on_explosion=True, looks=new_looks())


if __name__ == "__main__":
    main()
    sys.exit(0)
