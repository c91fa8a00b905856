"""The Compare screen: several runs side by side, as maps, as curves over one another, as a table."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.screens.key_lines import COMPARE_LINE
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import SETTINGS
from tui_nn.settings.datasets import SETS_OF_IMAGES, sets_of_points
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.what_if import typed
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.remote.compared_run import MOST_RUNS, ComparedRun
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.compare.groups import groups_of, spread_words
from tui_nn.views.compare.panel import LinesView, RunsTable, TilesView
from tui_nn.views.compare.values import SEEDS, Compared, MomentRequest, differing
from tui_nn.widgets.form import Form

SAY_S = 1.0
ELSEWHERE = "That is for a single run; enter takes the one under the cursor to its own screen."


class CompareScreen(RunScreen):
    """Maps beside curves and the table."""

    CSS_PATH = ["run_screen.tcss", "compare.tcss"]
    KEYS = COMPARE_LINE

    seen: reactive[Compared | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What was seen of the runs last."""
    selected: reactive[int] = reactive(1, init=False, repaint=False)
    """The number of the run under the cursor."""

    def __init__(self, palette: Palette, run: ComparedRun) -> None:
        super().__init__(palette, run)
        self.compared = run
        self.taken: Checkpoint | None = None
        """The moment of the run that enter was pressed on."""
        self._is_taking = False
        self._said_at = 0.0

    def compose_views(self) -> ComposeResult:
        """Yield the panels."""
        palette, screen = self.palette, CompareScreen
        for kind in (TilesView, LinesView, RunsTable):
            yield kind(palette, classes="panel").data_bind(screen.seen, screen.selected)
        yield Form(palette, classes="panel")

    @property
    def datasets(self) -> Collection[str]:
        """See RunScreen; images stay images."""
        return sets_of_points() if self.config.image_shape is None else SETS_OF_IMAGES

    @property
    def main_panel(self) -> Widget:
        """See RunScreen."""
        return self.query_one(RunsTable)

    def on_mount(self) -> None:
        """Take the keyboard."""
        self.call_after_refresh(self._focus_table)
        self._name_panels()

    def _focus_table(self) -> None:
        if not self.has_class("-settings"):
            self.query_one(RunsTable).focus()

    # -- what comes from the trainer

    def view_request(self) -> ViewRequest:
        """Return what the views need of the next moment."""
        lines = self.query_one(LinesView)
        request = replace(
            self.query_one(TilesView).request(self.is_training),
            moments=lines.moments(self.is_training),
            measure=lines.measure,
            recent=lines.is_recent,
        )
        looks: tuple[object, ...] = (request,)
        if self._is_taking:
            looks = (*looks, MomentRequest(self.selected))
        return ViewRequest(looks=looks)

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment; a run that enter was pressed on is handed over."""
        seen = snapshot.reply(Compared)
        if seen is not None:
            asked = {run.number for run in seen.runs if run.ended != "refused"}
            is_first = self.seen is None or {run.number for run in self.seen.runs} != {
                r.number for r in seen.runs
            }
            self._say_spread(seen, snapshot.status is Status.RUNNING)
            self.seen = seen
            self.selected = self.compared.number
            self._name_panels()
            if is_first and asked:
                self.run.look()
        super().show(snapshot, frames_per_second)
        taken = snapshot.reply(Checkpoint)
        if self._is_taking and taken is not None:
            self._is_taking, self.taken = False, taken
            self.app.call_later(self.app.run_action, "app.take_over")

    def _say_spread(self, seen: Compared, is_running: bool) -> None:
        """Write below the table whether groups can be told apart, while they train now and then."""
        now = time.monotonic()
        if not is_running or now - self._said_at >= SAY_S:
            self._said_at = now
            self.query_one(RunsTable).sentences = spread_words(seen.runs)

    def watch_config(self) -> None:
        """List the new values of the run under the cursor."""
        self.selected = self.compared.number
        self.list_rows()

    def _name_panels(self) -> None:
        runs = () if self.seen is None else self.seen.runs
        names = differing(runs)
        labels = ", ".join(SETTINGS[name].label for name in names)
        what = "Maps" if self.seen is None or self.seen.domain is not None else "Confusion"
        self.query_one(TilesView).name_panel(f"{what}: {labels}" if labels else what)
        curves, groups = self.query_one(LinesView), groups_of(runs)
        legend = [f"{group.mark} {group.words}" for group in groups if group.words]
        curves.name_panel(", ".join([f"Curves: {curves.measure}", *legend]))
        self.query_one(RunsTable).name_panel(f"{len(runs)} runs", "enter: take over")

    # -- what is looked at

    def on_runs_table_selected(self, event: RunsTable.Selected) -> None:
        """Let settings be those of the run under the cursor."""
        self.compared.select(event.number)
        self.selected = self.compared.number
        self.config = self.run.config

    def on_runs_table_taken(self) -> None:
        """Ask for all of the run under the cursor."""
        self._is_taking = True
        self.run.look()

    def on_runs_table_told(self, event: RunsTable.Told) -> None:
        """Say what a key did."""
        self.tell(event.text)

    def action_show(self, what: str) -> None:
        """Switch a way of looking."""
        if what == "discrete":
            tiles = self.query_one(TilesView)
            tiles.is_discrete = not tiles.is_discrete
            self.tell("Maps show predicted classes." if tiles.is_discrete else "Maps show confidence.")
        elif what in ("log", "recent"):
            self.tell(self.query_one(LinesView).switch(what))
        else:
            self.tell(ELSEWHERE)
        self.run.look()

    def action_next_view(self) -> None:
        """Let curves show something else."""
        self.tell(self.query_one(LinesView).switch("measure"))
        self._name_panels()
        self.run.look()

    def action_neuron(self, step: int) -> None:
        """Put another run behind the others, or drop the one under the cursor."""
        if step > 0:
            self.compared.add()
        else:
            self.compared.drop()
        self.selected = self.compared.number

    def action_back(self) -> None:
        """Leave the settings or the zoom, and go back to the table."""
        super().action_back()
        self._focus_table()

    def _end_prompt(self) -> None:
        super()._end_prompt()
        self._focus_table()

    def action_misclassified(self, step: int) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)

    def action_example(self) -> None:
        """Ask for the values of the setting that is compared."""
        seen = () if self.seen is None else self.seen.runs
        name = next((name for name in differing(seen) if name not in SEEDS), "learning_rate")
        setting = SETTINGS[name]
        values = list(dict.fromkeys(setting.kind.format(getattr(run.config, name)) for run in seen))
        apart = "; " if any("," in value for value in values) else ", "

        def accept(text: str) -> str:
            try:
                configs = typed(self.config, name, text, MOST_RUNS)
            except ConfigError as error:
                return error.why
            wanted = replace(self.compared.wanted, configs=tuple(configs))
            self.compared.compare(
                wanted, self.compared.moment, f"{len(configs)} runs differ in the {setting.label}."
            )
            return ""

        self.ask(setting.label, apart.join(values), "", "apart at commas, or ;", accept)

    def action_sample(self, step: int) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)

    def action_teach(self) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)

    def action_hold(self, kind: str) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)

    def action_save(self, with_timeline: bool = False) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)

    def action_load(self) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)

    def action_share(self) -> None:
        """Say where that is done."""
        self.tell(ELSEWHERE)
