"""The one door for what is typed: keys and pastes pass one at a time, in their order.

A key can open something that takes the keyboard: a field, a list, a page, another screen. Until that is done
the keys behind it wait, however many arrive in one read; so each is for what is on the screen by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.events import Key, Paste
from textual.message_pump import MessagePump

PATIENCE_S = 3.0
"""What a key has begun and is not done by then does not hold up the next one."""
POLL_S = 0.001
QUICK_POLLS = 20
"""So often the loop is let round before time is let pass."""

HandOn = Callable[[Key | Paste], Awaitable[None]]


class Turnstile:
    """Hands on one event after the other, each when what the one before it began is done."""

    def __init__(self, hand_on: HandOn, is_open: Callable[[], bool], is_at_rest: Callable[[], bool]) -> None:
        self._hand_on, self._is_open, self._is_at_rest = hand_on, is_open, is_at_rest
        self._waiting: asyncio.Queue[Key | Paste] = asyncio.Queue()
        self._is_turning = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits, and what was handed on last is done."""
        return self._waiting.empty() and not self._is_turning

    def take(self, event: Key | Paste) -> None:
        """Let an event wait for its turn."""
        self._waiting.put_nowait(event)

    async def run(self) -> None:
        """Hand on for ever."""
        while True:
            event = await self._waiting.get()
            self._is_turning = True
            await _until(self._is_open, float("inf"))
            await self._hand_on(event)
            await _until(self._is_at_rest, PATIENCE_S)
            self._is_turning = False


async def _until(is_so: Callable[[], bool], patience_s: float) -> None:
    """Wait until something is so, at most so many seconds."""
    clock = asyncio.get_running_loop().time
    end = clock() + patience_s
    n_polls = 0
    while not is_so() and clock() < end:
        n_polls += 1
        await asyncio.sleep(POLL_S if n_polls > QUICK_POLLS else 0)


def is_at_rest(app: App[int]) -> bool:
    """Return whether no part of an app handles a message, is being made, or waits for a refresh.

    A screen below another is not refreshed: what waits there for it waits until the one above has gone.
    """
    if not app.screen_stack or app.screen_stack[-1]._callbacks:
        return not app.screen_stack
    parts = (part for screen in app.screen_stack for part in screen.walk_children(with_self=True))
    return _is_waiting(app) and all(map(_is_waiting, parts))


def _is_waiting(pump: MessagePump) -> bool:
    """Return whether a pump waits for a message; neither Textual nor asyncio has a public word for it."""
    arrived: Any = pump._message_queue.ready_event
    return bool(arrived._waiters) and not arrived.is_set()
