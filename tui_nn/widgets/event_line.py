"""The line that says in words what the last key did, or what happened by itself."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Resize
from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, wrap, write
from tui_nn.render.palette import Palette
from tui_nn.widgets.cells_view import CellsView


class EventLine(CellsView):
    """One row of words. What does not fit goes on in the line of keys, so that no panel is covered.

    Between the two lie as many rows as the words need beyond that, over the last rows of the panels.
    """

    DEFAULT_CSS = """
    EventLine { height: 1; width: 1fr; padding: 0 1; }
    """

    text: reactive[str] = reactive("", init=False, repaint=False)
    """What happened."""
    is_warning: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether it is something to mend."""

    def __init__(self, palette: Palette, go_on: Callable[[str, int], None]) -> None:
        super().__init__(palette)
        self._go_on = go_on
        """Takes the last of several rows of words, with its color; empty for a single row."""

    @property
    def _slot(self) -> int:
        return slots.WARNING if self.is_warning else DEFAULT

    def draw(self, height: int, width: int) -> Cells:
        """Return the words that the line of keys does not show."""
        lines = blank(height, width)
        for row, line in enumerate(self._rows(width)[0]):
            write(lines, row, 0, line, self._slot)
        return lines

    def _rows(self, width: int) -> tuple[list[str], str]:
        """Return the rows that stand here, and the one that stands before the keys."""
        rows = wrap(self.text, width)
        return (rows[:-1], rows[-1]) if len(rows) > 1 else (rows, "")

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence."""
        self.is_warning = is_warning
        self.text = text
        self._take_rows()
        self.redraw()

    def on_resize(self, _: Resize) -> None:
        """Take the rows that the words need in another width."""
        self._take_rows()

    def on_show(self) -> None:
        """Say the rest again."""
        self._take_rows()

    def on_hide(self) -> None:
        """Leave the line of keys alone while something else stands here."""
        self._go_on("", DEFAULT)

    def _take_rows(self) -> None:
        if self.size.width and self.display:
            above, rest = self._rows(self.size.width)
            self.styles.height = len(above)
            self._go_on(rest, self._slot)
