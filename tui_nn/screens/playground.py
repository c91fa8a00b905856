"""The Playground: a small network on points of the plane, seen and changed while it learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from tui_nn.config import SETTINGS, Config, ConfigError
from tui_nn.data import FEATURES
from tui_nn.kinds import Real, choices
from tui_nn.render.palette import Palette
from tui_nn.screens.choose import ChooseScreen
from tui_nn.screens.pictures import dataset_pictures
from tui_nn.training.commands import SetParameter
from tui_nn.training.snapshot import Insides, PointSet, Snapshot, ViewRequest
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.curve_view import CurveView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.form import Form
from tui_nn.widgets.key_line import KeyLine
from tui_nn.widgets.map_view import MapView
from tui_nn.widgets.network_view import NetworkView
from tui_nn.widgets.node_rows import NUDGE, Node, Parameter, change, node_name, node_parameters, node_rows
from tui_nn.widgets.prompt import Prompt
from tui_nn.widgets.settings_rows import settings_rows
from tui_nn.widgets.state_line import StateLine

SMALL_COLUMNS = 100
"""Below so many columns the settings share a place with the curves."""
SMALLEST = (60, 20)
TOO_SMALL = f"This window is too small: {SMALLEST[0]} columns by {SMALLEST[1]} rows are needed. q quits."
WEIGHT = Real(-1e6, 1e6, (0.0,))
VIEWS = (StateLine, NetworkView, MapView, CurveView, Form, EventLine, KeyLine)
INSIDES_EVERY = 2
"""The network is drawn at every second picture."""


class PlaygroundScreen(Screen[None]):
    """Passes snapshots on to the views, and what a person wants on to the app."""

    CSS_PATH = "playground.tcss"
    AUTO_FOCUS = ""

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False)
    """The moment to show."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False)
    """The data, which comes with the first snapshot after it changed."""
    config: reactive[Config] = reactive(Config, init=False)
    """The settings as the person set them last."""
    inspected: reactive[Node | None] = reactive(None, init=False)
    """The neuron that the big map and the form show; None for the whole network and the settings."""

    class SettingsChanged(Message):
        """Settings are to be changed."""

        def __init__(self, **changes: Any) -> None:
            self.changes = changes
            super().__init__()

    class ParameterChanged(Message):
        """A weight is to be set; `before` takes it back."""

        def __init__(self, before: SetParameter, after: SetParameter, words: str) -> None:
            self.before, self.after, self.words = before, after, words
            super().__init__()

    class Looked(Message):
        """Something else is looked at: another picture is needed."""

    def __init__(self, palette: Palette, config: Config) -> None:
        super().__init__()
        self.palette = palette
        self.set_reactive(PlaygroundScreen.config, config)
        self._insides: Insides | None = None
        self._n_requests = 0

    def compose(self) -> ComposeResult:
        """Lay out the views."""
        palette, screen = self.palette, PlaygroundScreen
        yield StateLine(palette).data_bind(screen.snapshot, screen.config)
        with Container(id="views"):
            yield NetworkView(palette, classes="panel").data_bind(screen.snapshot, screen.points)
            yield MapView(palette, classes="panel").data_bind(screen.snapshot, screen.points)
            yield CurveView(palette, classes="panel").data_bind(screen.snapshot)
            yield Form(palette, classes="panel")
        yield Static(TOO_SMALL, id="too-small")
        yield EventLine(palette)
        yield Prompt()
        yield KeyLine(palette).data_bind(screen.snapshot)

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one(NetworkView).border_title = "Network"
        self.query_one(CurveView).border_title = "Curves"
        self._name_panels()
        self._list_rows()

    @property
    def is_ready(self) -> bool:
        """Whether the views are there: not before they are laid out, nor while the app is left."""
        return len(self.query(CellsView)) >= len(VIEWS)

    # -- what comes from the trainer

    def view_request(self) -> ViewRequest:
        """Return what the views need of the next moment."""
        map_view, network_view = self.query_one(MapView), self.query_one(NetworkView)
        self._n_requests += 1
        is_turn = self._n_requests % INSIDES_EVERY == 0 or not self._is_running
        return ViewRequest(
            grid=map_view.grid(),
            node=self.inspected,
            insides=network_view.grid() if is_turn else None,
            probe=map_view.probe,
            known_data=self.points.version if self.points is not None else -1,
            history=self.query_one(CurveView).is_due(),
        )

    @property
    def _is_running(self) -> bool:
        return self.snapshot is not None and self.snapshot.status.value == "running"

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        if snapshot.points is not None:
            self.points = snapshot.points
        if snapshot.insides is not None:
            self._insides = snapshot.insides
        self.query_one(StateLine).frames_per_second = frames_per_second
        self.snapshot = snapshot
        if self.inspected is not None:
            self._list_rows()

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence in the event line."""
        for line in self.query(EventLine):
            line.tell(text, is_warning)

    def show_lost(self, is_lost: bool) -> None:
        """Show whether the trainer is gone."""
        for line in self.query(StateLine):
            line.is_lost = is_lost

    def show_palette(self, palette: Palette) -> None:
        """Draw everything with other colors or glyphs."""
        self.palette = palette
        for view in self.query(CellsView):
            view.palette = palette
            view.redraw_all()

    # -- what is looked at

    def watch_config(self) -> None:
        """List the new values."""
        self._list_rows()
        self._name_panels()

    def watch_inspected(self) -> None:
        """Show the neuron, or the whole network again."""
        self._list_rows()
        self._name_panels()
        self.post_message(self.Looked())

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

    def on_map_view_moved(self) -> None:
        """Ask for the answer at the cursor."""
        self.post_message(self.Looked())

    def on_resize(self, event: Resize) -> None:
        """Lay out for the size."""
        self.set_class(event.size.width < SMALL_COLUMNS, "-small")
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")

    def action_settings(self) -> None:
        """Go to the settings; the next letter jumps to one."""
        self.inspected = None
        self.add_class("-settings")
        self.call_after_refresh(self.query_one(Form).pick)

    def action_back(self) -> None:
        """Leave, one thing at a time: the zoom, the neuron, the panel."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif self.inspected is not None:
            self.inspected = None
        else:
            self.remove_class("-settings")
            self.set_focus(None)

    def action_zoom(self) -> None:
        """Let the focused panel have all the room, or give it back."""
        panels = list(self.query(".panel"))
        is_zoomed = not self.has_class("-zoomed")
        chosen = self.focused if self.focused in panels else self.query_one(MapView)
        self.set_class(is_zoomed, "-zoomed")
        for panel in panels:
            panel.set_class(is_zoomed and panel is chosen, "-big")

    def action_show(self, what: str) -> None:
        """Switch a way of looking."""
        map_view, curves = self.query_one(MapView), self.query_one(CurveView)
        if what == "test":
            map_view.shows_test = not map_view.shows_test
            self.tell("Test points are shown too." if map_view.shows_test else "Training points alone.")
        elif what == "discrete":
            map_view.is_discrete = not map_view.is_discrete
            self.tell("The map shows classes." if map_view.is_discrete else "The map shows how sure it is.")
        elif what == "truth":
            map_view.shows_truth = not map_view.shows_truth
            self.tell("Prediction and truth." if map_view.shows_truth else "Prediction alone.")
        elif what == "log":
            curves.has_log_scale = not curves.has_log_scale
            self.tell("Loss on a log scale." if curves.has_log_scale else "Loss on a linear scale.")
        elif what == "recent":
            curves.is_recent = not curves.is_recent
            self.tell("The last quarter of the run." if curves.is_recent else "The whole run.")
        self.post_message(self.Looked())

    # -- what is changed

    def action_layer(self, step: int) -> None:
        """Add a hidden layer of two neurons, or remove the last one."""
        sizes = self.config.hidden_sizes
        self._change("hidden_sizes", SETTINGS["hidden_sizes"].kind.neighbor(sizes, step))

    def action_neuron(self, step: int) -> None:
        """Add or remove a neuron in the layer under the network's cursor."""
        sizes = list(self.config.hidden_sizes)
        if not sizes:
            self.tell("There is no hidden layer; h adds one.", True)
            return
        index = min(max(self.query_one(NetworkView).node[0] - 1, 0), len(sizes) - 1)
        size = sizes[index]
        if not isinstance(size, int):
            self.tell(f"{size} is no layer of single neurons.", True)
            return
        sizes[index] = max(1, size + step)
        self._change("hidden_sizes", tuple(sizes))

    def on_form_nudged(self, event: Form.Nudged) -> None:
        """Change a setting or a weight by one arrow key."""
        if self.inspected is not None:
            parameter = self._parameter(event.key)
            if parameter is not None:
                self._set_parameter(event.key, parameter.value + event.step * NUDGE)
            return
        setting = SETTINGS[event.key]
        self._change(event.key, setting.kind.neighbor(getattr(self.config, event.key), event.step))

    def on_form_opened(self, event: Form.Opened) -> None:
        """Let a value be typed or chosen."""
        if self.inspected is not None:
            self._ask_for_weight(event.key, event.typed)
        elif event.key == "features" and event.typed.isdecimal():
            self._toggle_feature(int(event.typed) - 1)
        elif (listed := choices(SETTINGS[event.key].kind)) is not None:
            setting = SETTINGS[event.key]
            current = setting.kind.format(getattr(self.config, event.key))
            pictures = dataset_pictures(self.palette) if event.key == "dataset" else None
            chooser = ChooseScreen(setting.label, listed, current, self.palette, pictures)
            self.app.push_screen(chooser, lambda name: self._chosen(event.key, name))
        else:
            self._ask_for_setting(event.key, event.typed)

    def _chosen(self, name: str, text: str | None) -> None:
        if text is not None:
            self._change(name, SETTINGS[name].parse(text))

    def _change(self, name: str, value: Any) -> None:
        self.post_message(self.SettingsChanged(**{name: value}))

    def _toggle_feature(self, index: int) -> None:
        names = list(FEATURES)
        if not 0 <= index < len(names):
            return
        chosen = set(self.config.features) ^ {names[index]}
        if not chosen:
            self.tell("The network needs at least one feature.", True)
            return
        self._change("features", tuple(name for name in names if name in chosen))

    def _ask_for_setting(self, name: str, typed: str) -> None:
        setting = SETTINGS[name]

        def accept(text: str) -> str:
            try:
                value = setting.parse(text)
                self.config.replace(**{name: value})
            except ConfigError as error:
                return f"{error.value_text} is not allowed; {error.allowed}"
            self._change(name, value)
            return ""

        shown = setting.kind.format(getattr(self.config, name))
        self._ask(setting.label, shown, typed, setting.kind.allowed, accept)

    def _ask_for_weight(self, key: str, typed: str) -> None:
        parameter = self._parameter(key)
        if parameter is None:
            return

        def accept(text: str) -> str:
            try:
                value = WEIGHT.check(WEIGHT.parse(text))
            except ValueError as allowed:
                return f"{text.strip() or 'nothing'} is not allowed; {allowed}"
            self._set_parameter(key, value)
            return ""

        self._ask(key, f"{parameter.value:.4f}", typed, WEIGHT.allowed, accept)

    def _ask(self, label: str, text: str, typed: str, note: str, accept: Callable[[str], str]) -> None:
        self.add_class("-asking")
        self.query_one(Prompt).ask(label, text, typed, note, accept, self._end_prompt)

    def _end_prompt(self) -> None:
        self.remove_class("-asking")
        self.query_one(Form).focus()

    def _parameter(self, key: str) -> Parameter | None:
        if self._insides is None or self.inspected is None:
            return None
        return node_parameters(self._insides, self.inspected).get(key)

    def _set_parameter(self, key: str, value: float) -> None:
        parameter = self._parameter(key)
        if parameter is None or self.inspected is None:
            self.tell("That neuron is gone.", True)
            return
        before, after = (change(self.inspected, parameter, v) for v in (parameter.value, value))
        self.post_message(self.ParameterChanged(before, after, f"{key} {parameter.value:.4f} -> {value:.4f}"))

    # -- words

    def _list_rows(self) -> None:
        form = self.query_one(Form)
        if self.inspected is None:
            form.rows = settings_rows(self.config, self.config.hide)
        elif self._insides is not None:
            form.rows = node_rows(self._insides, self.inspected, self.config)

    def _name_panels(self) -> None:
        map_view, form = self.query_one(MapView), self.query_one(Form)
        if self.inspected is None:
            others = "" if self.config.uses_features else ", first two inputs, others at their mean"
            map_view.border_title = f"Decision map: {self.config.dataset}{others}"
            form.border_title, form.border_subtitle = "Settings", "c goes here"
            return
        name = node_name(self.inspected, self.snapshot.layer_sizes if self.snapshot is not None else ())
        map_view.border_title = f"Output of {name}"
        form.border_title, form.border_subtitle = f"Weights of {name}", "enter goes here, escape back"
