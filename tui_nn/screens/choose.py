"""A list to choose one name from, each with a sentence of help and, for data sets, a picture."""

from __future__ import annotations

import string
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import Key, Resize

from tui_nn.render.cells import Cells, blank, fit
from tui_nn.render.palette import Palette
from tui_nn.render.rows import Row
from tui_nn.screens.popup import Popup
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.form import Form

LETTERS = string.digits[1:] + string.ascii_lowercase


class Picture(CellsView):
    """Shows the picture of the choice under the cursor."""

    DEFAULT_CSS = """
    Picture { width: 26; height: 12; margin: 0 0 0 2; }
    """

    cells: Cells | None = None

    def draw(self, height: int, width: int) -> Cells:
        """Return the picture of the choice, cut to the area."""
        return fit(self.cells, height, width) if self.cells is not None else blank(height, width)


class ChooseScreen(Popup[str]):
    """Dismissed with the chosen name, or None."""

    CSS_PATH = "choose.tcss"
    BINDINGS = [Binding("escape", "close", "leave it", show=False)]

    def __init__(
        self,
        title: str,
        notes: Mapping[str, str],
        current: str | None,
        palette: Palette,
        pictures: Mapping[str, Cells] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._names, self._current, self._palette = title, list(notes), current, palette
        self._pictures = pictures or {}
        self._rows = [
            Row(name, f"{letter} {name}", note)
            for letter, (name, note) in zip(LETTERS, notes.items(), strict=False)
        ]

    def compose(self) -> ComposeResult:
        """Show the list, and the picture beside it."""
        with Horizontal(id="choose", classes="panel") as box:
            box.border_title = self._title
            box.border_subtitle = "enter or its letter chooses, escape leaves it"
            yield Form(self._palette, id="choices")
            if self._pictures:
                yield Picture(self._palette)

    def on_mount(self) -> None:
        """List the choices with the cursor on the present one."""
        form = self.query_one(Form)
        form.rows = self._rows
        if self._current in self._names:
            form.cursor = self._names.index(self._current)
        form.focus()
        self.watch(form, "cursor", self._show_picture)

    def on_resize(self, event: Resize) -> None:
        """Let the list be as high as what it lists, and no higher than the screen."""
        self.query_one(Form).styles.max_height = max(1, event.size.height - 2)

    def on_key(self, event: Key) -> None:
        """Choose by letter."""
        character = event.character or ""
        if character and character in LETTERS[: len(self._names)]:
            event.stop()
            self.close(self._names[LETTERS.index(character)])

    def on_form_opened(self, event: Form.Opened) -> None:
        """Choose the row under the cursor, or the one whose digit was typed."""
        event.stop()
        if event.typed:
            index = LETTERS.find(event.typed)
            if 0 <= index < len(self._names):
                self.close(self._names[index])
        else:
            self.close(event.key)

    def on_form_nudged(self, event: Form.Nudged) -> None:
        """Move with left and right too."""
        event.stop()
        self.query_one(Form).cursor += event.step

    def _show_picture(self, cursor: int) -> None:
        for picture in self.query(Picture):
            picture.cells = self._pictures.get(self._names[cursor])
            picture.redraw()
