"""The help page: every key and what it does, from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui_nn.screens.actions import ACTIONS
from tui_nn.screens.popup import Popup


class KeysScreen(Popup[None]):
    """All keys; escape, q or ? closes it."""

    CSS_PATH = "keys.tcss"
    BINDINGS = [("escape,q,question_mark,enter", "close", "close")]

    def compose(self) -> ComposeResult:
        """Show one scrolling page."""
        with VerticalScroll(id="keys", classes="panel") as page:
            page.border_title = "Keys"
            page.border_subtitle = "escape closes"
            below = self.app.screen_stack[:-1]
            first = getattr(below[-1], "MORE_KEYS", ()) if below else ()
            yield Static(keys_text(first), id="keys-text")


def keys_text(first: Sequence[tuple[str, str]] = ()) -> Text:
    """Return the table of actions as text, group by group, after keys of one screen while it draws."""
    lines: list[Text] = []
    if first:
        lines.append(Text("Draw, between enter and escape", style="bold"))
        lines += [Text.assemble((f"  {keys:<11}  ", "bold"), words) for keys, words in first]
        lines.append(Text())
    width = max(len(action.shown) for action in ACTIONS)
    for group, actions in groupby(ACTIONS, key=lambda action: action.group):
        lines.append(Text(group, style="bold"))
        for action in actions:
            lines.append(Text.assemble((f"  {action.shown:<{width}}  ", "bold"), action.help))
        lines.append(Text())
    return Text("\n").join(lines[:-1])
