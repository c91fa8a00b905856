"""The panel of a lesson beside the views: what to read and to do, folded to three rows or whole."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding
from textual.events import Key
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from tui_nn.lessons.playing import Playing
from tui_nn.lessons.saying import FOLDED_ROWS, Saying, say_folded, say_whole
from tui_nn.lessons.text import CODE, KEY, STRONG, Line
from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, write
from tui_nn.render.palette import Palette
from tui_nn.widgets.cells_view import CellsView

SIDE_COLUMNS, WIDE_COLUMNS = 44, 60
"""Columns of the panel where it stands beside the views."""
SIDE_FROM, WIDE_FROM = 110, 160
"""Columns of a window from which it does, and from which it is wide."""
BELOW = 3
"""Rows of a window that the unfolded panel leaves alone."""
TYPED = set("0123456789.-%")
_INKS = {KEY: slots.ACCENT, STRONG: slots.TITLE, CODE: slots.AXIS}


class LessonPanel(CellsView, can_focus=True):
    """Draws a lesson; says what was chosen and typed in it."""

    BINDINGS = [
        Binding("up", "move(-1)", "previous answer", show=False),
        Binding("down", "move(1)", "next answer", show=False),
        Binding("enter", "take", "take the answer", show=False),
        Binding("backspace", "type('')", "take back", show=False),
    ]

    DEFAULT_CSS = """
    LessonPanel { layer: words; dock: top; height: 3; width: 1fr; padding: 0 1; background: $surface; }
    """

    class Acted(Message):
        """Something was done to the answer."""

        def __init__(self, what: str, by: int = 0, letter: str = "") -> None:
            self.what, self.by, self.letter = what, by, letter
            """"move" goes to another answer, "type" types a letter ("": takes one back), "take" takes it."""
            super().__init__()

    def __init__(self, palette: Palette, playing: Playing) -> None:
        super().__init__(palette)
        self.playing = playing
        self.is_folded = False
        self.written: Callable[[str], str] = str
        """How a person's keyboard has a key that the lesson names."""

    def allow_focus(self) -> bool:
        """Have the keyboard only while an answer is waited for: tab goes to the panels of the network."""
        return super().allow_focus() and self.playing.chooses

    @staticmethod
    def side_columns(window: int) -> int:
        """Return how many columns of a window it takes beside the views; 0: it stands above them."""
        if window < SIDE_FROM:
            return 0
        return WIDE_COLUMNS if window >= WIDE_FROM else SIDE_COLUMNS

    @staticmethod
    def is_wide(window: int) -> bool:
        """Return whether it takes WIDE_COLUMNS."""
        return window >= WIDE_FROM

    @classmethod
    def leaves(cls, window: Size) -> Size:
        """Return what it leaves of a window to the views, folded."""
        beside = cls.side_columns(window.width)
        return Size(window.width - beside, window.height - (0 if beside else FOLDED_ROWS))

    def place_in(self, screen: Screen[None], columns: int) -> None:
        """Stand beside the views of a screen of so many columns, or above them."""
        screen.set_class(self.side_columns(columns) > 0, "-beside")
        screen.set_class(self.is_wide(columns), "-far-beside")
        screen.call_after_refresh(self.fit)

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the views, where nothing is folded."""
        return self.side_columns(self.screen.size.width) > 0

    def fit(self) -> None:
        """Take the rows that are needed, and draw."""
        if not self.is_mounted:
            return
        window = self.screen.size
        if self.is_beside:
            self.styles.dock, self.styles.height, self.styles.width = (
                "left",
                "1fr",
                self.side_columns(window.width),
            )
        else:
            rows = FOLDED_ROWS
            if not self.is_folded:
                rows = max(rows, min(self._whole().n_rows, window.height - BELOW))
            self.styles.dock, self.styles.height, self.styles.width = "top", rows, "1fr"
        self.redraw()

    def draw(self, height: int, width: int) -> Cells:
        """Return the step of the lesson, folded or whole."""
        canvas = blank(height, width)
        if self.is_folded and not self.is_beside:
            saying = say_folded(self.playing, width)
        else:
            saying = self._whole()
        room = width - len(one_per_cell(saying.place)) - 1
        write(canvas, 0, 0, saying.title, slots.ACCENT, width=room)
        write(canvas, 0, 0, saying.place, slots.DIM, width=width, align="right")
        top = 1
        if saying.has_gap and height > saying.n_rows - 1:
            top = 2
        for row, line in enumerate(saying.lines, top):
            self._write_line(canvas, row, line)
        return canvas

    def _whole(self) -> Saying:
        window = self.screen.size
        columns = self.side_columns(window.width) or window.width
        rows = window.height - (1 if self.is_beside else BELOW)
        return say_whole(self.playing, columns - 2, rows - 2)

    @property
    def takes_letters(self) -> bool:
        """Whether a number is asked for, in whatever map of keys."""
        playing = self.playing
        return playing.chooses and playing.task is not None and not playing.task.answers

    def on_key(self, event: Key) -> None:
        """Take letters of a number while one is asked for."""
        if self.takes_letters and event.character and event.character in TYPED:
            self.post_message(self.Acted("type", letter=event.character))
            event.stop()
            event.prevent_default()

    def action_move(self, by: int) -> None:
        """Go to another answer."""
        self.post_message(self.Acted("move", by=by))

    def action_take(self) -> None:
        """Take the answer."""
        self.post_message(self.Acted("take"))

    def action_type(self, letter: str) -> None:
        """Take a letter back."""
        self.post_message(self.Acted("type", letter=letter))

    def _write_line(self, canvas: Cells, row: int, line: Line) -> None:
        column = 0
        for number, word in enumerate(line):
            if number and not word.is_joined:
                column += 1
            text = self.written(word.text) if word.mark == KEY else word.text
            write(canvas, row, column, text, _INKS.get(word.mark, DEFAULT))
            column += len(one_per_cell(text))
