"""The run as a line to hand on: shown whole, and sent to the terminal's clipboard.

The line stands alone from edge to edge: whoever selects it with the mouse selects nothing else, and a line
that was broken is read all the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.reactive import reactive
from textual.widgets import Static

from tui_nn.render.cells import wrap
from tui_nn.render.clipboard import clipboard_words
from tui_nn.screens.popup import Popup
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.sharing.line import LineError
from tui_nn.training.shared_moment import ShareRequest
from tui_nn.training.sharing import Shared, share_as_address
from tui_nn.training.snapshot import ViewRequest

SENT = "Sent to your terminal's clipboard; not every terminal takes it."
NOT_SENT = "This terminal has no clipboard: select the line, or run tui-nn share FILE."
KEYS = "t shows it as an address of TensorFlow Playground or back, escape closes."


async def share_shown(screen: RunScreen) -> None:
    """Show the moment that a screen shows as a line, or say why there is none."""
    snapshot = await screen.run.fetch(ViewRequest(looks=(ShareRequest(),)))
    shared = None if snapshot is None else snapshot.reply(Shared)
    if shared is None:
        screen.tell("There is no trainer that could say what its weights are.", True)
    elif not shared.line:
        screen.tell(shared.left_out, True)
    else:
        screen.app.push_screen(ShareScreen(shared))


class ShareScreen(Popup[None]):
    """Shows a line; `t` shows the address in its place."""

    CSS_PATH = "share.tcss"
    BINDINGS = [
        Binding("escape,q,enter,Y", "close", "close", show=False),
        Binding("t", "turn", "address", show=False),
    ]

    is_address: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the run is shown as an address of TensorFlow Playground."""

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._forms: Sequence[Shared] = (shared, _address(shared))
        self._sent = ""

    @property
    def _shown(self) -> Shared:
        return self._forms[self.is_address]

    def compose(self) -> ComposeResult:
        """Show one page, as wide as the window."""
        with VerticalScroll(id="share", classes="panel"):
            yield Static(id="share-text")

    def on_mount(self) -> None:
        """Send the line."""
        self._send()

    def watch_is_address(self) -> None:
        """Send the other form."""
        self._send()

    def on_resize(self, event: Resize) -> None:
        """Break the line for another width."""
        self._show(event.size.width)

    def action_turn(self) -> None:
        """Show the other form."""
        self.is_address = not self.is_address

    def _send(self) -> None:
        """Hand what is shown to the terminal."""
        line, driver = self._shown.line, self.app._driver
        words = clipboard_words(line, os.environ) if line else ""
        if words and driver is not None:
            driver.write(words)
        self._sent = SENT if words else NOT_SENT if line else ""
        self._show(self.app.size.width)

    def _show(self, width: int) -> None:
        for page in self.query("#share-text").results(Static):
            page.update(share_text(self._shown, self._sent, width, is_address=self.is_address))


def share_text(shared: Shared, sent: str, width: int, *, is_address: bool) -> Text:
    """Return the page: a title, the line broken where the window ends, what is said of it, the keys."""
    title = "This run as an address of TensorFlow Playground" if is_address else "This run as a line"
    opens = "A browser opens it, and tui-nn 'ADDRESS'." if is_address else "tui-nn 'LINE' opens it."
    parts = [shared.line[i : i + width] for i in range(0, len(shared.line), width)]
    said = [sent, opens] if shared.line else []
    below = [part for words in (*said, shared.left_out, KEYS) for part in wrap(words, max(1, width))]
    head = Text(title, style="bold")
    lines = [Text(), *map(Text, parts)] if parts else []
    return Text("\n").join([head, *lines, Text(), *map(Text, below)])


def _address(shared: Shared) -> Shared:
    """Return the address of a run; without one, why not."""
    try:
        return share_as_address(shared)
    except LineError as error:
        return Shared(shared.config, "", f"{error}.")
