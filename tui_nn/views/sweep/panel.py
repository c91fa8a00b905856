"""The panels of a sweep that is watched: the line of its state, its groups of seeds, parallel coordinates."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.render.fields import fields_line
from tui_nn.render.palette import Palette
from tui_nn.views.sweep.draw import draw_parallel
from tui_nn.views.sweep.draw_groups import draw_groups
from tui_nn.views.sweep.values import Watched
from tui_nn.views.sweep.words import state_fields
from tui_nn.widgets.cells_view import CellsView


class WatchedView(CellsView):
    """Shows a part of a sweep."""

    watched: reactive[Watched] = reactive(Watched, always_update=True, init=False, repaint=False)
    """The moment to show."""

    def watch_watched(self) -> None:
        """Draw the new moment."""
        self.redraw()


class SweepState(WatchedView):
    """One row: how many runs have ended, how long the others take, which is best."""

    def __init__(self, palette: Palette, journal: str) -> None:
        super().__init__(palette)
        self._journal = journal

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        return fields_line(state_fields(self.watched, self._journal), width)


class ChoosingView(WatchedView, can_focus=True):
    """Goes with up and down through runs of the sweep, one of which is selected."""

    BINDINGS = [
        Binding("up", "move(-1)", "the one above", show=False),
        Binding("down", "move(1)", "the one below", show=False),
        Binding("enter", "take", "train the run", show=False),
    ]

    selected: reactive[int] = reactive(0, init=False, repaint=False)
    """The number of the run under the cursor."""

    class Moved(Message):
        """Another run is under the cursor."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    class Taken(Message):
        """The run under the cursor is to be trained."""

    def stops(self) -> list[int]:
        """Return the numbers of the runs that up and down go through."""
        raise NotImplementedError

    def stop(self) -> int | None:
        """Return the place of the selected run among them, or of what stands for it."""
        stops = self.stops()
        return stops.index(self.selected) if self.selected in stops else None

    def action_move(self, step: int) -> None:
        """Select another run."""
        stops, at = self.stops(), self.stop()
        if stops:
            place = 0 if at is None else max(0, min(len(stops) - 1, at + step))
            self.post_message(self.Moved(stops[place]))

    def action_take(self) -> None:
        """Ask to train the run."""
        self.post_message(self.Taken())

    def watch_selected(self) -> None:
        """Draw what is selected."""
        self.redraw()


class GroupsView(ChoosingView):
    """Runs that differ in their seeds alone: how far they spread, and whether groups can be told apart."""

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        seen = self.watched
        measure = seen.results.measure
        return draw_groups(seen.spreads, seen.verdicts, measure, self.stop(), self.palette, height, width)

    def stops(self) -> list[int]:
        """See ChoosingView; the best run of each group."""
        rows = [self.watched.rows[place] for place in self.watched.results.order()]
        best = {row.choice: row.seen.number for row in reversed(rows)}
        return [best[spread.choice] for spread in self.watched.spreads]

    def stop(self) -> int | None:
        """See ChoosingView; the group of the run."""
        row = self.watched.row(self.selected)
        choices = [spread.choice for spread in self.watched.spreads]
        return choices.index(row.choice) if row is not None and row.choice in choices else None


class CoordinatesView(ChoosingView):
    """An upright axis for each setting and one for the result, a line for each run."""

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        seen = self.watched
        if not seen.axes:
            return blank(height, width)
        return draw_parallel(seen.axes, seen.places, self.palette, height, width, selected=self.stop())

    def stops(self) -> list[int]:
        """See ChoosingView; the runs that have a line, the best first."""
        return list(self.watched.drawn)
