"""The loss around the present weights."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.training.commands import CancelCompute, Compute
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.views.landscape.panel import LandscapeView
from tui_nn.views.landscape.values import Landscape, LandscapeRequest, Work
from tui_nn.views.page import Page

OPENED = "Computing the loss around the present weights; any key stops it."
DONE = "Done. left, right: other directions; up, down: wider, narrower; enter: again."
STOPPED = "Stopped; enter computes it again."


class LandscapePage(Page):
    """A slice of the loss; it is computed by itself when the page is opened."""

    label = "Landscape"
    words = OPENED

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(palette, run)
        self._is_due = False

    def compose(self) -> ComposeResult:
        """Yield the panel."""
        yield LandscapeView(self.palette, classes="panel")

    @property
    def main_panel(self) -> Widget:
        """The slice of the loss."""
        return self.query_one(LandscapeView)

    def view_request(self) -> ViewRequest:
        """Ask for the slice; the first request after the page was opened begins the computation."""
        if self._is_due:
            self._is_due = False
            self.query_one(LandscapeView).compute(OPENED)
        return ViewRequest(looks=(LandscapeRequest(),))

    def begin(self, run: Run) -> None:
        """Show another run, whose slice is still to be computed."""
        super().begin(run)
        self._is_due = self.has_class("-open")
        for view in self.query(LandscapeView):
            view.landscape = None

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show what there is by now."""
        if snapshot is None:
            return
        view, landscape = self.query_one(LandscapeView), snapshot.reply(Landscape)
        was_computing = view.landscape is not None and view.landscape.work is Work.COMPUTING
        view.landscape = landscape
        if was_computing and landscape is not None and landscape.work is Work.DONE:
            self.run.tell(DONE)
        if landscape is not None and landscape.work is Work.COMPUTING:
            self.look_again_soon()

    def on_landscape_view_shown(self) -> None:
        """Compute when the page is opened."""
        self._is_due = True
        self.run.look()

    def on_landscape_view_compute_wanted(self, event: LandscapeView.ComputeWanted) -> None:
        """Have it computed around the present weights."""
        command = Compute(LandscapeRequest(event.seed, event.span))
        self.run.carry_out(command, None, event.words)

    def on_landscape_view_stop_wanted(self) -> None:
        """Stop the computation."""
        self.run.carry_out(CancelCompute(), None, STOPPED)


PAGE = LandscapePage
