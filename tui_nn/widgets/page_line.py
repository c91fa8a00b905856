"""The line that names the pages of a screen and marks the open one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.palette import Palette
from tui_nn.widgets.cells_view import CellsView


class PageLine(CellsView):
    """One row of names."""

    DEFAULT_CSS = """
    PageLine { height: 1; width: 1fr; padding: 0 1; }
    """

    chosen: reactive[int] = reactive(0, init=False, repaint=False)
    """The number of the open page."""

    def __init__(self, palette: Palette, names: Sequence[str]) -> None:
        super().__init__(palette)
        self._page_names = list(names)

    def draw(self, height: int, width: int) -> Cells:
        """Return the names of the pages, the open one highlighted."""
        line = blank(1, width)
        column = 0
        for number, name in enumerate(self._page_names):
            is_open = number == self.chosen
            text = f" {name} "
            write(
                line,
                0,
                column,
                text,
                slots.SELECTED if is_open else slots.DIM,
                slots.SELECTION if is_open else None,
            )
            column += len(text) + 1
        hint = "m: next page"
        if column + len(hint) <= width:
            write(line, 0, width - len(hint), hint, slots.DIM)
        return line

    def watch_chosen(self) -> None:
        """Mark the open page."""
        self.redraw()
