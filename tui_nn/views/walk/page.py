"""Follow one example forward, to the loss, and back; at the end one step is really taken."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.training.commands import Pause, TakeBackStep, WalkStep
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest, wanted
from tui_nn.views.network.values import InsidesRequest
from tui_nn.views.page import SMALL_COLUMNS, Page
from tui_nn.views.walk.panel import StageView
from tui_nn.views.walk.panel_code import CodeView
from tui_nn.views.walk.panel_network import WalkNetwork
from tui_nn.views.walk.values import Stage, Taken, Walk, WalkRequest

EVERY, EVERY_OF_LARGE = 4, 30
"""While a network trains, small or large, its walk is asked for at every so many pictures."""
LARGE = 20_000
"""Parameters from which a network is large."""
PATIENCE = 4
"""A step that so many pictures do not show was refused."""


class WalkPage(Page):
    """The network with a stage highlighted, beside the stage's numbers or the engine's lines that do it."""

    label = "Walk"
    words = "left, right: stages; up, down: scroll; f: play or stop; y: source code."

    DEFAULT_CSS = """
    WalkPage { layout: horizontal; }
    WalkPage WalkNetwork { width: 1fr; }
    WalkPage StageView { width: 1fr; min-width: 48; }
    WalkPage CodeView { width: 1fr; display: none; }
    WalkPage.-code CodeView { display: block; }
    WalkPage.-code WalkNetwork { display: none; }
    WalkPage.-code.-narrow { layout: vertical; }
    """

    place: reactive[int] = reactive(0, init=False, repaint=False)
    """The number of the stage that is shown, from 0."""
    walk: reactive[Walk | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The walk as it is now."""
    taken: reactive[Taken | None] = reactive(None, init=False, repaint=False)
    """The step at the end of the last walk, while what it changed is shown."""
    shows_code: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the engine's lines take the place of the network."""

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(palette, run)
        self._timer: Timer | None = None
        self._n_requests = 0
        self._awaited: int | None = None
        """The step from which a step is being taken; None while none is."""
        self._waited = 0
        self._is_pausing = False
        self._is_to_pause = False
        """Whether a network that trains is to be paused as soon as that is known."""

    def compose(self) -> ComposeResult:
        """Yield the panels."""
        yield WalkNetwork(self.palette, classes="panel").data_bind(Page.points)
        yield CodeView(self.palette, classes="panel")
        yield StageView(self.palette, classes="panel")

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one(WalkNetwork).name_panel("Network")
        self.query_one(CodeView).name_panel("Source code", "y hides them")

    def on_resize(self, event: Resize) -> None:
        """Put the engine's lines below the numbers where they would be cut beside them."""
        self.set_class(event.size.width < SMALL_COLUMNS, "-narrow")

    @property
    def main_panel(self) -> Widget:
        """The numbers of the stage."""
        return self.query_one(StageView)

    @property
    def stage(self) -> Stage | None:
        """What is shown."""
        if self.taken is not None:
            return self.taken.stage
        stages = self.walk.stages if self.walk is not None else ()
        return stages[min(self.place, len(stages) - 1)] if stages else None

    @property
    def is_walking(self) -> bool:
        """Whether the walk goes by itself."""
        return self._timer is not None

    def view_request(self) -> ViewRequest:
        """Ask for the stage and the network around it."""
        self._n_requests += 1
        snapshot = self.snapshot
        if snapshot is not None and snapshot.status is Status.RUNNING and self.walk is not None:
            every = EVERY_OF_LARGE if snapshot.n_parameters > LARGE else EVERY
            if self._n_requests % every:
                return ViewRequest()
        grid = self.query_one(WalkNetwork).grid(self.config)
        insides = None if grid is None else InsidesRequest(grid, example=self.example)
        return ViewRequest(looks=wanted(insides, WalkRequest(self.example, with_code=self.shows_code)))

    def begin(self, run: Run) -> None:
        """Show another run, from the first stage."""
        super().begin(run)
        self.stop()
        self.walk, self.taken, self.place = None, None, 0

    # -- what comes from the trainer

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the new numbers of the stage."""
        if snapshot is None or not self.is_mounted:
            return
        self.query_one(WalkNetwork).show(snapshot)
        self._watch_training(snapshot)
        walk = snapshot.reply(Walk)
        if walk is not None:
            self._take(walk)

    def _watch_training(self, snapshot: Snapshot) -> None:
        """Let a walk that goes by itself end when the network is told to train."""
        is_training = snapshot.status is Status.RUNNING
        if not is_training:
            self._is_pausing = self._is_to_pause = False
        elif self._is_to_pause:
            self._hold_still()
        elif self.is_walking and not self._is_pausing:
            self.stop()
            self.run.tell("The network is training; f pauses it and walks again.")

    def _take(self, walk: Walk) -> None:
        self.walk = walk
        if self._awaited is not None:
            self._waited += 1
            if walk.taken is not None and walk.taken.step > self._awaited:
                self._awaited, self.taken = None, walk.taken
                self.stop()
            elif self._waited >= PATIENCE:
                self._awaited = None
                self.stop()
        elif self.taken is not None and walk.step != self.taken.step:
            self.taken = None
        self._show()

    def _show(self) -> None:
        """Show the stage."""
        view, network = self.query_one(StageView), self.query_one(WalkNetwork)
        stage, walk = self.stage, self.walk
        if walk is None:
            return
        view.name_panel(f"Walk: {walk.words}", self._hint())
        if stage is None:
            view.show_trouble(f"No walk: {walk.trouble}")
            return
        view.show_stage(stage, min(self.place, len(walk.stages) - 1), len(walk.stages))
        network.spot = stage.spot
        self.query_one(CodeView).show_code(stage.code, dict(walk.code))

    def _hint(self) -> str:
        if self.is_walking:
            return f"every {self.config.walk_interval} ms, f stops"
        return "left right: stages, f: play"

    # -- going on

    def on_stage_view_moved(self, event: StageView.Moved) -> None:
        """Go on, or back, by hand."""
        if self.is_walking:
            self.stop()
        self.go(event.step)

    def go(self, step: int) -> None:
        """Go to the next stage or the one before; behind the last the step is really taken."""
        self._hold_still()
        if self.walk is None or not self.walk.stages or self._awaited is not None:
            return
        last = len(self.walk.stages) - 1
        if self.taken is not None:
            self.taken = None
            self.place = 0 if step > 0 else last
        elif step > 0 and self.place >= last:
            self._end(self.walk)
        else:
            self.place = max(0, min(last, self.place + step))
        self._show()

    def _end(self, walk: Walk) -> None:
        """Take the step that the walk has announced, or say why there is none."""
        if not walk.has_target:
            self.stop()
            self.place = 0
            ending = ": 1" if self.config.task != "regression" else ": 0.5"
            self.run.tell(f'This example has no target: press E, then type "{ending}".')
            return
        self._awaited, self._waited = walk.step, 0
        words = f"One step on {walk.words} was taken."
        self.run.carry_out(WalkStep(walk.example), TakeBackStep(), words)
        self.run.look()

    def _hold_still(self) -> None:
        """Pause the training: a walk is of one moment."""
        self._is_to_pause = self.snapshot is None
        if self.snapshot is not None and self.snapshot.status is Status.RUNNING and not self._is_pausing:
            self._is_pausing = True
            words = "Paused, because a walk needs fixed weights."
            self.run.carry_out(Pause(), None, words)
            self.run.look()

    # -- by itself

    def toggle(self) -> None:
        """Let the walk go by itself, or stop it."""
        if self.is_walking:
            self.stop()
            self.run.tell("The walk stopped; f resumes it.")
        else:
            self.start()

    def start(self) -> None:
        """Let the walk go by itself."""
        self._hold_still()
        if self.taken is not None:
            self.taken, self.place = None, 0
        self._wind()
        self._show()

    def stop(self) -> None:
        """Let it stand."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._show()

    def _wind(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_interval(self.config.walk_interval / 1000, self._tick)

    def _tick(self) -> None:
        """Go on, unless somebody looks elsewhere."""
        if not (self.has_class("-open") and self.screen is self.app.screen_stack[-1]):
            self.stop()
        elif self._awaited is None and not self._is_pausing and not self._is_to_pause:
            self.go(1)

    def watch_config(self) -> None:
        """Go on at the new pace."""
        if self.is_walking:
            self._wind()
            self._show()

    # -- what is looked at

    def watch_example(self) -> None:
        """Begin with the new example."""
        if self.is_mounted:
            self.taken, self.place = None, 0

    def watch_shows_code(self) -> None:
        """Show the lines, or the network again."""
        self.set_class(self.shows_code, "-code")
        self.run.look()


PAGE = WalkPage
