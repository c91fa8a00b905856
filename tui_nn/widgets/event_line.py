"""The line that says in words what the last key did, or what happened by itself."""

from __future__ import annotations

from textual.events import Resize
from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, wrap, write
from tui_nn.widgets.cells_view import CellsView


class EventLine(CellsView):
    """One row of words, or as many as they need: these lie over the last rows of the panels, which stay."""

    DEFAULT_CSS = """
    EventLine { height: 1; width: 1fr; padding: 0 1; }
    """

    text: reactive[str] = reactive("", init=False, repaint=False)
    """What happened."""
    is_warning: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether it is something to mend."""

    def draw(self, height: int, width: int) -> Cells:
        """Return the sentence in as many rows as it needs."""
        lines = blank(height, width)
        for row, line in enumerate(wrap(self.text, width)):
            write(lines, row, 0, line, slots.WARNING if self.is_warning else DEFAULT)
        return lines

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence."""
        self.is_warning = is_warning
        self.text = text
        self._take_rows()
        self.redraw()

    def on_resize(self, _: Resize) -> None:
        """Take the rows that the words need in another width."""
        self._take_rows()

    def _take_rows(self) -> None:
        if self.size.width:
            self.styles.height = len(wrap(self.text, self.size.width))
