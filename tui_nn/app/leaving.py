"""Sees to it that a process that is to end does: if it has not by a deadline, it is ended from a thread.

What keeps an app alive is often out of its hands: a terminal that takes no more output, a call that does not
return, a trainer in the middle of a long step.
"""

from __future__ import annotations

import os
import termios
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, sleep

LAST_WORDS_POLL_S = 0.005


class Deadline:
    """Ends the process when it is reached; may be set from signal handlers and from any thread."""

    def __init__(self, let_go: Callable[[], None]) -> None:
        self._let_go = let_go
        self._orders: SimpleQueue[tuple[float, int] | None] = SimpleQueue()
        self._thread = Thread(target=self._wait, name="deadline", daemon=True)
        self._thread.start()

    def set(self, seconds: float, status: int) -> None:
        """End the process with this status in so many seconds, if no earlier deadline is set."""
        self._orders.put((monotonic() + seconds, status))

    def lift(self) -> None:
        """Let the process live: the app has ended. Does not return if the deadline was reached before."""
        self._orders.put(None)
        self._thread.join()

    def _wait(self) -> None:
        order = self._orders.get()
        while order is not None:
            moment, status = order
            try:
                next_order = self._orders.get(timeout=max(0.0, moment - monotonic()))
            except Empty:
                try:
                    self._let_go()
                finally:
                    os._exit(status)
            order = None if next_order is None else min(order, next_order)


def write_last_words(descriptor: int, words: bytes, patience_s: float) -> None:
    """Write to a terminal as far as it takes output within so many seconds; nothing comes after it.

    Another thread can be in the middle of writing: a terminal lets one write in at a time, so that ours would
    wait for that one, which waits for whoever reads. None of them waits in this mode; what the terminal has
    not shown yet is taken back to make room. What this process writes later goes nowhere.
    """
    own, nowhere = os.dup(descriptor), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.set_blocking(own, False)
    end, n_written = monotonic() + patience_s, 0
    try:
        while n_written < len(words) and monotonic() < end:
            if not n_written:
                termios.tcflush(own, termios.TCOFLUSH)
                termios.tcsetattr(own, termios.TCSANOW, termios.tcgetattr(own))  # wakes the one that waits
            try:
                n_written += os.write(own, words[n_written:])
            except BlockingIOError:
                sleep(LAST_WORDS_POLL_S)
    finally:
        os.set_blocking(own, True)  # others share this state
