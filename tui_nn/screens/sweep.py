"""A sweep that is watched: the runs of its journal as a table that grows while the sweep goes on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.events import Resize
from textual.widgets import Static

from tui_nn.files.visible import visible
from tui_nn.render.palette import Palette
from tui_nn.screens.key_lines import SWEEP_LINE
from tui_nn.screens.popup import Popup
from tui_nn.screens.run_screen import SMALLEST, TOO_SMALL, RunScreen
from tui_nn.views.compare.draw_table import sorted_rows
from tui_nn.views.compare.panel import RunsTable
from tui_nn.views.compare.values import Compared
from tui_nn.views.sweep.panel import ChoosingView, CoordinatesView, GroupsView, SweepState, WatchedView
from tui_nn.views.sweep.values import Row, SweepReader, Watched
from tui_nn.views.sweep.words import sentences
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.key_line import KeyLine

WIDE, HIGH = 100, 30
"""Columns and rows from which there is room for parallel coordinates."""
LOOK_S = 0.5
"""Seconds between two looks at the journal."""
REST = 5
"""No look is taken for so many times as long as the last one took."""


@dataclass
class Place:
    """Where a person was in the table, kept while it is not shown."""

    selected: int = 0
    """The number of the run under the cursor; 0: the first in the table, until a person moves."""
    sort: str = "test"
    is_reversed: bool = False


class SweepScreen(Popup[Row]):
    """Dismissed with the row that is to be trained before one's eyes, or None."""

    CSS_PATH = ["run_screen.tcss", "sweep.tcss"]
    BINDINGS = [
        Binding("escape,q,V", "close", "leave it", show=False),
        Binding("question_mark", "app.explain('')", "what this is", show=False),
        Binding("z", "zoom", "zoom", show=False),
        Binding("a", "ascii", "blocks or plain characters", show=False),
        Binding("tab", "app.focus_next", "next panel", show=False),
        Binding("shift+tab", "app.focus_previous", "previous panel", show=False),
    ]

    def __init__(self, palette: Palette, reader: SweepReader, place: Place) -> None:
        super().__init__()
        self._palette, self._reader, self._place = palette, reader, place
        self.watched = Watched()
        """What was seen last."""

    def compose(self) -> ComposeResult:
        """Lay out the lines, with the table between them."""
        yield SweepState(self._palette, visible(self._reader.path.name))
        with Container(id="views"):
            for kind in (RunsTable, GroupsView, CoordinatesView):
                yield kind(self._palette, classes="panel")
        yield Static(TOO_SMALL, id="too-small")
        keys = KeyLine(self._palette, SWEEP_LINE)
        yield EventLine(self._palette, keys.begin_with)
        yield keys

    def on_mount(self) -> None:
        """Take the keyboard, and begin to read."""
        table = self.query_one(RunsTable)
        table.sort, table.is_reversed = self._place.sort, self._place.is_reversed
        table.focus()
        self.query_one(CoordinatesView).name_panel("Settings and result, the best run in color")
        self.run_worker(self._follow())

    def on_resize(self, event: Resize) -> None:
        """Lay out for the size; say where it is too small."""
        self.set_class(event.size.width < WIDE or event.size.height < HIGH, "-small")
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")

    async def _follow(self) -> None:
        """Show what the journal holds, and what is added to it."""
        state: tuple[object, ...] | None = None
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            watched = await asyncio.to_thread(self._reader.look)
            if watched.followed.state != state:
                state = watched.followed.state
                self._show(watched)
            await asyncio.sleep(max(LOOK_S, REST * (clock() - began)))

    def _show(self, watched: Watched) -> None:
        self.watched = watched
        for view in self.query(WatchedView):
            view.watched = watched
        self.set_class(bool(watched.spreads), "-grouped")
        table = self.query_one(RunsTable)
        table.seen = Compared(tuple(row.seen for row in watched.rows), {}, {})
        table.name_panel(f"{len(watched.rows):,} runs", "enter: watch it train")
        label = watched.results.measure.label
        self.query_one(GroupsView).name_panel(f"{len(watched.spreads):,} groups of seeds, {label}")
        self._select(self._place.selected or self._first())

    def _first(self) -> int:
        table = self.query_one(RunsTable)
        rows = sorted_rows(table.runs, table.sort, table.is_reversed)
        return rows[0].number if rows else 0

    def _select(self, number: int) -> None:
        table = self.query_one(RunsTable)
        row = self.watched.row(number)
        table.sentences = sentences(self.watched, row)
        table.selected = number
        table.redraw()
        for view in self.query(ChoosingView):
            view.selected = number

    def on_runs_table_selected(self, event: RunsTable.Selected) -> None:
        """Let another run be under the cursor."""
        self._place.selected = event.number
        self._select(event.number)

    def on_choosing_view_moved(self, event: ChoosingView.Moved) -> None:
        """Let another run be under the cursor."""
        self._place.selected = event.number
        self._select(event.number)

    def on_choosing_view_taken(self) -> None:
        """Leave with the run under the cursor."""
        self.on_runs_table_taken()

    def on_runs_table_told(self, event: RunsTable.Told) -> None:
        """Say what a key did."""
        self.query_one(EventLine).tell(event.text)

    def on_runs_table_taken(self) -> None:
        """Leave with the run under the cursor, if it can be trained here."""
        row = self.watched.row(self.query_one(RunsTable).selected)
        if row is None:
            return
        self._place.selected = row.seen.number
        if row.missing:
            self.query_one(EventLine).tell(
                f"Run {row.seen.number} cannot be trained here: {row.missing}.", True
            )
            return
        self.close(row)

    def action_zoom(self) -> None:
        """Let the panel with the keyboard have all the room, or give it back."""
        is_zoomed = not self.has_class("-zoomed")
        self.set_class(is_zoomed, "-zoomed")
        for panel in self.query(".panel"):
            panel.set_class(is_zoomed and panel is (self.focused or self.query_one(RunsTable)), "-big")

    async def action_ascii(self) -> None:
        """Switch between blocks and plain characters, here and on the screen below."""
        await self.run_action("app.ascii")
        below = self.app.screen_stack[-2]
        self.app.refresh_css(animate=False)  # the screen below hears of another border too
        if isinstance(below, RunScreen):
            for view in self.query(CellsView):
                view.palette = below.palette
                view.redraw_all()

    def close(self, result: Row | None = None) -> None:
        """Dismiss, and remember how the table was sorted."""
        table = self.query_one(RunsTable)
        self._place.sort, self._place.is_reversed = table.sort, table.is_reversed
        super().close(result)
