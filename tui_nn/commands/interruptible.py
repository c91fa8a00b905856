"""Signals end a run instead of the process, so that its record is printed and its file is written."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interruptible:
    """Notes which signal came."""

    def __init__(self) -> None:
        self.signal = 0
        """Its number; 0 for none."""

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let signals end the run instead of the process; those that `nohup` has muted stay so."""

        def note(number: int, _: FrameType | None) -> None:
            self.signal = number

        heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, note) for number in heard}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
