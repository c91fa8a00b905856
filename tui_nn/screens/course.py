"""The map of the course: its lessons, what of each is done, and what is meant by the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from tui_nn.files.visible import visible
from tui_nn.render.palette import Palette
from tui_nn.render.rows import Row
from tui_nn.screens.popup import Popup
from tui_nn.widgets.form import Form

LEAVE = "leave"
"""What the screen is dismissed with by who goes back to the own run."""


class CourseScreen(Popup[str]):
    """Dismissed with the name of a lesson, LEAVE, or None."""

    CSS_PATH = "course.tcss"
    BINDINGS = [
        Binding("escape,5,f5,q", "close", "leave it", show=False),
        Binding("question_mark", "app.explain('')", "what this is", show=False),
    ]

    def __init__(self, rows: Sequence[Row], current: str, title: str, palette: Palette) -> None:
        super().__init__()
        self._rows, self._current, self._title, self._palette = rows, current, title, palette

    def compose(self) -> ComposeResult:
        """Show the list."""
        with Vertical(id="course", classes="panel") as box:
            box.border_title = visible(self._title)
            box.border_subtitle = "enter opens it, escape leaves"
            yield Form(self._palette)

    def on_mount(self) -> None:
        """Go to where a person was."""
        form = self.query_one(Form)
        form.rows = self._rows
        form.go_to(self._current)
        form.focus()

    def on_form_opened(self, event: Form.Opened) -> None:
        """Open the lesson."""
        event.stop()
        self.close(event.key)

    def on_form_nudged(self, event: Form.Nudged) -> None:
        """Nothing is changed here."""
        event.stop()
