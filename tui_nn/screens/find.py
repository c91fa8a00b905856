"""The command palette: a field to type a name in, and below it what the name finds."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tui_nn.files.visible import visible
from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, wrap, write
from tui_nn.render.palette import Palette
from tui_nn.render.rows import Row, rows_view
from tui_nn.screens.popup import Popup
from tui_nn.screens.search import Entry, search
from tui_nn.settings.naming import nearest
from tui_nn.widgets.cells_view import CellsView


class FoundView(CellsView):
    """Lists what was found, with a cursor; or says that nothing was."""

    def __init__(self, palette: Palette, label_width: int) -> None:
        super().__init__(palette)
        self._label_width = label_width
        self._rows: list[Row] = []
        self._cursor, self._sentence = 0, ""

    def show(self, found: Sequence[Entry], cursor: int, sentence: str) -> None:
        """List entries, or say a sentence where there are none."""
        self._rows = [Row(entry.action, entry.what.ljust(self._label_width), entry.text) for entry in found]
        self._cursor, self._sentence = cursor, sentence
        self.redraw()

    def draw(self, height: int, width: int) -> Cells:
        """Return the list of what was found, scrolled to its cursor."""
        if self._rows:
            return rows_view(self._rows, self.palette, height, width, cursor=self._cursor)
        canvas = blank(height, width)
        for row, line in enumerate(wrap(self._sentence, width)):
            write(canvas, row, 0, line, slots.TITLE)
        return canvas


class FindScreen(Popup[str]):
    """Dismissed with the action of what was found, or None."""

    CSS_PATH = "find.tcss"
    BINDINGS = [
        Binding("escape", "close", "leave it", show=False),
        Binding("up", "move(-1)", "one up", show=False),
        Binding("down", "move(1)", "one down", show=False),
        Binding("pageup", "move(-8)", "eight up", show=False),
        Binding("pagedown", "move(8)", "eight down", show=False),
    ]

    def __init__(self, entries: Sequence[Entry], palette: Palette) -> None:
        super().__init__()
        self._entries, self._palette = entries, palette
        self._query, self._found, self._cursor = "", list(entries), 0

    def compose(self) -> ComposeResult:
        """Show the field above the list."""
        with Vertical(id="find", classes="panel") as box:
            box.border_title = "Find an action, a setting, a data set, a preset, a word"
            box.border_subtitle = "enter does it, escape leaves"
            field = Input(id="find-field", compact=True)
            field.cursor_blink = False
            yield field
            yield FoundView(self._palette, max(len(entry.what) for entry in self._entries))

    def on_mount(self) -> None:
        """List everything."""
        self._list()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search."""
        event.stop()
        self._search(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what is under the cursor."""
        event.stop()
        self._search(event.value)
        if self._found:
            self.close(self._found[self._cursor].action)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + rows, len(self._found) - 1))
        self._list()

    def _search(self, query: str) -> None:
        if query != self._query:
            self._query, self._found, self._cursor = query, search(query, self._entries), 0
            self._list()

    def _list(self) -> None:
        self.query_one(FoundView).show(self._found, self._cursor, "" if self._found else self._no_match())

    def _no_match(self) -> str:
        meant = nearest(self._query, [name for entry in self._entries for name in entry.names])
        words = f"Nothing here is called {visible(self._query)}."
        return f"{words} Did you mean {meant}?" if meant is not None else words
