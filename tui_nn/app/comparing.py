"""The app's hand on comparisons: begins one from the run that is shown, and gives a run of it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_nn.app.opened import connect
from tui_nn.render.palette import palette_for
from tui_nn.screens.compare import CompareScreen
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.idle import why_idle
from tui_nn.settings.what_if import again, neighbors
from tui_nn.settings.wording import capitalized
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import CompareRuns, Restore
from tui_nn.training.remote.compared_run import FROM_START, MOST_RUNS, ComparedRun
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.compare.values import MomentRequest
from tui_nn.widgets.form import Form

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp
    from tui_nn.screens.run_screen import RunScreen

USUAL = "learning_rate"
"""What is compared where nothing is pointed at."""
SEEDS = 10
TAKE_OVER = "take over"
ONE_VALUE = "has one value only beside the other settings as they are, so there is nothing to compare."


class Comparing:
    """Keeps one comparison, which goes on where it was left."""

    def __init__(self, app: PlaygroundApp) -> None:
        self._app = app
        self.opened: tuple[CompareScreen, ComparedRun] | None = None
        self.origin: tuple[RunScreen, Run] = (app.shown, app.run_shown)
        """Where the run that is compared is shown."""
        self._wanted: str | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the screen of the comparison is."""
        return self.opened is not None and self._app.shown is self.opened[0]

    @property
    def runs(self) -> list[tuple[RunScreen, Run]]:
        """The comparison as a run with its screen, once there is one."""
        return [] if self.opened is None else [self.opened]

    @property
    def looked_at(self) -> Run:
        """The run that screens look closer at: that which is compared, while the comparison is shown."""
        return self.origin[1] if self.is_shown else self._app.run_shown

    @property
    def is_opening(self) -> bool:
        """Whether another screen is shown as soon as the moment of the run is there: keys wait for it."""
        return self._wanted is not None

    async def do(self, what: str) -> None:
        """Show the comparison, or begin one of a setting (cursor) or of seeds."""
        if not what and self.opened is not None:
            await self._app.navigation.show(*self.opened)
        elif self.is_shown:
            self._compare(what or "cursor", self.opened[1].moment if self.opened else None)
        else:
            self.origin = self._app.shown, self._app.run_shown
            self._wanted = what or "cursor"
            self._app.pictures.await_first()
            self._app.run_shown.look()

    def request(self, request: ViewRequest) -> ViewRequest:
        """Return what a picture asks, with the moment from which a comparison is to begin."""
        if self._wanted is None or self.is_shown:
            return request
        return replace(request, looks=(*request.looks, MomentRequest()))

    async def see(self, snapshot: Snapshot) -> None:
        """Do what was asked for, once the moment of the run is there."""
        moment = snapshot.reply(Checkpoint)
        if self._wanted is None or self.is_shown or moment is None:
            return
        what, self._wanted = self._wanted, None
        if what == TAKE_OVER:
            self._put(moment)
        elif self._compare(what, moment) and self.opened is not None:
            await self._app.navigation.show(*self.opened)

    def _compare(self, what: str, moment: Checkpoint | None) -> bool:
        """Begin runs beside one another; return whether there is anything to compare."""
        config = self._app.config
        if what == "seeds":
            configs, words = self._seeds(config)
        else:
            name = self._setting_under_cursor()
            configs = neighbors(config, name)
            label = SETTINGS[name].label
            if why := why_idle(config, name):
                self._app.tell(f"{capitalized(label)} does nothing while {why}: nothing to compare.", True)
                return False
            words = f"{len(configs)} runs differ in the {label}. {FROM_START} space trains."
            if len(configs) < 2:
                self._app.tell(f"{capitalized(label)} {ONE_VALUE}", True)
                return False
        self._begin(CompareRuns(tuple(configs)), moment, words)
        return True

    def _seeds(self, config: Config) -> tuple[list[Config], str]:
        """Return the run ten times, or each of those that are compared already as often as there is room."""
        kinds = [config]
        if self.is_shown and self.opened is not None:
            kinds = list({c.replace(weights_seed=0): c for c in self.opened[1].settings.values()}.values())
        count = min(SEEDS, MOST_RUNS // len(kinds))
        if count < 2:
            return kinds, f"{len(kinds)} runs leave no room for seeds; {MOST_RUNS} are the most."
        configs = [one for kind in kinds for one in again(kind, count)]
        each = f"{len(kinds)} times {count} runs" if len(kinds) > 1 else f"{count} runs"
        return configs, f"{each} that differ in the seed of their weights alone. space trains."

    def _setting_under_cursor(self) -> str:
        form = next(iter(self._app.shown.query(Form)), None)
        if form is None or not form.has_focus or not form.rows:
            return USUAL
        key = form.rows[form.cursor].key
        return key if key in SETTINGS else USUAL

    def _begin(self, wanted: CompareRuns, moment: Checkpoint | None, words: str) -> None:
        app = self._app
        if self.opened is None:
            run = ComparedRun(
                connect(wanted),
                wanted,
                moment,
                tell=app.tell,
                ask=app.questions.ask,
                changed=app.want_picture,
            )
            app.run_worker(run.listen(), group="listen")
            self.opened = CompareScreen(palette_for(app.depth, app.is_ascii), run), run
            app.call_after_refresh(self.opened[0].tell, words)
        else:
            screen, run = self.opened
            run.compare(wanted, moment, "")
            app.call_after_refresh(screen.tell, words)

    async def take_over(self) -> None:
        """Go back to the screen that the comparison came from, and there on with the run under the cursor."""
        await self._app.navigation.show(*self.origin)
        self._wanted = TAKE_OVER
        self._app.pictures.await_first()
        self.origin[1].look()

    def _put(self, before: Checkpoint) -> None:
        """Put the run that was taken in place of the one that is shown, which undo brings back."""
        assert self.opened is not None
        (screen, compared), run = self.opened, self.origin[1]
        if screen.taken is None:
            return
        words = f"Run {compared.number} of the comparison goes on here from step {screen.taken.step:,}"
        run.status = Status.PAUSED
        taken, former = Restore(screen.taken, is_written=False), Restore(before, is_written=False)
        run.carry_out(taken, former, f"{words}. ctrl+z takes it back.")
