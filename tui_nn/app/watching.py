"""The app's hand on sweeps that are watched: opens a journal, and trains a run of it before one's eyes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.app.opened import name_of_screen
from tui_nn.files.errors import FileError
from tui_nn.render.palette import palette_for
from tui_nn.screens.sweep import Place, SweepScreen
from tui_nn.settings.changes import with_app_settings
from tui_nn.sweeps.following import journal_path
from tui_nn.sweeps.runs import deciding
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import Begin, Pause, Restore, RunEpochs
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.compare.values import MomentRequest
from tui_nn.views.sweep.values import Row, SweepReader
from tui_nn.views.sweep.words import outcome

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp
    from tui_nn.screens.run_screen import RunScreen

NONE_OPEN = "No sweep is open; o opens the journal of one, which tui-nn sweep --journal FILE writes."
HOW_TO_LEAVE = "ctrl+z leaves it, V is the table."


class Watching:
    """Keeps one sweep open, with the place that a person was at in its table."""

    def __init__(self, app: PlaygroundApp) -> None:
        self._app = app
        self._reader: SweepReader | None = None
        self._place = Place()
        self._was_running = False
        self._expected: Row | None = None
        """The run that is trained here, until it is at its end."""
        self._asked: set[RunScreen] = set()

    async def show(self, path: str) -> None:
        """Show a sweep, or the one that is open where no path is given; the run that is shown pauses."""
        app = self._app
        if path:
            try:
                place = await asyncio.to_thread(journal_path, path)
            except FileError as error:
                app.tell(f"{error}.", True)
                return
            self._open(place)
        if self._reader is None:
            app.tell(NONE_OPEN)
            return
        self._was_running = app.run_shown.status is Status.RUNNING
        if self._was_running:
            app.run_shown.send(Pause())
        palette = palette_for(app.depth, app.is_ascii)
        app.push_screen(SweepScreen(palette, self._reader, self._place), self._left)

    def _open(self, path: Path) -> None:
        if self._reader is None or self._reader.path != path:
            self._reader, self._place = SweepReader(path), Place()

    async def _left(self, row: Row | None) -> None:
        """Go on with the run that was there before, or with one of the sweep."""
        if row is not None:
            self._app.run_worker(self._begin(row))
        elif self._was_running:
            self._app.run_shown.play()

    async def _begin(self, row: Row) -> None:
        """Train a run of the sweep from its start in place of the one that is shown; undo takes it back."""
        app, number = self._app, row.seen.number
        await app.action_open(name_of_screen(row.seen.config))
        run = app.run_shown
        moment = await run.fetch(ViewRequest(looks=(MomentRequest(),)))
        before = None if moment is None else moment.reply(Checkpoint)
        if before is None:
            app.tell(f"Run {number} was not begun: there is no trainer.", True)
            return
        config = with_app_settings(row.seen.config, run.config)
        words = f"Run {number} of the sweep trains from its start. {HOW_TO_LEAVE}"
        run.carry_out(Begin(config), Restore(before, is_written=False), words)
        run.status = Status.RUNNING
        run.send(RunEpochs(config.epochs))
        self._expected = row
        if app.shown not in self._asked:
            self._asked.add(app.shown)
            app.watch(app.shown, "snapshot", self._see, init=False)

    def _see(self, snapshot: Snapshot | None) -> None:
        """Say what the run has come to, once it is where it ended in the sweep."""
        row = self._expected
        if row is None or snapshot is None or snapshot.step < row.seen.step:
            return
        is_at_step = snapshot.step == row.seen.step
        is_there = is_at_step and deciding(snapshot.config) == deciding(row.seen.config)
        if is_there and snapshot.status is Status.RUNNING:
            return
        self._expected = None
        if is_there:
            self._app.tell(outcome(row, snapshot.metrics, HOW_TO_LEAVE))
