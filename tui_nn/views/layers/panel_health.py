"""The spread of values and the health of all layers, a band for each."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.training.names import Node
from tui_nn.views.layers.draw import health_picture
from tui_nn.views.layers.values import Layers
from tui_nn.widgets.cells_view import CellsView


class HealthView(CellsView, can_focus=True):
    """Draws Layers; a cursor goes from layer to layer."""

    BINDINGS = [
        Binding("up", "move(-1)", "layer above", show=False),
        Binding("down", "move(1)", "layer below", show=False),
    ]

    DEFAULT_CSS = """
    HealthView { width: 1fr; height: 1fr; }
    """

    layers_shown: reactive[Layers | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    node: reactive[Node] = reactive((1, 0), init=False, repaint=False)
    """The neuron that all pages look at; its layer is marked."""

    class Moved(Message):
        """Another layer is to be looked at, so many further down."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def draw(self, height: int, width: int) -> Cells:
        """Return a row of histograms and counts for each layer."""
        return health_picture(self.layers_shown, self.palette, height, width, max(1, self.node[0]))

    def watch_layers_shown(self) -> None:
        """Draw the new values."""
        self.redraw()

    def watch_node(self) -> None:
        """Mark another layer."""
        self.redraw()

    def action_move(self, step: int) -> None:
        """Ask for another layer."""
        self.post_message(self.Moved(step))
