"""The pictures of the run that is shown: each asks its trainer, and the screen's views show the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui_nn.app.pacing import CURSOR_QUERY, FrameLoop
from tui_nn.training.snapshot import Status

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp

OPENING_S = 5.0
"""Keys wait for the first picture of a screen, but not longer."""


class Pictures:
    """Draws them while they are wanted, and knows whether there is one yet."""

    def __init__(self, app: PlaygroundApp) -> None:
        self._app = app
        self.frames = FrameLoop(self._draw, self._query_terminal, lambda: app.config.fps)
        self._opened_at = 0.0

    def await_first(self) -> None:
        """Let keys wait for what is about to be shown, though not for ever."""
        self._opened_at = asyncio.get_running_loop().time()

    def has_first(self) -> bool:
        """Return whether the screen shows a moment, or will not soon: a key acts on what is seen."""
        app = self._app
        is_late = asyncio.get_running_loop().time() > self._opened_at + OPENING_S
        is_seen = app.shown.snapshot is not None and not app.players.is_opening
        return is_seen or is_late or app.run_shown.client.is_lost

    async def _draw(self) -> bool:
        app = self._app
        run, shown = app.run_shown, app.shown
        if not shown.is_ready:
            return False
        is_first, was_training = shown.snapshot is None, shown.is_training
        snapshot = await run.fetch(app.players.request(shown.view_request()))
        if snapshot is None or not shown.is_ready:
            shown.show_lost(run.client.is_lost)
            return False
        shown.config = run.config
        shown.show_lost(False)
        shown.show(snapshot, self.frames.frames_per_second)
        await app.players.see(snapshot)
        painted = asyncio.Event()
        app.screen.call_after_refresh(painted.set)
        await painted.wait()
        # Some views know what to ask once they have seen a moment; and what a running picture leaves out
        # is asked for once more when the run has come to rest.
        return is_first or was_training or snapshot.status is Status.RUNNING

    def _query_terminal(self) -> None:
        if self._app._driver is not None:
            self._app._driver.write(CURSOR_QUERY)
