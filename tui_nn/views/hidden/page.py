"""The data as a layer sees it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.training.names import Node
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.views.hidden.panel import HiddenView
from tui_nn.views.hidden.values import HiddenSpace
from tui_nn.views.page import Page


class HiddenPage(Page):
    """One layer's space; its layer is that of the neuron that all pages look at."""

    label = "Hidden space"
    words = "The data in a layer's activation space. left, right: layer; up, down: neurons."

    def compose(self) -> ComposeResult:
        """Yield the panel."""
        yield HiddenView(self.palette, classes="panel").data_bind(Page.example)

    @property
    def main_panel(self) -> Widget:
        """The space of the hidden layer."""
        return self.query_one(HiddenView)

    def view_request(self) -> ViewRequest:
        """Ask for the space of the layer that is looked at."""
        return ViewRequest(looks=(self.query_one(HiddenView).request(),))

    def begin(self, run: Run) -> None:
        """Show another run, with axes of its own."""
        super().begin(run)
        for view in self.query(HiddenView):
            view.pair, view.space = None, None

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the new moment."""
        space = None if snapshot is None else snapshot.reply(HiddenSpace)
        if space is not None:
            self.query_one(HiddenView).space = space

    def watch_node(self, node: Node) -> None:
        """Look at the layer of the neuron."""
        for view in self.query(HiddenView):
            if view.layer_number != node[0]:
                view.layer_number, view.pair = node[0], None

    def on_hidden_view_layer_wanted(self, event: HiddenView.LayerWanted) -> None:
        """Look at another layer, on all pages."""
        self.post_message(self.NodeWanted((event.layer, 0)))

    def on_hidden_view_looked(self, event: HiddenView.Looked) -> None:
        """Ask for another picture."""
        self.run.tell(event.words)
        self.run.look()

    def on_hidden_view_pair_asked(self) -> None:
        """Let two neurons be typed."""
        view = self.query_one(HiddenView)
        note = "two numbers of neurons such as 1 3, or pca for principal components"
        self.post_message(self.LineWanted("neurons", view.pair_words(), note, view.choose))


PAGE = HiddenPage
