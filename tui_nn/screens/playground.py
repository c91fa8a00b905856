"""The Playground: a small network on points of the plane, seen and changed while it learns."""

from __future__ import annotations

from collections.abc import Collection

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.screens.inspected_neuron import InspectedNeuron
from tui_nn.screens.key_lines import KEY_LINE, WEIGHTS_LINE
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.datasets import sets_of_points
from tui_nn.training.example import Example
from tui_nn.training.names import Node
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import PointSet, Snapshot, ViewRequest, wanted
from tui_nn.views.curves.panel import CurveView
from tui_nn.views.map.panel import MapView
from tui_nn.views.network.panel import NetworkView
from tui_nn.views.network.values import MOST_UNITS
from tui_nn.views.neuron.weight_edits import WEIGHT, typed_weight
from tui_nn.widgets.form import Form
from tui_nn.widgets.key_line import Keys

INSIDES_EVERY = 2
"""The network is drawn at every second picture."""


NAMES_EVERY = 20
"""What stands on the map's border is written anew at every so many pictures."""


class PlaygroundScreen(RunScreen):
    """Network, decision map, curves and settings."""

    CSS_PATH = ["run_screen.tcss", "playground.tcss"]
    KEYS = KEY_LINE

    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data, which comes with the first snapshot after it changed."""
    inspected: reactive[Node | None] = reactive(None, init=False, repaint=False)
    """The neuron that the big map and the form show; None for the whole network and the settings."""

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(palette, run)
        self._neuron = InspectedNeuron(run)
        self._n_requests = 0

    def compose_views(self) -> ComposeResult:
        """Yield the four panels."""
        palette, screen = self.palette, PlaygroundScreen
        yield NetworkView(palette, classes="panel").data_bind(RunScreen.snapshot, screen.points)
        yield MapView(palette, classes="panel").data_bind(RunScreen.snapshot, screen.points)
        yield CurveView(palette, classes="panel").data_bind(RunScreen.snapshot)
        yield Form(palette, classes="panel")

    @property
    def datasets(self) -> Collection[str]:
        """Sets of points, which have a map."""
        return sets_of_points()

    @property
    def main_panel(self) -> Widget:
        """The decision map."""
        return self.query_one(MapView)

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one(CurveView).name_panel("Curves")
        if self.config.tfp:  # only who opens an address of TensorFlow Playground waits for what it says
            from tui_nn.settings.sharing.tfp.rest import read_rest

            said = read_rest(self.config.tfp, ()).texts
            map_view = self.query_one(MapView)
            map_view.shows_test = (said.get("showTestData") or "false") != "false"
            map_view.is_discrete = (said.get("discretize") or "false") != "false"
        self._name_map()

    # -- what comes from the trainer

    def view_request(self) -> ViewRequest:
        """Return what the views need of the next moment."""
        map_view, network_view = self.query_one(MapView), self.query_one(NetworkView)
        self._n_requests += 1
        is_turn = self._n_requests % INSIDES_EVERY == 0 or not self.is_training
        neuron: object | None = None
        if self.inspected is not None:
            from tui_nn.views.neuron.values import NeuronRequest

            neuron = NeuronRequest(self.inspected)
        insides = network_view.request(probe=map_view.probe) if is_turn else None
        return ViewRequest(
            looks=wanted(map_view.request(self.inspected), insides, neuron),
            known_data=self.points.version if self.points is not None else -1,
            history=self.query_one(CurveView).is_due(),
        )

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        if snapshot.points is not None:
            self.points = snapshot.points
        self._neuron.see(snapshot, self.inspected)
        super().show(snapshot, frames_per_second)
        if self._n_requests % NAMES_EVERY == 0 or not self.is_training:
            self._name_map()
        node, sizes = self.inspected, snapshot.layer_sizes
        if node is not None and not (node[0] < len(sizes) and node[1] < sizes[node[0]]):
            self.inspected = None
            self.tell("That neuron no longer exists; this is the whole network.", True)
        elif node is not None:
            self.list_rows()

    # -- what is looked at

    def watch_config(self) -> None:
        """List the new values."""
        self.list_rows()
        self._name_map()

    def watch_inspected(self) -> None:
        """Show the neuron, or the whole network again."""
        self.list_rows()
        self.show_keys()
        self._name_map()
        self.run.look()

    def on_network_view_opened(self, event: NetworkView.Opened) -> None:
        """Look into a neuron; a second time go to its weights."""
        if event.node is not None and event.node == self.inspected:
            self.add_class("-settings")
            self.call_after_refresh(self.query_one(Form).focus)
        elif event.node is None and self.inspected is None:
            self.action_back()
        else:
            self.inspected = event.node

    def on_network_view_pointed(self, event: NetworkView.Pointed) -> None:
        """Follow the cursor while a neuron is looked into."""
        if self.inspected is not None:
            self.inspected = event.node
        elif self.snapshot is not None and max(self.snapshot.layer_sizes) > MOST_UNITS:
            self.run.look()  # other neurons may have to be shown

    def pointed_example(self) -> Example | None:
        """Return the sample at the map's cursor, or the point there; see RunScreen."""
        map_view = self.query_one(MapView)
        probe, sample, data = map_view.probe, map_view.sample, self.points
        if probe is None or data is None:
            return None
        if sample is not None:
            from tui_nn.views.map.draw_samples import example_at

            return example_at(data, sample)
        return Example("typed", 0, probe[: data.n_columns]) if data.n_columns <= 2 else None

    def action_sample(self, step: int) -> None:
        """Put the map's cursor on the next sample, or the one before."""
        self._go_to_sample(step)

    def action_misclassified(self, step: int) -> None:
        """Put it on the next misclassified one, or the one before."""
        self._go_to_sample(step, is_wrong=True)

    def _go_to_sample(self, step: int, is_wrong: bool = False) -> None:
        map_view = self.query_one(MapView)
        map_view.focus()
        self.tell(map_view.go_to_sample(step, is_wrong))

    def on_map_view_moved(self) -> None:
        """Ask for the answer at the cursor."""
        self.run.look()

    def action_settings(self, name: str = "") -> None:
        """Go to the settings; see RunScreen."""
        self.inspected = None
        super().action_settings(name)

    def action_back(self) -> None:
        """Leave, one thing at a time: the zoom, the neuron, the panel."""
        if self.inspected is not None and not self.has_class("-zoomed"):
            self.inspected = None
        else:
            super().action_back()

    def action_swap(self) -> None:
        """Let the network have the larger place and the map the smaller one, or the other way round."""
        network_view, map_view = self.query_one(NetworkView), self.query_one(MapView)
        self.toggle_class("-swapped")
        first, second = (map_view, network_view) if self.has_class("-swapped") else (network_view, map_view)
        self.query_one("#views").move_child(first, before=second)
        self.tell(
            "The network has the larger place." if second is network_view else "The map has the larger place."
        )

    def action_show(self, what: str) -> None:
        """Switch a way of looking."""
        map_view = self.query_one(MapView)
        if what == "test":
            map_view.shows_test = not map_view.shows_test
            self._name_map()
            self.tell("Train and test points." if map_view.shows_test else "Training points only.")
        elif what == "discrete":
            map_view.is_discrete = not map_view.is_discrete
            self.tell(
                "The map shows predicted classes." if map_view.is_discrete else "The map shows confidence."
            )
        elif what == "flow":
            self.tell(self.query_one(NetworkView).switch_flow())
        elif what == "truth":
            map_view.shows_truth = not map_view.shows_truth
            self.tell("Prediction and truth." if map_view.shows_truth else "Prediction only.")
        else:
            self.tell(self.query_one(CurveView).switch(what))
        self.run.look()

    def action_next_view(self) -> None:
        """Show something else of the network."""
        self.tell(self.query_one(NetworkView).next_coloring())
        self.run.look()

    # -- what is changed

    def action_neuron(self, step: int) -> None:
        """Ask for a neuron more or less in the layer under the network's cursor."""
        self.run.resize_layer(self.query_one(NetworkView).node[0] - 1, step)

    def on_form_nudged(self, event: Form.Nudged) -> None:
        """Change a weight of the inspected neuron by one arrow key; settings are left to RunScreen."""
        if self.inspected is not None:
            event.prevent_default()
            self._neuron.nudge(self.inspected, event.key, event.step)

    def on_form_opened(self, event: Form.Opened) -> None:
        """Let a weight of the inspected neuron be typed; settings are left to RunScreen."""
        node, key = self.inspected, event.key
        if node is None:
            return
        event.prevent_default()
        term = self._neuron.changeable(node, key)
        if term is not None:
            accept = typed_weight(lambda value: self._neuron.set(node, key, value))
            self.ask(key, f"{term.weight:.4f}", event.typed, WEIGHT.allowed, accept)

    def action_hold(self, kind: str) -> None:
        """Freeze or cut the weight or the neuron under the cursor, or let it go."""
        form, network_view = self.query_one(Form), self.query_one(NetworkView)
        if self.inspected is not None and form.has_focus and form.rows:
            self._neuron.hold_weight(self.inspected, form.rows[form.cursor].key, kind)
        elif network_view.has_focus or self.inspected is not None:
            node = network_view.node if self.inspected is None else self.inspected
            self._neuron.hold(node, kind, network_view.is_held(node, kind))
        else:
            self.tell("Select a neuron first: tab moves to the network.", True)

    # -- words

    def list_rows(self) -> None:
        """Show the settings in the form, or the weights of the inspected neuron."""
        if self.inspected is None:
            super().list_rows()
            return
        rows = self._neuron.rows(self.inspected)
        if rows is not None:
            form = self.query_one(Form)
            form.name_panel(f"Weights of {self._neuron.name(self.inspected)}", "enter: edit, escape: back")
            form.rows = rows

    @property
    def inner_keys(self) -> Keys:
        """The keys of the settings, or of a neuron's weights, for the line of keys."""
        is_weights = self.inspected is not None and isinstance(self.focused, Form)
        return WEIGHTS_LINE if is_weights else super().inner_keys

    def _name_map(self) -> None:
        map_view = self.query_one(MapView)
        if self.inspected is None:
            hidden, dataset = map_view.hidden_words, self.config.dataset
            inputs = self.config.dataset_spec.input_names
            name = f"Map: {hidden}" if hidden else f"Decision map: {dataset}"
            if len(inputs) > 2:
                name += f", {inputs[0]} and {inputs[1]}, others at their mean"
            elif len(inputs) == 1 and not hidden:
                name = f"Decision map, {inputs[0]} across, target up, {dataset}"
            map_view.name_panel(name)
        else:
            map_view.name_panel(f"Output of {self._neuron.name(self.inspected)}")
