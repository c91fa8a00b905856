"""The log of the moments of a run, newest first."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.training.moments.log import Moment, MomentLog
from tui_nn.views.moments.draw import log_lines, log_picture
from tui_nn.widgets.cells_view import CellsView

PAGE = 5
"""Moments that a page key passes."""


class MomentList(CellsView, can_focus=True):
    """A list with a cursor, which stays on its moment when newer ones come; enter goes to its step."""

    BINDINGS = [
        Binding("up", "move(-1)", "newer moment", show=False),
        Binding("down", "move(1)", "older moment", show=False),
        Binding("pageup", f"move(-{PAGE})", "newer moments", show=False),
        Binding("pagedown", f"move({PAGE})", "older moments", show=False),
        Binding("home", "move(-9999)", "newest moment", show=False),
        Binding("end", "move(9999)", "oldest moment", show=False),
        Binding("enter", "open", "back to its step", show=False),
    ]

    DEFAULT_CSS = """
    MomentList { width: 1fr; height: 1fr; }
    """

    log_shown: reactive[MomentLog] = reactive(MomentLog((), ()), init=False, repaint=False)
    """What was noticed."""
    step: reactive[int] = reactive(0, init=False, repaint=False)
    """The step that is shown."""
    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The chosen moment, 0 is the newest."""

    class Opened(Message):
        """The run is to be shown as it was at this moment."""

        def __init__(self, moment: Moment) -> None:
            self.moment = moment
            super().__init__()

    def draw(self, height: int, width: int) -> Cells:
        """Return the log, scrolled to its cursor."""
        lines = log_lines(self.log_shown, self.step, width)
        return log_picture(lines, self.palette, height, width, self.cursor if self.has_focus else None)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a moment."""
        return max(0, min(cursor, len(self.log_shown.moments) - 1))

    def watch_log_shown(self, before: MomentLog, log: MomentLog) -> None:
        """Draw the new lines."""
        if self.cursor:
            self.cursor += len(log.moments) - len(before.moments)
        self.redraw()

    def watch_step(self, before: int, step: int) -> None:
        """Draw what is later than the step faintly; while the run goes on nothing is."""
        if any(min(before, step) < moment.step for moment in self.log_shown.moments):
            self.redraw()

    def watch_cursor(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def action_move(self, moments: int) -> None:
        """Move the cursor."""
        self.cursor += moments

    def action_open(self) -> None:
        """Ask to go to the step of the moment."""
        if self.log_shown.moments:
            self.post_message(self.Opened(self.log_shown.moments[-1 - self.cursor]))
