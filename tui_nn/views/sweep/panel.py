"""The panels of a sweep that is watched: the line of its state, and the table of its runs."""

from __future__ import annotations

from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.render.fields import fields_line
from tui_nn.render.palette import Palette
from tui_nn.views.sweep.values import Watched
from tui_nn.views.sweep.words import state_fields
from tui_nn.widgets.cells_view import CellsView


class SweepState(CellsView):
    """One row: how many runs have ended, how long the others take, which is best."""

    watched: reactive[Watched] = reactive(Watched, always_update=True, init=False, repaint=False)
    """The moment to show."""

    def __init__(self, palette: Palette, name: str) -> None:
        super().__init__(palette)
        self._journal = name

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        return fields_line(state_fields(self.watched, self._journal), width)

    def watch_watched(self) -> None:
        """Draw the new moment."""
        self.redraw()
