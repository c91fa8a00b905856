"""The last line: which keys do what, as many as fit behind what is left of the words above."""

from __future__ import annotations

from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells, blank, one_per_cell, paste, write
from tui_nn.render.fields import Field, fields_line
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Snapshot, Status
from tui_nn.widgets.cells_view import CellsView

Keys = tuple[tuple[str, str], ...]
"""(keys, words), the most needed first."""
GAP = 3
"""Cells between the words and the keys."""


class KeyLine(CellsView):
    """One row of keys and words."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment, whose status decides which keys matter."""

    keys: reactive[Keys] = reactive((), init=False, repaint=False)
    """What is shown while nothing special is."""

    inner: reactive[Keys] = reactive((), init=False, repaint=False)
    """Those of what has the keyboard, which hold whatever the moment is; empty: it has none of its own."""

    def __init__(self, palette: Palette, keys: Keys, *, past: Keys = (), diverged: Keys = ()) -> None:
        super().__init__(palette)
        self._past, self._diverged = past, diverged
        self._words, self._words_slot = "", DEFAULT
        self.set_reactive(KeyLine.keys, keys)

    def draw(self, height: int, width: int) -> Cells:
        """Return the rest of the words, and as many keys as fit behind it, each with its word."""
        shown = self.keys
        if self.inner:
            shown = self.inner
        elif self.snapshot is not None and self.snapshot.timeline.is_past:
            shown = self._past
        elif self.snapshot is not None and self.snapshot.status is Status.DIVERGED:
            shown = self._diverged
        fields = [
            Field(label, keys, rank=rank, slot=slots.ACCENT, label_first=False)
            for rank, (keys, label) in enumerate(shown)
        ]
        start = len(one_per_cell(self._words)) + GAP if self._words else 0
        line = blank(height, width)
        write(line, 0, 0, self._words, self._words_slot)
        if fields and fields[0].width <= width - start:
            paste(line, fields_line(fields, width - start), 0, start)
        return line

    def begin_with(self, words: str, slot: int) -> None:
        """Begin with the end of what is said above, in its color; empty: with the keys."""
        if (words, slot) != (self._words, self._words_slot):
            self._words, self._words_slot = words, slot
            self.redraw()

    def watch_snapshot(self) -> None:
        """Draw the keys of the moment."""
        self.redraw()

    def watch_keys(self) -> None:
        """Draw other keys."""
        self.redraw()

    def watch_inner(self) -> None:
        """Draw other keys."""
        self.redraw()
