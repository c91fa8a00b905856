"""A card that explains the moment that a run waits at; the picture behind it stays."""

from __future__ import annotations

import os
from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Resize
from textual.geometry import Size
from textual.widgets import Static

from tui_nn.files.errors import FileError
from tui_nn.lessons.about import shipped_abouts
from tui_nn.lessons.course import language_of
from tui_nn.lessons.glossary import Glossary, shipped_glossary
from tui_nn.screens.popup import Popup
from tui_nn.screens.sheet import BORDER, in_ascii
from tui_nn.screens.sheets import moment_lines
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.wording import capitalized
from tui_nn.training.moments.log import Moment

WIDTH, FRAME = 76, 4
"""Columns of the card (as in moment.tcss); of these border and padding take some."""


class MomentScreen(Popup[Key]):
    """Dismissed with the key that was pressed, whichever it is."""

    CSS_PATH = "moment.tcss"

    def __init__(self, moments: Sequence[Moment], *, can_go_on: bool, is_ascii: bool) -> None:
        super().__init__()
        self._moments, self._can_go_on, self._is_ascii = moments, can_go_on, is_ascii
        language = language_of(os.environ)
        try:
            self._abouts, self._glossary = shipped_abouts(language), shipped_glossary(language)
        except FileError:  # the run's own numbers are there all the same
            self._abouts, self._glossary = {}, Glossary({})

    def compose(self) -> ComposeResult:
        """Show the card at the lower edge."""
        first = self._moments[0]
        label = MOMENTS[first.kind].label
        with Vertical(id="moment", classes="panel") as card:
            card.border_title = f"{capitalized(label)}, step {first.step:,}"
            goes_on = "any key goes on" if self._can_go_on else "any key does its work"
            card.border_subtitle = f"{goes_on}, f: walk a sample, T: no more"
            yield Static(id="moment-text")

    def on_mount(self) -> None:
        """Write it."""
        self._write(self.app.size)

    def on_resize(self, event: Resize) -> None:
        """Break the lines for another width."""
        self._write(event.size)

    def on_key(self, event: Key) -> None:
        """Take any key."""
        event.stop()
        event.prevent_default()
        self.close(event)

    def _write(self, window: Size) -> None:
        width = max(1, min(WIDTH, window.width) - FRAME)
        room = window.height // 2 - BORDER  # the map is to be seen above
        lines = moment_lines(self._moments, self._abouts, self._glossary, width, room)
        if self._is_ascii:
            lines = [in_ascii(line) for line in lines]
        for text in self.query("#moment-text").results(Static):
            text.update(Text("\n").join(lines))
