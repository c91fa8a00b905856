"""The network: a column for each layer, a small map for each neuron, links by sign and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.data.dataset import square
from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.snapshot import PointSet, Snapshot
from tui_nn.views.map.values import Grid
from tui_nn.views.network.values import COLORINGS, CUT, FROZEN, Insides, InsidesRequest
from tui_nn.widgets.cells_view import CellsView

if TYPE_CHECKING:
    from tui_nn.training.names import Node
    from tui_nn.views.network.draw import Link


class NetworkView(CellsView, can_focus=True):
    """Draws the insides of the last snapshot that held them; a cursor points at a neuron."""

    BINDINGS = [
        Binding("left", "move(-1, 0)", "previous layer", show=False),
        Binding("right", "move(1, 0)", "next layer", show=False),
        Binding("up", "move(0, -1)", "neuron above", show=False),
        Binding("down", "move(0, 1)", "neuron below", show=False),
        Binding("pageup", "count(-1)", "previous neuron, including hidden ones", show=False),
        Binding("pagedown", "count(1)", "next neuron, including hidden ones", show=False),
        Binding("enter", "open", "open the neuron", show=False),
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
    chosen: reactive[Link | None] = reactive(None, init=False, repaint=False)
    """A link that stands out."""
    coloring: reactive[str] = reactive(COLORINGS[0], init=False, repaint=False)
    """One of COLORINGS: what links and neurons show."""
    has_flow: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether marks move along the links while the network learns."""

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
        self.keeps_cursor = False
        """Whether the cursor is seen while another panel has the keyboard."""
        self._insides: Insides | None = None
        self._config: Config | None = None
        self._sizes: tuple[int, ...] = ()
        self._phase, self._step = 0, 0

    def request(
        self, *, example: Example | None = None, probe: tuple[float, float] | None = None
    ) -> InsidesRequest | None:
        """Return what this view asks of the next moment; None where nothing can be shown yet."""
        grid = self.grid()
        if grid is None:
            return None
        return InsidesRequest(grid, self.coloring, self._selected(), example, probe)

    def grid(self) -> Grid | None:
        """Return the samples of a neuron's small map; None where there is nothing to show yet."""
        width, height = self.size
        snapshot = self.snapshot
        if snapshot is None:
            return None
        from tui_nn.views.network.draw import network_grid  # before the first snapshot nothing is drawn

        domain = self.points.domain if self.points is not None else square(-6.0, 6.0)
        config = self._config or snapshot.config
        return network_grid(snapshot.layer_sizes, config, domain, self.palette, height, width)

    def draw(self, height: int, width: int) -> Cells:
        """Return neurons and links, with the cursor."""
        if self._insides is None or self._config is None:
            return blank(height, width)
        from tui_nn.views.network.draw import network_picture
        from tui_nn.views.network.draw_link_marks import Flow

        is_backward = self._insides.coloring == "gradients"
        return network_picture(
            self._insides,
            self._config,
            self.palette,
            height,
            width,
            self._selected(),
            flow=Flow(self._phase, is_backward) if self.has_flow else None,
            chosen=self.chosen,
        )

    def _selected(self) -> Node | None:
        return self.node if self.has_focus or self.keeps_cursor else None

    def on_mount(self) -> None:
        """Name the panel."""
        self._show_coloring()

    def _show_coloring(self) -> None:
        self.name_panel(f"Network: {self.coloring}", "v colors, k flow")

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the new insides, if the moment holds them; a flow moves on where a step was taken."""
        if snapshot is None:
            return
        if snapshot.layer_sizes != self._sizes:
            self._sizes = snapshot.layer_sizes
            self.node = self._kept(self.node)
        insides = snapshot.reply(Insides)
        if insides is None:
            return
        self._insides, self._config = insides, snapshot.config
        self._phase += snapshot.step != self._step
        self._step = snapshot.step
        self.redraw()

    def watch_node(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def watch_chosen(self) -> None:
        """Draw the link."""
        self.redraw()

    def watch_coloring(self) -> None:
        """Say what is shown; it is drawn when it has come."""
        self._show_coloring()

    def watch_has_flow(self) -> None:
        """Draw with or without marks."""
        self.redraw()

    def is_held(self, node: Node, kind: str) -> bool:
        """Return whether a neuron was frozen or cut as a whole when it was seen last."""
        insides, (layer, unit) = self._insides, node
        if insides is None or layer >= len(insides.held_units):
            return False
        held = insides.held_units[layer][insides.units[layer] == unit]
        return bool((held == (CUT if kind == "cut" else FROZEN)).any())

    def next_coloring(self) -> str:
        """Show something else of links and neurons; return what, in words."""
        self.coloring = COLORINGS[(COLORINGS.index(self.coloring) + 1) % len(COLORINGS)]
        return _WORDS[self.coloring]

    def switch_flow(self) -> str:
        """Show marks along the links, or none; return what was done, in words."""
        self.has_flow = not self.has_flow
        if not self.has_flow:
            return "Flow marks off."
        which = (
            "back, with the gradients" if self.coloring == "gradients" else "forward, with the activations"
        )
        return f"Flow marks move {which} while training."

    def action_move(self, layers: int, units: int) -> None:
        """Move the cursor by layers, or among the neurons of a layer that are shown."""
        if not self._sizes:
            return
        layer, unit = self._kept((self.node[0] + layers, self.node[1]))
        shown = self._shown(layer)
        if layers or unit not in shown:
            unit = min(shown, key=lambda number: abs(number - unit))
        if units:
            unit = shown[max(0, min(shown.index(unit) + units, len(shown) - 1))]
        self._point((layer, unit))

    def action_count(self, units: int) -> None:
        """Move the cursor to the next neuron by number, shown or not."""
        if self._sizes:
            self._point(self._kept((self.node[0], self.node[1] + units)))

    def _point(self, node: Node) -> None:
        self.node = node
        self.post_message(self.Pointed(node))

    def _shown(self, layer: int) -> list[int]:
        """Return the numbers of the neurons of a layer that the picture can show."""
        if self._insides is not None and layer < len(self._insides.units):
            shown: list[int] = self._insides.units[layer].tolist()
            if shown and shown[-1] < self._sizes[layer]:
                return shown
        return list(range(self._sizes[layer]))

    def action_open(self) -> None:
        """Look into the neuron."""
        if self._sizes:
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


_WORDS = {
    "activations": "Network shows activations: each neuron's map, links colored by weight.",
    "weights": "Network shows weights: links colored by weight, neurons by bias.",
    "gradients": "Network shows gradients: links by dL/dw of the last step, neurons by delta.",
}
