"""The help page: every key and what it does, from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tui_nn.screens.key_lines import keymap_of
from tui_nn.screens.popup import Popup
from tui_nn.screens.sheets import key_lines
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.keymaps.keymap import Keymap

WIDTH, FRAME = 76, 6
"""Columns of the page (as in keys.tcss); of these border and padding take some, and some stay free."""
UNBROKEN = 1000


class KeysScreen(Popup[None]):
    """All keys; escape, q or ? closes it."""

    CSS_PATH = "keys.tcss"
    BINDINGS = [("escape,q,question_mark,enter", "close", "close")]

    def compose(self) -> ComposeResult:
        """Show one scrolling page."""
        with VerticalScroll(id="keys", classes="panel") as page:
            page.border_title = "Keys"
            page.border_subtitle = "down: more, escape: close"
            yield Static(self._text(self.app.size.width), id="keys-text")

    def on_resize(self, event: Resize) -> None:
        """Break the lines for another width; a size can come before the page is there."""
        for page in self.query("#keys-text").results(Static):
            page.update(self._text(event.size.width))

    def _text(self, columns: int) -> Text:
        below = self.app.screen_stack[:-1]
        first = getattr(below[-1], "MORE_KEYS", ()) if below else ()
        return keys_text(first, min(WIDTH, columns) - FRAME, keymap_of(self.app))


def keys_text(
    first: Sequence[tuple[str, str]] = (), width: int = UNBROKEN, keymap: Keymap | None = None
) -> Text:
    """Return the table of actions as text, group by group, after keys of one screen while it draws.

    keymap: a person's own keys, in place of the usual ones.
    Words that are longer than `width` columns leave go on below themselves.
    """
    lines: list[Text] = []
    if first:
        lines.append(Text("Draw, between enter and escape", style="bold"))
        lines += [line for keys, words in first for line in key_lines(keys, words, 11, width)]
        lines.append(Text())
    shown = {action: action.shown if keymap is None else keymap.keys_of(action) for action in ACTIONS}
    keys_width = max(map(len, shown.values()))
    for group, actions in groupby(ACTIONS, key=lambda action: action.group):
        lines.append(Text(group, style="bold"))
        for action in actions:
            lines += key_lines(shown[action], action.help, keys_width, width)
        lines.append(Text())
    return Text("\n").join(lines[:-1])
