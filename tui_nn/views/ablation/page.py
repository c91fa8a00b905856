"""Which neuron matters: a table of the network without each of its hidden neurons."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.ablation.panel import AblationView
from tui_nn.views.ablation.values import AblationRequest, SeenAblation
from tui_nn.views.page import Page


class AblationPage(Page):
    """One panel; the table is computed anew whenever the weights have changed."""

    label = "Ablation"
    words = "Each hidden neuron silent in turn. enter: its page; left, right: sort."

    def compose(self) -> ComposeResult:
        """Yield the panel."""
        yield AblationView(self.palette, classes="panel")

    @property
    def main_panel(self) -> Widget:
        """The table."""
        return self.query_one(AblationView)

    def on_mount(self) -> None:
        """Name the panel."""
        view = self.query_one(AblationView)
        view.name_panel("Ablation: which neuron matters", "enter: its page, left right: sort")

    def view_request(self) -> ViewRequest:
        """Ask for the table."""
        return ViewRequest(looks=(AblationRequest(),))

    def begin(self, run: Run) -> None:
        """Show another run, whose table is still to be computed."""
        super().begin(run)
        for view in self.query(AblationView):
            view.seen, view.node = None, None

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show what there is by now; look again soon where a run stands still and it is of other weights."""
        seen = None if snapshot is None else snapshot.reply(SeenAblation)
        if snapshot is None or seen is None:
            return
        self.query_one(AblationView).seen = seen
        if not seen.is_current and snapshot.status is not Status.RUNNING:
            self.look_again_soon()

    def on_ablation_view_opened(self, event: AblationView.Opened) -> None:
        """Open the page of a neuron."""
        self.post_message(self.NodeWanted(event.node))
        self.post_message(self.PageWanted("neuron"))

    def on_ablation_view_told(self, event: AblationView.Told) -> None:
        """Say what a key did."""
        self.run.tell(event.text)


PAGE = AblationPage
