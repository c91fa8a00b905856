"""Point at a neuron and read the sum that makes it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import DescendantFocus
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest, wanted
from tui_nn.views.map.panel import MapView
from tui_nn.views.network.panel import NetworkView
from tui_nn.views.neuron.panel import InspectorView
from tui_nn.views.neuron.values import BIAS, Neuron, NeuronRequest, Term
from tui_nn.views.neuron.weight_edits import CUT_WORDS, NOTHING_TO_FREEZE, WEIGHT, WeightEdits, typed_weight
from tui_nn.views.page import Page

INSIDES_EVERY = 2
"""The network is drawn at every second picture while it trains."""


class NeuronPage(Page):
    """The network with a cursor, the inspector of the neuron under it, and its map over the plane."""

    label = "Neuron"
    words = "Arrows select a neuron; enter opens its sum, where weights can be changed."

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(palette, run)
        self._edits = WeightEdits(run)
        self._n_requests = 0
        self._is_reading = False

    def compose(self) -> ComposeResult:
        """Yield the panels."""
        yield NetworkView(self.palette, classes="panel").data_bind(Page.snapshot, Page.points, Page.node)
        yield InspectorView(self.palette, classes="panel").data_bind(Page.config)
        yield MapView(self.palette, classes="panel").data_bind(Page.snapshot, Page.points)

    @property
    def main_panel(self) -> Widget:
        """The network."""
        return self._inspector if self._is_reading else self._network

    @property
    def _network(self) -> NetworkView:
        return self.query_one(NetworkView)

    @property
    def _inspector(self) -> InspectorView:
        return self.query_one(InspectorView)

    def on_mount(self) -> None:
        """Let the neuron stay marked while its numbers are read."""
        self._network.keeps_cursor = True

    def begin(self, run: Run) -> None:
        """Show another run, with nothing chosen."""
        super().begin(run)
        self._edits = WeightEdits(run)
        for inspector in self.query(InspectorView):
            inspector.neuron = None

    # -- what comes from the trainer

    def view_request(self) -> ViewRequest:
        """Ask for the network and the sum of one neuron."""
        term = self._inspector.term
        request = NeuronRequest(self.node, self.example, None if term is None else term.source)
        map_view = self.query_one(MapView)
        self._n_requests += 1
        is_turn = self._n_requests % INSIDES_EVERY == 0 or not self._is_training
        insides = self._network.request(example=self.example) if is_turn else None
        surface = map_view.request(self.node) if map_view.is_on_screen else None
        return ViewRequest(looks=wanted(request, surface, insides))

    @property
    def _is_training(self) -> bool:
        return self.snapshot is not None and self.snapshot.status is Status.RUNNING

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the neuron's numbers."""
        self._edits.see()
        self.set_class(self.points is None, "-images")
        neuron = None if snapshot is None else snapshot.reply(Neuron)
        if snapshot is not None and neuron is not None and neuron.node == self.node:
            self._inspector.neuron = neuron
            self._name_panels(snapshot, neuron)

    def _name_panels(self, snapshot: Snapshot, neuron: Neuron) -> None:
        from tui_nn.training.names import layer_name, node_name

        name = node_name(self.node, snapshot.layer_sizes, self.config)
        if neuron.place:
            name = f"{layer_name(self.node[0], len(snapshot.layer_sizes))}, {neuron.place}"
        hint = "enter opens its sum" if neuron.terms else "an input: it has no weights"
        if self._inspector.has_focus and neuron.terms:
            hint = "enter types, F freezes, X cuts" if neuron.is_trained else "pooling: fixed weights"
        self._inspector.name_panel(f"{name} on {neuron.example}" if neuron.example else name, hint)
        self.query_one(MapView).name_panel(f"Output of {name}")

    # -- what is looked at

    def on_network_view_pointed(self, event: NetworkView.Pointed) -> None:
        """Look at another neuron, on all pages."""
        event.stop()
        self.post_message(self.NodeWanted(event.node))

    def on_network_view_opened(self, event: NetworkView.Opened) -> None:
        """Read the neuron's sum, or leave."""
        event.stop()
        if event.node is not None:
            self._inspector.focus()
        else:
            self.post_message(self.Left())

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember where to come back to from a prompt."""
        if isinstance(event.widget, (NetworkView, InspectorView)):
            self._is_reading = event.widget is self._inspector

    def on_inspector_view_closed(self) -> None:
        """Go back to the network."""
        self._network.focus()

    def on_inspector_view_term_chosen(self) -> None:
        """Mark the link in the network, and ask for its history."""
        term = self._inspector.term
        layer, unit = self.node
        source = None if term is None else term.unit
        self._network.chosen = None if source is None else (layer, source, unit)
        self.run.look()

    def on_map_view_moved(self) -> None:
        """Ask for the answer at the cursor."""
        self.run.look()

    def next_view(self) -> str:
        """Color the network by activations, weights or gradients in turn; say which."""
        return self._network.next_coloring()

    def show(self, what: str) -> str:
        """Show the moment in all three panels."""
        return self._network.switch_flow() if what == "flow" else super().show(what)

    # -- what is changed

    def on_inspector_view_nudged(self, event: InspectorView.Nudged) -> None:
        """Change a weight by one arrow key."""
        if self._can_change(event.term):
            self._edits.nudge(self.node, event.term, event.step, self._term_name(event.term))

    def on_inspector_view_opened(self, event: InspectorView.Opened) -> None:
        """Let a weight be typed."""
        if not self._can_change(event.term):
            return
        node, term = self.node, event.term
        accept = typed_weight(lambda value: self._edits.set(node, term, value, self._term_name(term)))
        text = f"{term.weight:.4f}"
        self.post_message(self.LineWanted(self._term_name(term), text, WEIGHT.allowed, accept))

    def hold(self, kind: str) -> str:
        """Freeze or cut the chosen weight or neuron, or let it go."""
        neuron = self._inspector.neuron
        if neuron is None or neuron.trouble:
            return "Select a neuron or a weight first."
        term = self._inspector.term
        if neuron.kind == "input" and kind == "freeze":
            return NOTHING_TO_FREEZE
        if term is None:
            self._hold_neuron(neuron, kind)
        elif not neuron.is_trained:
            return "Pooling has no weights to freeze or cut."
        else:
            self._edits.hold_weight(self.node, term, kind, self._term_name(term))
        return ""

    def _hold_neuron(self, neuron: Neuron, kind: str) -> None:
        from tui_nn.training.names import node_name

        sizes = self.snapshot.layer_sizes if self.snapshot is not None else ()
        name = node_name(self.node, sizes, self.config)
        is_held = neuron.is_cut if kind == "cut" else neuron.is_frozen
        self._edits.hold_node(self.node, kind, is_held, f"filter of {name}" if neuron.place else name)

    def _can_change(self, term: Term) -> bool:
        neuron = self._inspector.neuron
        words = ""
        if neuron is None or neuron.trouble:
            words = "That neuron no longer exists."
        elif not neuron.is_trained:
            words = "Pooling has no weights to change."
        elif self._edits.is_cut(self.node, term):
            words = CUT_WORDS
        if words:
            self.run.tell(words, True)
        return not words

    def _term_name(self, term: Term) -> str:
        from tui_nn.views.neuron.draw import term_label

        neuron = self._inspector.neuron
        label = "" if neuron is None else term_label(term, neuron, self.config)
        return "bias" if term.source == BIAS else f"weight from {label}"


PAGE = NeuronPage
