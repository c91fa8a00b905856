"""One line to type a value in: what is asked, the field, and beside it what is allowed or what was wrong."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui_nn.files.visible import visible
from tui_nn.render.cells import wrap

FIELD = 24
"""Cells of the field."""


class Prompt(Horizontal):
    """Hidden until something is asked; then it takes every printable key. A long note stands above."""

    BINDINGS = [Binding("escape", "cancel", "leave", show=False)]

    DEFAULT_CSS = """
    Prompt { height: 1; width: 1fr; padding: 0 1; display: none; background: $surface; }
    Prompt.-open { display: block; layout: horizontal; }
    Prompt #prompt-label { width: auto; color: $accent; text-style: bold; }
    Prompt #prompt-field { width: 24; height: 1; border: none; padding: 0 1; background: $panel; }
    Prompt #prompt-field:focus { border: none; }
    Prompt #prompt-note { width: 1fr; padding: 0 1; color: $text-dim; text-wrap: nowrap; }
    Prompt.-tall #prompt-note { dock: top; width: 1fr; padding: 0; text-wrap: wrap; }
    Prompt #prompt-note.-wrong { color: $warning; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._accept: Callable[[str], str] = lambda _: ""
        self._done: Callable[[], None] = lambda: None
        self._label, self._text_note = "", ""

    def compose(self) -> ComposeResult:
        """Lay out label, field and note."""
        yield Static(id="prompt-label", markup=False)
        yield Input(id="prompt-field", select_on_focus=False, compact=True)
        yield Static(id="prompt-note", markup=False)

    def ask(
        self,
        label: str,
        text: str,
        typed: str,
        note: str,
        accept: Callable[[str], str],
        done: Callable[[], None],
    ) -> None:
        """Ask for a value: `text` is the present one, `typed` what has been typed already.

        `accept` takes what was typed and returns what is wrong with it, or nothing; `done` runs at the end.
        """
        self._accept, self._done, self._text_note = accept, done, note
        self._label = visible(label)
        self.query_one("#prompt-label", Static).update(self._label)
        field = self.field
        field.value = typed or text
        field.cursor_position = len(field.value)
        if not typed:
            field.select_all()
        self._say(note)
        self.add_class("-open")
        self.screen.set_focus(field)

    @property
    def field(self) -> Input:
        """The field to type in."""
        return self.query_one(Input)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the value, or say what is wrong with it and stay."""
        event.stop()
        complaint = self._accept(event.value)
        if complaint:
            self._say(complaint, is_wrong=True)
        else:
            self.action_cancel()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take back the complaint while something else is typed."""
        event.stop()
        self._say(self._text_note)

    def action_cancel(self) -> None:
        """Leave the value as it was."""
        self.remove_class("-open")
        self._done()

    def _say(self, text: str, is_wrong: bool = False) -> None:
        note, words = self.query_one("#prompt-note", Static), visible(text)
        note.update(words)
        note.set_class(is_wrong, "-wrong")
        room = self.screen.size.width - self.styles.margin.width - 2
        is_tall = cell_len(self._label) + FIELD + cell_len(words) + 2 > room
        self.set_class(is_tall, "-tall")
        note.styles.height = len(wrap(words, room)) if is_tall else 1
        self.styles.height = 1 + (len(wrap(words, room)) if is_tall else 0)
