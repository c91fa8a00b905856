"""What happened in this run, and what helps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.settings.config import Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.training.commands import RewindToStep
from tui_nn.training.moments.log import MomentLog
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.views.moments.panel_kinds import MomentKinds
from tui_nn.views.moments.panel_log import MomentList
from tui_nn.views.page import Page

EMPTY = MomentLog((), ())


class MomentsPage(Page):
    """The kinds of moments, beside the log of those that were noticed."""

    DEFAULT_CSS = """
    MomentsPage { layout: horizontal; }
    MomentsPage MomentKinds { width: 36; }
    MomentsPage MomentList { width: 1fr; }
    .-zoomed MomentsPage MomentKinds { width: 100%; }
    """

    label = "Moments"
    words = "What happened, and what helps: enter on a moment goes back to its step."

    def compose(self) -> ComposeResult:
        """Yield the panels."""
        yield MomentKinds(self.palette, classes="panel")
        yield MomentList(self.palette, classes="panel")

    @property
    def main_panel(self) -> Widget:
        """The log of moments."""
        return self.query_one(MomentList)

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one(MomentKinds).name_panel("Kinds", "enter: pause at it")
        self.query_one(MomentList).name_panel("What happened", "enter: go there")
        self.watch_config(self.config)

    def view_request(self) -> ViewRequest:
        """Ask for the log of moments."""
        return ViewRequest(moments=True)

    def begin(self, run: Run) -> None:
        """Show another run, whose log is still empty."""
        super().begin(run)
        self._show(EMPTY, 0)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the new moments."""
        if snapshot is not None and snapshot.moments is not None:
            self._show(snapshot.moments, snapshot.step)

    def watch_config(self, config: Config) -> None:
        """Show the new marks."""
        for kinds in self.query(MomentKinds):
            kinds.pause_on = config.pause_on

    def on_moment_kinds_switched(self, event: MomentKinds.Switched) -> None:
        """Pause at other kinds from now on."""
        self.run.configure(pause_on=event.pause_on)

    def on_moment_list_opened(self, event: MomentList.Opened) -> None:
        """Go back to the step of a moment."""
        label = MOMENTS[event.moment.kind].label
        words = f"Back to step {event.moment.step:,}, {label}. space trains on from here as a branch."
        self.run.carry_out(RewindToStep(event.moment.step), None, words)

    def _show(self, log: MomentLog, step: int) -> None:
        for kinds in self.query(MomentKinds):
            kinds.log_shown = log
        for listed in self.query(MomentList):
            listed.log_shown, listed.step = log, step


PAGE = MomentsPage
