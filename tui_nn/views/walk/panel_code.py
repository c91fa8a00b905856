"""Lines of the engine, to be read beside what they compute."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.views.walk.draw import code_rows, draw_rows, shown_rows
from tui_nn.views.walk.values import Code
from tui_nn.widgets.cells_view import CellsView


class CodeView(CellsView, can_focus=True):
    """Draws functions below one another; up and down move through them."""

    BINDINGS = [
        Binding("down", "scroll(1)", "scroll down", show=False),
        Binding("up", "scroll(-1)", "scroll up", show=False),
        Binding("pagedown", "scroll(10)", "page down", show=False),
        Binding("pageup", "scroll(-10)", "page up", show=False),
    ]

    DEFAULT_CSS = """
    CodeView { width: 1fr; height: 1fr; }
    """

    names: reactive[tuple[str, ...]] = reactive((), init=False, repaint=False)
    """Which functions are shown."""
    top: reactive[int] = reactive(0, init=False, repaint=False)
    """The first row that is shown."""

    code: dict[str, Code] = {}
    """The functions that are known, by name."""

    def show_code(self, names: Sequence[str], code: dict[str, Code]) -> None:
        """Show these functions, from their first line if they are others."""
        self.code = self.code | code
        self.names = tuple(names)
        self.redraw()

    def draw(self, height: int, width: int) -> Cells:
        """Return the lines of the engine that do the stage, scrolled."""
        canvas = blank(height, width)
        rows = code_rows(self.names, self.code, width)
        draw_rows(canvas, rows, 0, min(self.top, self._last_top(len(rows), height)), self.palette)
        return canvas

    def _last_top(self, count: int, height: int) -> int:
        return max(0, count - shown_rows(count, height))

    def watch_names(self) -> None:
        """Begin at the first line."""
        self.set_reactive(CodeView.top, 0)

    def watch_top(self) -> None:
        """Draw the rows from there on."""
        self.redraw()

    def action_scroll(self, rows: int) -> None:
        """Show other rows."""
        width, height = self.size
        last = self._last_top(len(code_rows(self.names, self.code, width)), height)
        self.top = max(0, min(last, min(self.top, last) + rows))
