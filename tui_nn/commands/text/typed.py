"""Lines as they are typed or come through a pipe; a thread reads them, so that none is waited for."""

from __future__ import annotations

import asyncio
import os
from threading import Thread

MOST_BYTES = 10_000
"""Of a line; what is longer is cut."""
MOST_LINES = 100
"""Read ahead."""


class Typed:
    """The lines of a file descriptor, in order; None when there are no more."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._lines: asyncio.Queue[str | None] = asyncio.Queue(MOST_LINES)
        self._loop = asyncio.get_running_loop()
        self.is_terminal = os.isatty(descriptor)
        """Whether a person types them: then a line may come before the last one is done."""
        Thread(target=self._read, name="typed", daemon=True).start()

    async def next(self) -> str | None:
        """Return the next line without its end, or None at the end of file."""
        return await self._lines.get()

    @property
    def is_waiting(self) -> bool:
        """Whether a line has come, or the end."""
        return not self._lines.empty()

    def _read(self) -> None:
        rest = b""
        while data := self._more():
            *lines, rest = (rest + data).split(b"\n")
            rest = rest[:MOST_BYTES]
            for line in lines:
                self._hand_over(line)
        if rest:
            self._hand_over(rest)
        self._put(None)

    def _more(self) -> bytes:
        try:
            return os.read(self._descriptor, 1 << 14)
        except OSError:  # the terminal is gone
            return b""

    def _hand_over(self, line: bytes) -> None:
        self._put(line[:MOST_BYTES].decode(errors="replace").strip())

    def _put(self, line: str | None) -> None:
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._lines.put(line), self._loop).result()
