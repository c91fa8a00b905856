"""The network: a column for each layer, a small map for each neuron, links by sign and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.config import Config
from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Grid, Insides, PointSet, Snapshot
from tui_nn.widgets.cells_view import CellsView

if TYPE_CHECKING:
    from tui_nn.pictures.network import Node


class NetworkView(CellsView, can_focus=True):
    """Draws the insides of the last snapshot that held them; a cursor points at a neuron."""

    BINDINGS = [
        Binding("left", "move(-1, 0)", "layer before", show=False),
        Binding("right", "move(1, 0)", "next layer", show=False),
        Binding("up", "move(0, -1)", "neuron above", show=False),
        Binding("down", "move(0, 1)", "neuron below", show=False),
        Binding("enter", "open", "look into the neuron", show=False),
        Binding("escape", "close", "back to the whole network", show=False),
    ]

    DEFAULT_CSS = """
    NetworkView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data, for the range of the plane."""
    node: reactive[Node] = reactive((1, 0), init=False, repaint=False)
    """Where the cursor points."""

    class Opened(Message):
        """A neuron is to be looked into; None: back to the whole network."""

        def __init__(self, node: Node | None) -> None:
            self.node = node
            super().__init__()

    class Pointed(Message):
        """The cursor moved to a neuron."""

        def __init__(self, node: Node) -> None:
            self.node = node
            super().__init__()

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self._insides: Insides | None = None
        self._config: Config | None = None
        self._sizes: tuple[int, ...] = ()

    def grid(self) -> Grid | None:
        """Return the samples of a neuron's small map; None where there is nothing to show yet."""
        width, height = self.size
        snapshot = self.snapshot
        if snapshot is None:
            return None
        from tui_nn.pictures.network import network_grid  # before the first snapshot nothing is drawn

        domain = self.points.domain if self.points is not None else (-6.0, 6.0)
        config = self._config or snapshot.config
        return network_grid(
            snapshot.layer_sizes, config, domain, self.palette, height, width, self._selected()
        )

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        if self._insides is None or self._config is None:
            return blank(height, width)
        from tui_nn.pictures.network import network_picture

        return network_picture(self._insides, self._config, self.palette, height, width, self._selected())

    def _selected(self) -> Node | None:
        return self.node if self.has_focus else None

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the new insides, if the moment holds them."""
        if snapshot is None or snapshot.insides is None:
            return
        self._insides, self._config = snapshot.insides, snapshot.config
        if snapshot.layer_sizes != self._sizes:
            self._sizes = snapshot.layer_sizes
            self.node = self._kept(self.node)
        self.redraw()

    def watch_node(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()

    def action_move(self, layers: int, units: int) -> None:
        """Move the cursor by layers or by neurons."""
        if self._sizes:
            self.node = self._kept((self.node[0] + layers, self.node[1] + units))
            self.post_message(self.Pointed(self.node))

    def action_open(self) -> None:
        """Look into the neuron."""
        self.post_message(self.Opened(self.node))

    def action_close(self) -> None:
        """Go back to the whole network."""
        self.post_message(self.Opened(None))

    def _kept(self, node: Node) -> Node:
        """Return the nearest neuron that there is."""
        if not self._sizes:
            return node
        layer = max(0, min(node[0], len(self._sizes) - 1))
        return layer, max(0, min(node[1], self._sizes[layer] - 1))
