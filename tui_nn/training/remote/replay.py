"""A replay of a run: one moment after the other at an even pace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui_nn.training.commands import Rewind

if TYPE_CHECKING:
    from tui_nn.training.remote.run import Run

REPLAY_S = 0.1
"""Seconds from one moment of a replay to the next."""


class Replay:
    """Goes on until the present is reached, the trainer is lost, or it is stopped."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.is_on = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Go through the moments that come after the one that is shown or is on its way."""
        self.is_on = True
        self._task = asyncio.create_task(self._go_on(self._run.place.is_past))

    def stop(self) -> None:
        """Stay at the moment that is shown."""
        self.is_on = False

    async def _go_on(self, has_begun: bool) -> None:
        run = self._run
        while self.is_on:
            await asyncio.sleep(REPLAY_S)
            has_begun |= run.place.is_past
            if run.client.is_lost or (has_begun and not run.place.is_past):
                self.is_on = False
            elif self.is_on and has_begun:
                run.client.send(Rewind(1))
                run.look()
