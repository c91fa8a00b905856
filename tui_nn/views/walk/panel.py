"""The stage of a walk with its formula and numbers; arrows go through the walk and through the numbers."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.views.walk.draw import room_for_rows, shown_rows, stage_picture, stage_rows, trouble_picture
from tui_nn.views.walk.values import Stage
from tui_nn.widgets.cells_view import CellsView


class StageView(CellsView, can_focus=True):
    """Draws one stage; another one begins at its first row."""

    BINDINGS = [
        Binding("right,enter", "stage(1)", "next stage", show=False),
        Binding("left", "stage(-1)", "previous stage", show=False),
        Binding("down", "scroll(1)", "scroll down", show=False),
        Binding("up", "scroll(-1)", "scroll up", show=False),
        Binding("pagedown", "scroll(10)", "page down", show=False),
        Binding("pageup", "scroll(-10)", "page up", show=False),
    ]

    DEFAULT_CSS = """
    StageView { width: 1fr; height: 1fr; }
    """

    stage: reactive[Stage | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown; None for nothing yet, or for `trouble`."""
    top: reactive[int] = reactive(0, init=False, repaint=False)
    """The first row of numbers."""

    class Moved(Message):
        """Another stage is wanted: the next (1) or the one before (-1)."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self._place, self._count, self._trouble = 0, 0, ""

    def show_stage(self, stage: Stage, place: int, count: int) -> None:
        """Show a stage, number `place` from 0 of `count`; the rows stay where only the numbers changed."""
        before = self.stage
        if before is None or (before.kind, before.title) != (stage.kind, stage.title):
            self.set_reactive(StageView.top, 0)
        self._place, self._count, self._trouble = place, count, ""
        self.stage = stage

    def show_trouble(self, words: str) -> None:
        """Show why there is no walk."""
        self._trouble = words
        self.stage = None

    def draw(self, height: int, width: int) -> Cells:
        """Return the formula and the numbers of the stage, scrolled."""
        if self.stage is None:
            return trouble_picture(self._trouble, height, width)
        top = min(self.top, self._last_top(height, width))
        return stage_picture(self.stage, self._place, self._count, self.palette, height, width, top)

    def _last_top(self, height: int, width: int) -> int:
        if self.stage is None:
            return 0
        count = len(stage_rows(self.stage, height, width))
        return max(0, count - shown_rows(count, room_for_rows(height)))

    def watch_stage(self) -> None:
        """Draw it."""
        self.redraw()

    def watch_top(self) -> None:
        """Draw the rows from there on."""
        self.redraw()

    def action_stage(self, step: int) -> None:
        """Ask for another stage."""
        self.post_message(self.Moved(step))

    def action_scroll(self, rows: int) -> None:
        """Show other rows of the numbers."""
        width, height = self.size
        last = self._last_top(height, width)
        self.top = max(0, min(last, min(self.top, last) + rows))
