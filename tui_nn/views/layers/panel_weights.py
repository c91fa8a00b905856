"""The weights of one layer as a heat map, or its filters; a cursor goes from layer to layer."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Resize
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.render.scales import stable_bound
from tui_nn.training.names import Node
from tui_nn.views.layers.draw import most_kernels, most_weights, weights_picture
from tui_nn.views.layers.values import WeightMatrix
from tui_nn.widgets.cells_view import CellsView

USUAL_KERNEL = 3
"""The size of a kernel while none was seen."""


class WeightsView(CellsView, can_focus=True):
    """Draws a WeightMatrix."""

    BINDINGS = [
        Binding("left", "move(-1, 0)", "layer before", show=False),
        Binding("right", "move(1, 0)", "next layer", show=False),
        Binding("up", "move(0, -1)", "neuron before", show=False),
        Binding("down", "move(0, 1)", "next neuron", show=False),
    ]

    DEFAULT_CSS = """
    WeightsView { width: 1fr; height: 1fr; }
    """

    matrix: reactive[WeightMatrix | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    node: reactive[Node] = reactive((1, 0), init=False, repaint=False)
    """The neuron that all pages look at."""

    class Moved(Message):
        """Another neuron or another layer is to be looked at, so many further on."""

        def __init__(self, layers: int, units: int) -> None:
            self.layers, self.units = layers, units
            super().__init__()

    class Resized(Message):
        """There is room for more weights, or for less."""

    _scale: float | None = None
    _scaled_layer = 0

    def most(self) -> tuple[int, int, int]:
        """Return how many inputs, neurons and kernels can be shown."""
        width, height = self.size
        kernels = self.matrix.kernels if self.matrix is not None else None
        size = USUAL_KERNEL if kernels is None else kernels.shape[1]
        return *most_weights(self.palette, height, width), most_kernels(height, width, size)

    def draw(self, height: int, width: int) -> Cells:
        """Return the weights as a heat map."""
        if self.matrix is None:
            return blank(height, width)
        return weights_picture(self.matrix, self.palette, height, width, self.node, self._scale or 1.0)

    def watch_matrix(self, matrix: WeightMatrix | None) -> None:
        """Draw the new weights; the scale is kept while they fit."""
        if matrix is not None:
            before = self._scale if matrix.layer == self._scaled_layer else None
            self._scale, self._scaled_layer = stable_bound(matrix.largest, before), matrix.layer
            inputs = f"{matrix.n_inputs:,} input{'s' * (matrix.n_inputs != 1)}"
            neurons = f"{matrix.n_neurons:,} {'filter' if matrix.kernels is not None else 'neuron'}"
            sizes = f": {inputs}, {neurons}{'s' * (matrix.n_neurons != 1)}" if matrix.n_neurons else ""
            self.name_panel(f"Weights of {matrix.name}{sizes}", "left right: layer, up down: neuron")
        self.redraw()

    def on_resize(self, _: Resize) -> None:
        """Ask for as many weights as fit now."""
        self.post_message(self.Resized())

    def watch_node(self) -> None:
        """Mark another one."""
        self.redraw()

    def action_move(self, layers: int, units: int) -> None:
        """Ask for another layer, or another neuron of it."""
        self.post_message(self.Moved(layers, units))
