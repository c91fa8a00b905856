"""The kinds of moments, with a mark at those at which a run pauses."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.training.moments.log import MomentLog
from tui_nn.views.moments.draw import NAMES, kinds_picture
from tui_nn.widgets.cells_view import CellsView


class MomentKinds(CellsView, can_focus=True):
    """A list with a cursor; enter switches the mark."""

    BINDINGS = [
        Binding("up", "move(-1)", "kind above", show=False),
        Binding("down", "move(1)", "kind below", show=False),
        Binding("home", "move(-99)", "first kind", show=False),
        Binding("end", "move(99)", "last kind", show=False),
        Binding("enter", "switch", "pause at it, or not", show=False),
    ]

    DEFAULT_CSS = """
    MomentKinds { width: 1fr; height: 1fr; }
    """

    log_shown: reactive[MomentLog] = reactive(MomentLog((), ()), init=False, repaint=False)
    """What was noticed."""
    pause_on: reactive[tuple[str, ...]] = reactive((), init=False, repaint=False)
    """The kinds at which the run pauses."""
    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The kind that enter acts on."""

    class Switched(Message):
        """The run is to pause at these kinds."""

        def __init__(self, pause_on: tuple[str, ...]) -> None:
            self.pause_on = pause_on
            super().__init__()

    def draw(self, height: int, width: int) -> Cells:
        """Return the list with its cursor and marks."""
        cursor = self.cursor if self.has_focus else None
        return kinds_picture(self.log_shown, self.pause_on, self.palette, height, width, cursor)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a kind."""
        return max(0, min(cursor, len(NAMES) - 1))

    def watch_log_shown(self) -> None:
        """Draw the new counts."""
        self.redraw()

    def watch_pause_on(self) -> None:
        """Draw the new marks."""
        self.redraw()

    def watch_cursor(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor += rows

    def action_switch(self) -> None:
        """Ask to pause at this kind, or no longer."""
        name = NAMES[self.cursor]
        chosen = set(self.pause_on) ^ {name}
        self.post_message(self.Switched(tuple(kind for kind in NAMES if kind in chosen)))
