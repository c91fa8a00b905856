"""What can be done with a run under way: start and stop it, rewind, change and save it.

The session decides when, by the commands that come; nothing here waits, and nothing reads a command.
`restoring` puts a run where it or another one was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config
from tui_nn.settings.wording import capitalized, idle_in_words
from tui_nn.training.best_weights import BestWeights
from tui_nn.training.branching import begin_branch, use_parameters
from tui_nn.training.commands import SETTINGS_FILE
from tui_nn.training.example import Example
from tui_nn.training.judgment import Judgment
from tui_nn.training.moments.observer import Observer
from tui_nn.training.moments.remedies import RAISE_PENALTY, in_words
from tui_nn.training.pace import Pace
from tui_nn.training.present import PresentMetrics
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.rehearsal import rehearse
from tui_nn.training.rules import StopRules
from tui_nn.training.snapshot import Notice, Status
from tui_nn.training.standing import Standing, Stretch
from tui_nn.training.time_travel import TimeTravel, Travel
from tui_nn.training.trainer import Trainer
from tui_nn.training.unwritten import Unwritten
from tui_nn.training.weight_edits import WeightEdit, edit

SLICE_S = 0.005
"""Seconds of training between two looks at the commands, or one step if that takes longer."""

Say = Callable[[Notice], None]


class RunControl:
    """Has a trainer train and change, and keeps what belongs to a run and not to its training.

    branched: is called where the run leaves its older course.
    """

    def __init__(
        self,
        trainer: Trainer,
        clock: Callable[[], float],
        *,
        branched: Callable[[], None],
        pauses_on_explosion: bool,
        slice_s: float = SLICE_S,
    ) -> None:
        self.trainer = trainer
        self.training_seconds = 0.0
        self.standing = Standing()
        self.pace = Pace(clock, trainer.config.speed)
        self.present = PresentMetrics(trainer)
        self.unwritten = Unwritten()
        self.observer = Observer(trainer)
        self.best = BestWeights(trainer)
        self._travel = TimeTravel(trainer)
        self.judgment = Judgment(trainer, is_strict=pauses_on_explosion)
        self._clock, self._branched, self._slice_s = clock, branched, slice_s

    def edit(self, wanted: WeightEdit) -> None:
        """Change single weights or neurons by hand; raise EngineError where that cannot be."""
        edit(self.trainer.network, wanted)
        self.present.forget()
        self.unwritten.edited()

    def step_on(self, example: Example, say: Say) -> None:
        """Pause, and take the step that the walk of an example has announced."""
        self.stop()
        if self.trainer.has_diverged:
            say(Notice(f"It cannot go on: {self.standing.trouble}.", is_error=True))
            return
        from tui_nn.training.walk_step import take_walk_step

        self.branching(lambda: take_walk_step(self.trainer, example), say)
        if self.trainer.has_diverged:
            self._end(Status.DIVERGED, self.trainer.trouble, say)

    def take_back_step(self) -> None:
        """Pause, and be where the run was before the step on an example."""
        from tui_nn.training.walk_step import take_back

        self.stop()
        take_back(self.trainer)
        self.present.forget()
        self.observer.went_back()
        self.begin_watch()
        self.stop()

    def begin_watch(self) -> None:
        """Judge the run from here."""
        self.standing.trouble = ""
        self.observer.pausing.forget()
        self.judgment.begin(self.training_seconds)

    def play(self, say: Say) -> None:
        """Train until told otherwise; say so where it cannot go on."""
        self._start(Stretch(), say)
        if self.trainer.has_diverged:
            say(Notice(f"It cannot go on: {self.standing.trouble}.", is_error=True))

    def run_steps(self, count: int, say: Say) -> None:
        """Train so many steps more, and a slice of them at once."""
        if count > 0 and not self.standing.has_stopped_unseen:
            self._start(self.standing.steps_more(count, self.trainer.step), say)
            self.train_on(say)

    def run_epochs(self, count: int, say: Say) -> None:
        """Train so many epochs more."""
        if count > 0 and not self.standing.has_stopped_unseen:
            self._start(self.standing.epochs_more(count, self.trainer.epoch), say)

    def _start(self, stretch: Stretch, say: Say) -> None:
        if self.trainer.has_diverged:
            return
        if self.trainer.is_rewound:
            self.branching(lambda: begin_branch(self.trainer), say)
        elif self.standing.trouble:
            self.trainer.rules = StopRules()
            self.begin_watch()
        self.observer.pausing.forget()
        self.standing.start(stretch)
        self.pace.restart(self.trainer.step)

    def go_on(self, say: Say) -> None:
        """Train on from the moment that was paused at, as far as the run was to train."""
        if not self.observer.pausing.moments:
            return
        self.observer.pausing.leave(self.trainer.config)
        if not self.standing.stretch.ends_at(self.trainer.step, self.trainer.epoch):
            self._start(self.standing.stretch, say)

    def pause(self, say: Say) -> None:
        """Train no further; say so where the weights were better before."""
        if self.standing.is_running:
            self.stop()
            self.best.say_if_better(say)

    def stop(self) -> None:
        """Train no further."""
        self.standing.stop(has_diverged=self.trainer.has_diverged)

    def go(self, command: Travel, say: Say) -> None:
        """Pause, and show another moment, which the next snapshot is of; say so if there is none."""
        if self.standing.is_running and not self.trainer.is_rewound:
            self.stop()
        self.observer.pausing.forget()
        self.standing.status, metrics, words = self._travel.go(command, self.standing.status)
        self.present.forget()
        if metrics is not None:
            self.present.know(metrics)
        if words:
            say(Notice(words))

    def use_parameters(self, parameters: NDArray[Any], say: Say) -> None:
        """Go on with other weights and biases; raise EngineError where they do not fit."""
        self.branching(lambda: use_parameters(self.trainer, parameters), say)
        self.best.begin()

    def rehearse(self, images: NDArray[np.uint8], classes: NDArray[np.int64], steps: int, say: Say) -> None:
        """Train some steps on these images, mixed with samples; raise EngineError where they do not fit."""
        self.branching(lambda: rehearse(self.trainer, images, classes, steps), say)
        self.unwritten.trained(steps)

    def branching(self, change: Callable[[], object], say: Say) -> None:
        """Make a change that can begin a branch at the moment that is shown; say so if it did."""
        words = self._travel.branching(change)
        if words:
            self._branched()
            self.standing.trouble = ""
            self.judgment.begin_branch(self.training_seconds)
            say(Notice(words))
        self.present.forget()

    def reset(self, say: Say) -> None:
        """Start over from the first weights, what is held kept; a run that was to train on does so."""
        self._start_anew(self.trainer.start_over, say)

    def begin(self, config: Config, say: Say) -> None:
        """Begin, paused, a run with these settings, nothing held; raise as `configure` does."""
        self.stop()
        self.configure(config, say)
        self._start_anew(self.trainer.start, say)

    def _start_anew(self, start: Callable[[], str | None], say: Say) -> None:
        was_running = self.standing.is_running and self.standing.stretch.is_endless
        held = start()
        self.best.forget()
        self.observer.clear()
        self.training_seconds = 0.0
        self.present.forget()
        self.unwritten.written()
        self.begin_watch()
        self.stop()
        if held:
            say(Notice(f"Reset; still held: {held}."))
        if was_running:
            self._start(Stretch(), say)

    def configure(self, config: Config, say: Say) -> None:
        """Go on with other settings; raise ConfigError, DataError or EngineError with nothing changed."""
        before, version = self.trainer.config, self.trainer.data_version
        said: list[str] = []
        self.branching(lambda: said.append(reconfigure(self.trainer, config)), say)
        self.observer.configured(before)
        self.pace.set_speed(config.speed, self.trainer.step)
        is_other = self.trainer.data_version != version
        if self.standing.status is not Status.DIVERGED and is_other:
            self.judgment.compare_from_here()
        if self.standing.status is Status.STOPPED and (is_other or not self.judgment.rule_met()):
            self.standing.trouble, self.trainer.rules.has_stopped = "", False
            self.stop()
        if said[0]:
            say(Notice(said[0]))
        if (idle := idle_in_words(config)) and idle != idle_in_words(before):
            say(Notice(f"{capitalized(idle)}. {in_words([RAISE_PENALTY])}.", is_error=True))

    def save(self, path: str, with_timeline: bool, say: Say) -> None:
        """Write the run to a file, or its settings alone to one of them; say that it was, or why not."""
        from tui_nn.training.saving import save_and_say, save_settings_and_say

        if path.endswith(SETTINGS_FILE):
            say(save_settings_and_say(path, self.trainer.config))
            return
        notice = save_and_say(path, self.trainer, self.training_seconds, with_timeline=with_timeline)
        if not notice.is_error and (with_timeline or not self.trainer.is_rewound):
            self.unwritten.written()
        say(notice)

    def train_on(self, say: Say) -> None:
        """Train a slice of a run that is under way."""
        if not self.standing.is_running:
            return
        trainer, clock = self.trainer, self._clock
        began = now = clock()
        first_step, recording = trainer.step, 0.0
        if self._pauses_at_moments(say):
            return
        while now - began < self._slice_s and self.pace.is_due(trainer.step, now):
            trainer.advance()
            if trainer.has_diverged:
                self._end(Status.DIVERGED, trainer.trouble, say)
                break
            if self.best.is_due:
                before = clock()
                self.best.see()
                recording += clock() - before
            if trainer.history.is_due(trainer.step) or trainer.epoch == trainer.config.stop_epochs:
                before = clock()
                trainer.record()
                self._judge(say)
                recording += clock() - before
                if not self.standing.is_running:
                    break
            if self.standing.stretch.ends_at(trainer.step, trainer.epoch):
                self.stop()
                if self.standing.stretch.last_epoch is not None:
                    self.best.say_if_better(say)
                break
            now = clock()
        self.training_seconds += clock() - began - recording
        self.unwritten.trained(trainer.step - first_step)

    def _judge(self, say: Say) -> None:
        """End the run where a rule says so; keep the moment as a good one otherwise, now and then."""
        self._pauses_at_moments(say)
        if ending := self.judgment.ending():
            self._end(*ending, say)
        else:
            self.judgment.keep_if_good(self.training_seconds)

    def _pauses_at_moments(self, say: Say) -> bool:
        """Say what was noticed; pause, and return True, if the settings ask for that."""
        notices, is_pause_wanted = self.observer.notices()
        for notice in notices:
            say(notice)
        if is_pause_wanted:
            self.stop()
        return is_pause_wanted

    def _end(self, status: Status, reason: str, say: Say) -> None:
        self.standing.end(status, reason)
        self.observer.ended(status, reason)
        word = "Diverged" if status is Status.DIVERGED else "Stopped"
        say(Notice(f"{word}: {reason}.", is_error=status is Status.DIVERGED))
        if status is Status.STOPPED:
            self.best.say_if_better(say)
