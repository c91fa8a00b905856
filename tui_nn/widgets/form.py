"""A list of labelled values that are changed with the arrow keys, or opened for typing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.events import Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.render.rows import Row, rows_height, rows_view
from tui_nn.widgets.cells_view import CellsView

TYPED = set("0123456789.-")
"""Characters that begin typing a value."""
PASSED = "C"
"""A letter that no row has: it does something with the row under the cursor."""


class Form(CellsView, can_focus=True):
    """Shows rows; says which one is to be changed, and how."""

    BINDINGS = [
        Binding("up", "move(-1)", "previous setting", show=False),
        Binding("down", "move(1)", "next setting", show=False),
        Binding("pageup", "move(-8)", "eight up", show=False),
        Binding("pagedown", "move(8)", "eight down", show=False),
        Binding("left", "nudge(-1)", "smaller", show=False),
        Binding("right", "nudge(1)", "larger", show=False),
        Binding("enter", "open", "type or choose", show=False),
    ]

    DEFAULT_CSS = """
    Form { width: 1fr; height: 1fr; }
    """

    rows: reactive[Sequence[Row]] = reactive((), init=False, repaint=False)
    """What is listed."""
    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The row that keys act on."""

    class Nudged(Message):
        """An arrow key was pressed on a row."""

        def __init__(self, form: Form, key: str, step: int) -> None:
            self.form, self.key, self.step = form, key, step
            super().__init__()

        @property
        def control(self) -> Form:
            """The form."""
            return self.form

    class Opened(Message):
        """A row is to be typed or chosen; `typed` is the first character, if there was one."""

        def __init__(self, form: Form, key: str, typed: str = "") -> None:
            self.form, self.key, self.typed = form, key, typed
            super().__init__()

        @property
        def control(self) -> Form:
            """The form."""
            return self.form

    class Missed(Message):
        """A letter was pressed that no row has."""

        def __init__(self, letter: str) -> None:
            self.letter = letter
            super().__init__()

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)

    def draw(self, height: int, width: int) -> Cells:
        """Return the rows with the focused one highlighted."""
        cursor = min(self.cursor, len(self.rows) - 1) if self.has_focus and self.rows else None
        return rows_view(
            self.rows,
            self.palette,
            height,
            width,
            cursor=cursor,
            shows_letters=self.has_letters and self.has_focus,
        )

    def jump_to(self, letter: str) -> None:
        """Move the cursor to the row of a letter, or say that there is none."""
        letters = [row.letter for row in self.rows]
        if letter in letters:
            self.cursor = letters.index(letter)
        else:
            self.post_message(self.Missed(letter))

    def go_to(self, key: str) -> None:
        """Move the cursor to a certain row, if there is one."""
        keys = [row.key for row in self.rows]
        if key in keys:
            self.cursor = keys.index(key)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows show everything, for a list that is no higher than what it lists."""
        return rows_height(self.rows, width, self.has_letters)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.rows) - 1))

    def watch_rows(self, before: Sequence[Row], rows: Sequence[Row]) -> None:
        """Draw the new values, with the cursor on the row it was on, or on the next above that is left."""
        places = {row.key: place for place, row in enumerate(rows)}
        kept = [places[row.key] for row in before[: self.cursor + 1] if row.key in places]
        self.cursor = kept[-1] if kept else 0
        self.redraw()

    def watch_cursor(self) -> None:
        """Draw the cursor."""
        self.redraw()

    @property
    def takes_letters(self) -> bool:
        """Whether letters that are typed are for it, in whatever map of keys."""
        return self.has_letters

    @property
    def has_letters(self) -> bool:
        """Whether rows are gone to by letters, which then mean nothing else."""
        return any(row.letter for row in self.rows)

    def on_key(self, event: Key) -> None:
        """Go to the row of a letter, or begin typing a value."""
        character = event.character or ""
        if character.isalpha() and character != PASSED and self.has_letters:
            self.jump_to(character)
        elif character in TYPED and character and self.rows:
            self.post_message(self.Opened(self, self.rows[self.cursor].key, character))
        else:
            return
        event.stop()
        event.prevent_default()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor += rows

    def action_nudge(self, step: int) -> None:
        """Ask for the next value."""
        if self.rows:
            self.post_message(self.Nudged(self, self.rows[self.cursor].key, step))

    def action_open(self) -> None:
        """Ask to type or choose."""
        if self.rows:
            self.post_message(self.Opened(self, self.rows[self.cursor].key))
