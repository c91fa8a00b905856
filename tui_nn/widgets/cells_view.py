"""The base of every view: a widget that shows Cells and sends only the rows that changed."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len
from textual.content import Content
from textual.events import Resize
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_nn.files.visible import visible
from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.render.strips import changed_rows, row_strip

CORNERS = 6
"""Cells of a border's row that its words do not get: two corners, and a space on each side of the words.

Textual keeps three cells on each side."""


def _fitting(words: str, room: int) -> str:
    """Return words without the parts behind the last commas that have no room; all if none is known."""
    parts = words.split(", ")
    while len(parts) > 1 and room > 0 and cell_len(", ".join(parts)) > room:
        parts.pop()
    return ", ".join(parts)


class CellsView(Widget):
    """Shows what `draw` returns; call `redraw` when that has changed."""

    class SizeChanged(Message):
        """The view has another size: another picture is needed."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.palette = palette
        self._cells = blank(0, 0)
        self._strips: list[Strip] = []
        self.title = self._subtitle = ""
        self._names = ["", ""]

    def draw(self, height: int, width: int) -> Cells:
        """Return the picture for an area of cells; any size is allowed."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again, and refresh the rows that differ."""
        if not self.is_mounted or not self.is_on_screen:
            return
        width, height = self.size
        cells = self.draw(height, width)
        rows = changed_rows(self._cells, cells)
        if cells.glyphs.shape != self._cells.glyphs.shape:
            self._strips = [Strip.blank(width)] * cells.height
        base = self.rich_style
        for row in rows:
            self._strips[row] = row_strip(cells, row, self.palette, base)
        self._cells = cells
        self.place_cursor()
        if len(rows) == cells.height:
            self.refresh()
        elif rows:
            self.refresh(*(Region(0, row, width, 1) for row in rows))

    def place_cursor(self) -> None:
        """Let the terminal's own cursor stand at what is selected, where this has the keyboard.

        It is not seen; screen readers, braille displays and magnifiers follow it.
        """
        if not self.has_focus:
            return
        selected = np.argwhere(self._cells.background == slots.SELECTION)
        row, column = selected[0].tolist() if len(selected) else (0, 0)
        self.app.cursor_position = self.content_region.offset + Offset(column, row)

    def name_panel(self, title: str, subtitle: str = "") -> None:
        """Write on the border; the same words again cost nothing (setting a title repaints the widget).

        Where there is no room for all, what follows the last commas is left out.
        """
        if (title, subtitle) != (self.title, self._subtitle):
            self.title, self._subtitle = title, subtitle
            self._write_names()

    def _write_names(self) -> None:
        room = self.outer_size.width - CORNERS
        names = [_fitting(visible(name), room) for name in (self.title, self._subtitle)]
        if names != self._names:
            self._names = names
            self.border_title, self.border_subtitle = (Content(name) for name in names)

    def redraw_all(self) -> None:
        """Draw again as if nothing had been drawn: the palette changed."""
        self._cells = blank(0, 0)
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """Return a row as it was drawn last."""
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.rich_style)

    def on_resize(self, _: Resize) -> None:
        """Draw what is there for the new size, and ask for a picture that was made for it."""
        self._write_names()
        self.redraw()
        self.post_message(self.SizeChanged())

    def on_focus(self) -> None:
        """Draw what is there for the keyboard alone, once it is here: `has_focus` is set after this."""
        self.call_next(self.redraw)

    def on_blur(self) -> None:
        """Draw without it, once it is gone."""
        self.call_next(self.redraw)

    def on_show(self) -> None:
        """Draw what changed while this was hidden."""
        self.redraw()
