"""The line that says in words what the last key did, or what happened by itself."""

from __future__ import annotations

from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, write
from tui_nn.widgets.cells_view import CellsView


class EventLine(CellsView):
    """One row of words."""

    DEFAULT_CSS = """
    EventLine { height: 1; width: 1fr; padding: 0 1; }
    """

    text: reactive[str] = reactive("", init=False, repaint=False)
    """What happened."""
    is_warning: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether it is something to mend."""

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        line = blank(1, width)
        write(line, 0, 0, self.text, slots.WARNING if self.is_warning else DEFAULT, width=width)
        return line

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence."""
        self.is_warning = is_warning
        self.text = text
        self.redraw()
