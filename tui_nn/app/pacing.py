"""When the next picture is drawn: not before the terminal has shown the last one, not faster than asked.

After each picture the terminal is asked where its cursor is; the answer has to pass everything written before
it. So a slow line is never flooded, and keys do not drown in pictures that nobody has seen yet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

CURSOR_QUERY = "\x1b[6n"
FIRST_ANSWER_S = 1.0
"""A terminal that has not answered by then is taken for one that never does."""
ANSWER_S = 5.0
"""A later answer that is lost holds the pictures up for so long."""
FASTEST_FPS = 40.0
"""Pictures per second at most while keys ask for them."""
UNPACED_FPS = 10.0
"""Pictures per second at most for a terminal that does not answer."""

Draw = Callable[[], Awaitable[bool]]
"""Fetches and draws one picture; returns whether another one is wanted without being asked for."""


class FrameLoop:
    """Draws pictures while they are wanted, at the speed of the terminal."""

    def __init__(self, draw: Draw, query: Callable[[], None], fps: Callable[[], float]) -> None:
        self._draw, self._query, self._fps = draw, query, fps
        self._wanted = asyncio.Event()
        self._urged = asyncio.Event()
        self._answered = asyncio.Event()
        self._has_answered: bool | None = None
        self._shown_at: list[float] = []
        self._is_drawing = False

    def want(self) -> None:
        """Ask for one more picture, as soon as the terminal has shown the last one."""
        self._wanted.set()
        self._urged.set()

    def answered(self) -> None:
        """Take note of the terminal's answer."""
        self._has_answered = True
        self._answered.set()

    @property
    def is_still(self) -> bool:
        """Whether the last picture shows all there is: none is drawn, none is wanted."""
        return not (self._is_drawing or self._wanted.is_set())

    @property
    def frames_per_second(self) -> float:
        """Pictures shown per second, over the last ten or so."""
        if len(self._shown_at) < 2:
            return 0.0
        return (len(self._shown_at) - 1) / (self._shown_at[-1] - self._shown_at[0])

    async def run(self) -> None:
        """Draw for ever."""
        clock = asyncio.get_running_loop().time
        while True:
            if not self._wanted.is_set():
                self._shown_at.clear()
            await self._wanted.wait()
            self._is_drawing = True
            self._wanted.clear()
            self._urged.clear()
            began = clock()
            if await self._draw():
                self._wanted.set()
            self._is_drawing = False
            await self._wait_for_terminal()
            self._shown_at = [*self._shown_at[-10:], clock()]
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._urged.wait(), max(0.0, began + 1 / self._rate() - clock()))
            await asyncio.sleep(max(0.0, began + 1 / FASTEST_FPS - clock()))

    def _rate(self) -> float:
        fps = self._fps()
        return fps if self._has_answered else min(fps, UNPACED_FPS)

    async def _wait_for_terminal(self) -> None:
        if self._has_answered is False:
            return
        self._answered.clear()
        self._query()
        patience = ANSWER_S if self._has_answered else FIRST_ANSWER_S
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._answered.wait(), patience)
            return
        if self._has_answered is None:
            self._has_answered = False
