"""Sees to it that a process that is to end does: if it has not by a deadline, it is ended from a thread.

What keeps an app alive is often out of its hands: a terminal that takes no more output, a call that does not
return, a trainer in the middle of a long step.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic


class Deadline:
    """Ends the process when it is reached; may be set from signal handlers and from any thread."""

    def __init__(self, let_go: Callable[[], None]) -> None:
        self._let_go = let_go
        self._orders: SimpleQueue[tuple[float, int] | None] = SimpleQueue()
        Thread(target=self._wait, name="deadline", daemon=True).start()

    def set(self, seconds: float, status: int) -> None:
        """End the process with this status in so many seconds, if no earlier deadline is set."""
        self._orders.put((monotonic() + seconds, status))

    def lift(self) -> None:
        """Let the process live: the app has ended."""
        self._orders.put(None)

    def _wait(self) -> None:
        order = self._orders.get()
        while order is not None:
            moment, status = order
            try:
                next_order = self._orders.get(timeout=max(0.0, moment - monotonic()))
            except Empty:
                self._let_go()
                os._exit(status)
            order = None if next_order is None else min(order, next_order)
