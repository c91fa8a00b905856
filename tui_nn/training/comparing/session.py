"""The loop that owns a comparison: a Session of many runs, which obeys and answers as that of one does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.columns import column_sizes
from tui_nn.training.comparing.comparison import Standing as Place
from tui_nn.training.comparing.hand_over import keep
from tui_nn.training.comparing.kept import KeptRuns
from tui_nn.training.comparing.rows import Rows
from tui_nn.training.hand_over import Turns
from tui_nn.training.pace import Pace
from tui_nn.training.run_control import SLICE_S
from tui_nn.training.session import Publish, Receive
from tui_nn.training.snapshot import Metrics, Notice, Snapshot, Status, ViewRequest
from tui_nn.training.standing import Standing, Stretch

Looks = Mapping[type, Callable[[Rows, Any], object]]
"""Type of request -> what is found in the rows; looking changes nothing of them."""


class ComparisonSession:
    """Runs that can be told together what to do, and one by one what to be."""

    def __init__(
        self,
        wanted: do.CompareRuns,
        *,
        looks: Looks,
        checkpoint_every_s: float | None = None,
        clock: Callable[[], float] = time.perf_counter,
        slice_s: float = SLICE_S,
    ) -> None:
        self._looks, self._clock, self._slice_s = looks, clock, slice_s
        self._hand_over = Turns[KeptRuns](checkpoint_every_s, clock, first=(0, 0, 0))
        self._n_begun = 0
        self._app = wanted.configs[0]
        """Its settings of the app hold for all."""
        self.training_seconds = 0.0
        self._begin(wanted)

    def run(self, receive: Receive, publish: Publish) -> None:
        """Obey and train until `receive` reports the end of file."""
        with np.errstate(all="ignore"):
            while (received := receive(self._wait_s())) is not None:
                self.standing.next_turn()
                for command in received:
                    self._obey(command, publish)
                self._train_on(publish)
                self._hand_over.offer(self._moment, self._keep, publish)

    def snapshot(self, request: ViewRequest) -> Snapshot:
        """Return the moment: the numbers of the run that is selected, and what was asked of all."""
        rows, runs = self.rows, self.rows.runs
        position = rows.position(self._selected)
        trainer = None if position is None else runs.trainer(position)
        place = None if position is None else runs.standings()[position]
        speed = self._pace.measured() if self.standing.is_running else 0.0
        return Snapshot(
            generation=request.generation,
            config=self._with_app_settings(rows.config(self._selected) or self._app),
            status=self.standing.status,
            step=runs.step if place is None else place.step,
            epoch=runs.epoch if place is None else place.epoch,
            metrics=Metrics() if place is None else place.metrics,
            steps_per_second=speed,
            epochs_per_second=0.0 if trainer is None else speed / trainer.batches.steps_per_epoch,
            training_seconds=self.training_seconds,
            layer_sizes=() if trainer is None else column_sizes(trainer.network),
            n_parameters=0 if trainer is None else trainer.network.n_parameters,
            best_possible_accuracy=None
            if trainer is None
            else trainer.problem.dataset.best_possible_accuracy,
            replies=tuple(self._looks[type(wanted)](rows, wanted) for wanted in request.looks),
            trouble=self.standing.trouble,
        )

    @property
    def _moment(self) -> tuple[int, int, int]:
        """What differs between any two moments: comparisons begun, changes of rows, steps."""
        return self._n_begun, self.rows.version, self.rows.runs.step

    def _keep(self) -> KeptRuns | None:
        return keep(self.rows, self._n_begun, self.training_seconds)

    def _restore(self, kept: KeptRuns) -> None:
        self.rows = Rows.restored(kept)
        self._stand_still()
        self._pace = Pace(self._clock, self._app.speed)
        self.training_seconds = kept.training_seconds

    def _begin(self, wanted: do.CompareRuns) -> None:
        self._n_begun += 1
        self.rows = Rows(wanted)
        self._selected = 1
        self.standing = Standing()
        self._pace = Pace(self._clock, self._app.speed)
        self.training_seconds = 0.0

    def _with_app_settings(self, config: Config) -> Config:
        return config.replace(speed=self._app.speed, fps=self._app.fps)

    def _wait_s(self) -> float | None:
        if self.standing.is_running:
            return self._pace.wait_s()
        return self._hand_over.wait_s(self._moment)

    def _obey(self, command: do.Command, publish: Publish) -> None:
        rows, standing = self.rows, self.standing
        match command:
            case do.Play():
                self._start(Stretch(), publish)
            case do.Pause():
                standing.stop(has_diverged=False)
            case do.RunSteps(count):
                if not standing.has_stopped_unseen:
                    self._start(standing.steps_more(count, rows.runs.step), publish)
                    self._train_on(publish)
            case do.RunEpochs(count):
                if not standing.has_stopped_unseen:
                    self._start(standing.epochs_more(count, rows.runs.epoch), publish)
            case do.Reset():
                was_running = standing.is_running and standing.stretch.is_endless
                rows.runs.reset()
                self._stand_still()
                if was_running:
                    self._start(Stretch(), publish)
            case do.Configure(config):
                self._app = config
                self._pace.set_speed(config.speed, rows.runs.step)
            case do.CompareRuns():
                self._begin(command)
            case do.RestoreRuns(kept):
                self._restore(kept)
            case do.ChangeRuns(changes):
                for words in rows.change(changes):
                    publish(Notice(words, is_error=True))
                self._wake()
            case do.AddRun(config):
                self._selected = rows.add(config)
                self._wake()
            case do.DropRun(number):
                rows.drop(number)
            case do.SelectRun(number):
                self._selected = number
            case do.RequestSnapshot(request):
                publish(self.snapshot(request))
                standing.shown()

    def _start(self, stretch: Stretch, publish: Publish) -> None:
        if self.rows.runs.is_over:
            publish(Notice(f"Nothing goes on: {_how_all_ended(self.rows.runs.standings())}.", is_error=True))
            return
        self.standing.start(stretch)
        self._pace.restart(self.rows.runs.step)

    def _wake(self) -> None:
        """Forget that all had ended, where one goes on again."""
        if not self.standing.is_running and not self.rows.runs.is_over:
            self._stand_still()

    def _stand_still(self) -> None:
        self.standing.trouble = ""
        self.standing.stop(has_diverged=False)

    def _train_on(self, publish: Publish) -> None:
        """Train a slice of runs that are under way."""
        standing, runs = self.standing, self.rows.runs
        if not standing.is_running:
            return
        began = now = self._clock()
        while now - began < self._slice_s and self._pace.is_due(runs.step, now):
            runs.advance()
            if runs.is_over:
                reason = _how_all_ended(runs.standings())
                standing.end(Status.STOPPED, reason)
                publish(Notice(f"Stopped: {reason}.", is_error="diverged" in reason))
                break
            if standing.stretch.ends_at(runs.step, runs.epoch):
                standing.stop(has_diverged=False)
                break
            now = self._clock()
        self.training_seconds += self._clock() - began


def _how_all_ended(places: list[Place]) -> str:
    """Return in words how all runs have ended."""
    if not places:
        return "no run is left"
    n_lost = sum(place.outcome is not None and place.outcome.status == "diverged" for place in places)
    if n_lost == len(places):
        return "all runs have diverged; a smaller learning rate may help"
    return (
        f"all runs have ended, {n_lost} of them diverged" if n_lost else "all runs have ended by their rules"
    )
