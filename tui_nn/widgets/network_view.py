"""The network: a column for each layer, a small map for each neuron, links by sign and size."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.config import Config
from tui_nn.data import FEATURES
from tui_nn.datasets import find_kind
from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.network import network, plan_network
from tui_nn.render.network_layer import Layer
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Grid, Insides, PointSet, Snapshot
from tui_nn.widgets.cells_view import CellsView

Array = NDArray[np.float64]
Node = tuple[int, int]
"""(layer, unit); layer 0 is the input."""


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

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False)
    """The moment to show."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False)
    """The data, for the range of the plane."""
    node: reactive[Node] = reactive((1, 0), init=False)
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
        if self.snapshot is None:
            return None
        sizes = self.snapshot.layer_sizes
        layers = [Layer("", "", units, labels=self._labels(i, sizes)) for i, units in enumerate(sizes)]
        layout, _ = plan_network(layers, (), self.palette, height, width, self._selected())
        low, high = self.points.domain if self.points is not None else (-6.0, 6.0)
        if layout is None:
            return Grid(1, 1, low, high, low, high)
        return Grid(max(1, layout.map_width), max(1, layout.map_samples), low, high, low, high)

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        insides, config = self._insides, self._config
        if insides is None or config is None:
            return blank(height, width)
        if not insides.weights:
            canvas = blank(height, width)
            write(canvas, 0, 0, "too many weights to draw", width=width)
            return canvas
        sizes = (len(insides.activations[0]), *(len(biases) for biases in insides.biases))
        layers = [self._layer(i, sizes, insides, config) for i in range(len(sizes))]
        weights = [matrix.astype(np.float64) for matrix in insides.weights]
        caption = "activations at the cursor" if insides.is_probed else "mean activations"
        return network(
            layers, weights, self.palette, height, width, selected=self._selected(), caption=caption
        ).cells

    def _selected(self) -> Node | None:
        return self.node if self.has_focus else None

    def _layer(self, index: int, sizes: tuple[int, ...], insides: Insides, config: Config) -> Layer:
        is_input, is_output = index == 0, index == len(sizes) - 1
        title = "input" if is_input else "output" if is_output else f"hidden {index}"
        note = (
            "" if is_input else config.output_activation_name if is_output else config.activations[index - 1]
        )
        maps = insides.maps[index] if insides.maps else None
        padded = None
        if maps is not None:
            padded = np.zeros((sizes[index], *maps.shape[1:]))
            padded[: len(maps)] = maps
        activations = insides.activations[index].astype(np.float64)
        if is_input and padded is not None:
            padded, activations = in_own_range(padded, activations)
        return Layer(
            title=title,
            short_title="in" if is_input else "out" if is_output else f"h{index}",
            units=sizes[index],
            note=note,
            labels=self._labels(index, sizes),
            maps=padded,
            activations=activations,
            biases=None if is_input else insides.biases[index - 1].astype(np.float64),
            scale=calm_scale(padded if padded is not None else activations),
        )

    def _labels(self, index: int, sizes: tuple[int, ...]) -> tuple[str, ...]:
        config = self._config or (self.snapshot.config if self.snapshot is not None else None)
        if config is None or index:
            return ()
        if config.uses_features:
            labels = tuple(FEATURES[name].label for name in config.features)
        else:
            labels = tuple(find_kind(config.dataset).input_names)
        return labels if len(labels) == sizes[0] else ()

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


def in_own_range(maps: Array, activations: Array) -> tuple[Array, Array]:
    """Return maps (units, h, w) and activations (units,) divided by the largest value of each unit's map."""
    largest = np.abs(maps).max(axis=(1, 2), initial=1e-9)
    return maps / largest[:, None, None], activations / largest


def calm_scale(values: Array) -> float:
    """Return the value that gets the full color: 1, or a power of two above all, which seldom moves."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max(initial=0.0))
    return 1.0 if largest <= 1.0 else float(2.0 ** min(60, math.ceil(math.log2(largest))))
