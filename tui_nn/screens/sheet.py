"""Sheets of help over a screen, one at a time: tab goes to the next, `?` to all keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Static

from tui_nn.files.visible import visible
from tui_nn.render.ascii_text import ascii_only
from tui_nn.screens.popup import Popup
from tui_nn.screens.sheets import Sheet

WIDTH, FRAME = 76, 6
"""Columns of a sheet (as in sheet.tcss); of these border and padding take some, and some stay free."""
BORDER = 2
ALL_KEYS = "keys"
"""What a sheet is dismissed with by who wants all keys."""


class SheetScreen(Popup[str]):
    """Dismissed with ALL_KEYS or None."""

    CSS_PATH = "sheet.tcss"
    BINDINGS = [
        Binding("escape,q,enter", "close", "close", show=False),
        Binding("question_mark", "all_keys", "all keys", show=False),
        Binding("tab,right", "turn(1)", "next", show=False),
        Binding("shift+tab,left", "turn(-1)", "the one before", show=False),
    ]

    number: reactive[int] = reactive(0, init=False, repaint=False)
    """Which sheet is shown."""

    def __init__(self, sheets: Sequence[Sheet], *, is_ascii: bool) -> None:
        super().__init__()
        self._sheets, self._is_ascii = sheets, is_ascii

    def compose(self) -> ComposeResult:
        """Show one scrolling page."""
        with VerticalScroll(id="sheet", classes="panel"):
            yield Static(id="sheet-text")

    def on_mount(self) -> None:
        """Show the first."""
        self._show(self.app.size)

    def on_resize(self, event: Resize) -> None:
        """Break the lines for another width."""
        self._show(event.size)

    def watch_number(self) -> None:
        """Show another one from its top."""
        self._show(self.app.size)
        for page in self.query(VerticalScroll):
            page.scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """Go to the next sheet, or the one before."""
        self.number = (self.number + by) % len(self._sheets)

    def action_all_keys(self) -> None:
        """Go on to all keys."""
        self.close(ALL_KEYS)

    def _show(self, window: Size) -> None:
        sheet = self._sheets[self.number]
        lines = sheet.lines(max(1, min(WIDTH, window.width) - FRAME))
        if len(lines) > window.height - BORDER:
            lines = [line for line in lines if line.plain]
        if self._is_ascii:
            lines = [in_ascii(line) for line in lines]
        for page in self.query("#sheet").results(VerticalScroll):
            page.border_title = self._fit(sheet.title)
            page.border_subtitle = self._fit(self._what_keys_do(len(lines) > window.height - BORDER))
        for text in self.query("#sheet-text").results(Static):
            text.update(Text("\n").join(lines))

    def _what_keys_do(self, is_long: bool) -> str:
        next_one = self._sheets[(self.number + 1) % len(self._sheets)].title
        turns = f"tab: {next_one}, " if len(self._sheets) > 1 else ""
        scrolls = "down: more, " if is_long else ""
        return f"{scrolls}{turns}?: keys, escape: close"

    def _fit(self, words: str) -> str:
        """Return words as they can stand on the border."""
        return visible(ascii_only(words) if self._is_ascii else words)


def in_ascii(line: Text) -> Text:
    """Return a line in plain ASCII, in its styles."""
    plain = line.copy()
    plain.plain = ascii_only(line.plain)
    return plain
