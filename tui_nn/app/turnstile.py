"""The one door for what is typed: keys and pastes pass one at a time, in order, to what they are bound to.

A key can open something that takes the keyboard: a field, a list, a page, another screen. Until that is done
the keys behind it wait, however many arrive in one read; so each is for what is on the screen by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message_pump import MessagePump

from tui_nn.settings.actions import ACTIONS, Action

PATIENCE_S = 3.0
"""What a key has begun and is not done by then does not hold up the next one."""
POLL_S = 0.001
QUICK_POLLS = 20
"""So often the loop is let round before time is let pass."""

HandOn = Callable[[Key | Paste], Awaitable[None]]
Translate = Callable[[Key], Key | None]
"""Returns the key of the program that one is meant for; None: it means nothing."""


def bindings(actions: Iterable[Action] = ACTIONS) -> list[BindingType]:
    """Return Textual bindings for the actions."""
    return [
        Binding(key, action.name, action.help, show=False, priority=action.priority)
        for action in actions
        for key in action.keys
    ]


class Turnstile:
    """Hands on one event after the other, each when what the one before it began is done."""

    def __init__(self, hand_on: HandOn, is_open: Callable[[], bool], is_at_rest: Callable[[], bool]) -> None:
        self._hand_on, self._is_open, self._is_at_rest = hand_on, is_open, is_at_rest
        self.translator: Callable[[], Translate] = lambda: lambda event: event
        """Makes what says what keys mean, once one was typed: the first picture waits for no map."""
        self._waiting: asyncio.Queue[tuple[Key | Paste, bool]] = asyncio.Queue()
        """Each with whether a person typed it."""
        self._is_turning = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits, and what was handed on last is done."""
        return self._waiting.empty() and not self._is_turning

    def take(self, event: Key | Paste) -> None:
        """Let an event wait for its turn."""
        self._waiting.put_nowait((event, True))

    def press(self, event: Key) -> None:
        """Let a key that the program presses wait for its turn: no map of keys changes it."""
        self._waiting.put_nowait((event, False))

    async def run(self) -> None:
        """Hand on for ever."""
        translate: Translate | None = None
        while True:
            event, is_typed = await self._waiting.get()
            self._is_turning = True
            await _until(self._is_open, float("inf"))
            meant: Key | Paste | None = event
            if is_typed and isinstance(event, Key):
                translate = translate or self.translator()
                meant = translate(event)
            if meant is not None:
                await self._hand_on(meant)
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
