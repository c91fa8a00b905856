"""Weights as heat maps, the spread of values, the health of each layer."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.layers.panel_health import HealthView
from tui_nn.views.layers.panel_weights import WeightsView
from tui_nn.views.layers.values import Bounds, Layers, LayersRequest
from tui_nn.views.page import Page

EVERY = 2
"""While a network trains it is drawn at every second picture, and at once when another layer is chosen."""


class LayersPage(Page):
    """The weights of the layer that is looked at, above all layers."""

    DEFAULT_CSS = """
    LayersPage WeightsView { height: 14fr; }
    LayersPage HealthView { height: 18fr; }
    .-small LayersPage WeightsView { height: 11fr; }
    .-small LayersPage HealthView { height: 9fr; }
    """

    label = "Layers"
    words = "Weights and statistics. left, right: layer; up, down: neuron; z: zoom."

    _bounds: tuple[Bounds, ...] = ()
    _asked: LayersRequest | None = None
    _n_requests = 0

    def compose(self) -> ComposeResult:
        """Yield the panels."""
        yield WeightsView(self.palette, classes="panel").data_bind(Page.node)
        yield HealthView(self.palette, classes="panel").data_bind(Page.node)

    @property
    def main_panel(self) -> Widget:
        """The weights of a layer."""
        return self.query_one(WeightsView)

    def on_mount(self) -> None:
        """Name the panel that never changes its name."""
        self.query_one(HealthView).name_panel("Layers: distribution of values", "up down: layer")

    def view_request(self) -> ViewRequest:
        """Ask for the weights of one layer and the values of all."""
        asked, most = self._asked, self.query_one(WeightsView).most()
        self._asked = LayersRequest(max(1, self.node[0]), *most)
        self._n_requests += 1
        is_running = self.snapshot is not None and self.snapshot.status is Status.RUNNING
        if is_running and self._asked == asked and self._n_requests % EVERY:
            return ViewRequest()
        return ViewRequest(looks=(replace(self._asked, bounds=self._bounds),))

    def begin(self, run: Run) -> None:
        """Show another run, beginning with its first layer."""
        super().begin(run)
        self._bounds = ()
        for health in self.query(HealthView):
            health.layers_shown = None
        for weights in self.query(WeightsView):
            weights.matrix = None

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the new moment."""
        seen = None if snapshot is None else snapshot.reply(Layers)
        if seen is None:
            return
        self._bounds = seen.bounds
        self.query_one(WeightsView).matrix = seen.matrix
        self.query_one(HealthView).layers_shown = seen

    def on_weights_view_moved(self, event: WeightsView.Moved) -> None:
        """Look at another layer, or at another neuron of it."""
        self._move(event.layers, event.units)

    def on_weights_view_resized(self) -> None:
        """Ask for as many weights as fit now."""
        self.run.look()

    def on_health_view_moved(self, event: HealthView.Moved) -> None:
        """Look at another layer."""
        self._move(event.step, 0)

    def _move(self, layers: int, units: int) -> None:
        sizes = self.snapshot.layer_sizes if self.snapshot is not None else ()
        if len(sizes) < 2:
            return
        here = max(1, self.node[0])
        layer = min(max(1, here + layers), len(sizes) - 1)
        unit = (self.node[1] if self.node[0] == here else 0) + units if layer == here else 0
        self.post_message(self.NodeWanted((layer, min(max(0, unit), sizes[layer] - 1))))


PAGE = LayersPage
