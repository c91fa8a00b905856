"""What all screens share: each is as large as the window is now, in whatever order it hears of sizes."""

from __future__ import annotations

from textual.events import Event, Resize
from textual.screen import Screen, ScreenResultType


class WindowScreen(Screen[ScreenResultType]):
    """A screen that takes no size but the window's.

    A screen that is laid out tells itself of its size. Where two sizes are on their way to a busy screen,
    what it tells itself of the first comes after the second, and would undo it.
    """

    async def on_event(self, event: Event) -> None:
        """Handle an event; one that tells of a size that has passed tells of the present one instead."""
        if isinstance(event, Resize) and event.size != self.app.size:
            event = Resize.from_dimensions(self.app.size, None)
        await super().on_event(event)
