"""The loop that owns a run: it obeys commands between short slices of training and publishes what is asked.

It has no threads and no screen; a child process, a headless command and a test run the same loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np

from tui_nn.data import DATASETS, DataError, DatasetKind
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import shown
from tui_nn.settings.config import Config
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.wording import idle_in_words
from tui_nn.training import commands as do
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.columns import column_sizes
from tui_nn.training.example import Example
from tui_nn.training.hand_over import HandOver
from tui_nn.training.holding import hold_neuron, hold_parameter
from tui_nn.training.judgment import Judgment
from tui_nn.training.looks import Looking, Looks
from tui_nn.training.moments.observer import Observer
from tui_nn.training.pace import Pace
from tui_nn.training.present import PresentMetrics
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.rehearsal import rehearse
from tui_nn.training.rules import StopRules
from tui_nn.training.snapshot import Metrics, Notice, Snapshot, Status, ViewRequest
from tui_nn.training.time_travel import TimeTravel, Travel
from tui_nn.training.timeline import MOST_BYTES, Timeline
from tui_nn.training.trainer import Trainer

SLICE_S = 0.005
"""Seconds of training between two looks at the commands, or one step if that takes longer."""

NEVER = -1
"""Stands for a turn of the loop that has not come."""

WORTH_STEPS = 2000
"""So many steps that were never written are worth a question before they are lost."""
HAND_EDITS = (do.SetParameter, do.HoldParameter, do.HoldNeuron)
"""What a person does to the network by hand, and would lose too."""
CHANGES = (*HAND_EDITS, do.Reset, do.Begin, do.Rehearse, do.WalkStep, do.TakeBackStep, do.Recover)
"""What changes a run beside training and other settings."""

Message = Snapshot | Checkpoint | Notice
Receive = Callable[[float | None], Iterable[do.Command] | None]
"""Waits at most so many seconds (None: until there is one) for commands; returns None at the end of file.

Each command is obeyed before the next one is drawn."""
Publish = Callable[[Message], None]


class Session:
    """A run that can be told what to do."""

    def __init__(
        self,
        config: Config,
        *,
        checkpoint_every_s: float | None = None,
        pauses_on_explosion: bool = False,
        timeline_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.perf_counter,
        looks: Looks | None = None,
        slice_s: float = SLICE_S,
    ) -> None:
        self.trainer = Trainer(config, timeline_bytes=timeline_bytes)
        self.status = Status.PAUSED
        self.training_seconds = 0.0
        self._clock, self._slice_s = clock, slice_s
        self._pace = Pace(clock, config.speed)
        self._last_step: int | None = None
        self._last_epoch: int | None = None
        self._turn, self._stop_shown_in = 0, NEVER
        self._hand_over = HandOver(self.trainer, checkpoint_every_s, clock)
        self._present = PresentMetrics(self.trainer)
        self._travel = TimeTravel(self.trainer)
        self._unwritten_steps, self._has_unwritten_edits = 0, False
        self._looking = Looking(self.trainer, looks or {})
        self._observer = Observer(self.trainer)
        self.trouble = ""
        """Why the run diverged or stopped, in words; empty otherwise."""
        self._judgment = Judgment(self.trainer, is_strict=pauses_on_explosion)

    def run(self, receive: Receive, publish: Publish) -> None:
        """Obey and train until `receive` reports the end of file."""
        with np.errstate(all="ignore"):
            while (received := receive(self._wait_s())) is not None:
                self._turn += 1
                for command in received:
                    self._obey(command, publish)
                self._train_on(publish)
                self._looking.work_on(self._clock)
                self._hand_over.offer(self.training_seconds, publish)

    def metrics(self) -> Metrics:
        """Return the present losses and accuracies; for large sets while running, those last recorded."""
        return self._present.get(self.status is Status.RUNNING)

    def snapshot(self, request: ViewRequest) -> Snapshot:
        """Return the moment with what was asked for and no more; it changes nothing of the run."""
        trainer = self.trainer
        problem = trainer.problem
        trainer.last_step.is_watched = False  # a look that wants the last step says so again each time
        speed = self._pace.measured() if self.status is Status.RUNNING else 0.0
        is_known = request.known_data == trainer.data_version
        return Snapshot(
            generation=request.generation,
            config=trainer.config,
            status=self.status,
            step=trainer.step,
            epoch=trainer.epoch,
            metrics=self.metrics(),
            steps_per_second=speed,
            epochs_per_second=speed / trainer.batches.steps_per_epoch,
            training_seconds=self.training_seconds,
            layer_sizes=column_sizes(trainer.network),
            n_parameters=trainer.network.n_parameters,
            best_possible_accuracy=problem.dataset.best_possible_accuracy,
            replies=self._looking.replies(request.looks),
            points=problem.points(trainer.data_version) if problem.has_map and not is_known else None,
            curves=self._present.curves(self.status is Status.RUNNING) if request.history else None,
            moments=self._observer.log if request.moments else None,
            is_test_seen=trainer.trained.is_test_seen,
            timeline=trainer.past.place(trainer.step),
            is_worth_writing=self._has_unwritten_edits or self._unwritten_steps > WORTH_STEPS,
            trouble="" if trainer.is_rewound else self.trouble,
        )

    def _wait_s(self) -> float | None:
        if self._looking.is_working:
            return 0.0
        return self._pace.wait_s() if self.status is Status.RUNNING else self._hand_over.wait_s

    def _obey(self, command: do.Command, publish: Publish) -> None:
        before = self.trainer.config
        try:
            match command:
                case do.Play():
                    self._start(None, None, publish)
                    if self.trainer.has_diverged:
                        publish(Notice(f"It cannot go on: {self.trouble}.", is_error=True))
                case do.Pause():
                    self._stop()
                case do.RunSteps(count) if count > 0 and not self._has_stopped_unseen:
                    goal = self._last_step if self.status is Status.RUNNING else None
                    self._start((goal or self.trainer.step) + count, None, publish)
                    self._train_on(publish)
                case do.RunEpochs(count) if count > 0 and not self._has_stopped_unseen:
                    goal = self._last_epoch if self.status is Status.RUNNING else None
                    self._start(None, (goal or self.trainer.epoch) + count, publish)
                case do.Rewind() | do.RewindTo() | do.RewindToStep():
                    self._go(command, publish)
                case do.Reset():
                    self._reset(self.trainer.start_over, publish)
                case do.Begin(config):
                    self._stop()
                    self._configure(config, publish)
                    self._reset(self.trainer.start, publish)
                case do.Configure(config):
                    self._configure(config, publish)
                case do.SetParameter(layer, source, unit, value):
                    self.trainer.set_parameter(layer, source, unit, value)
                    self._present.forget()
                case do.HoldParameter(kind, layer, source, unit, is_held):
                    hold_parameter(self.trainer.network, kind, layer, source, unit, is_held)
                    self._present.forget()
                case do.HoldNeuron(kind, node, is_held):
                    hold_neuron(self.trainer.network, kind, node, is_held)
                    self._present.forget()
                case do.SaveRun(path, with_timeline):
                    self._save(path, with_timeline, publish)
                case do.UseParameters(parameters):
                    self._branching(lambda: self.trainer.use_parameters(parameters), publish)
                case do.Rehearse(images, classes, steps):
                    self._branching(lambda: rehearse(self.trainer, images, classes, steps), publish)
                    self._unwritten_steps += steps
                case do.WalkStep(example):
                    self._step_on(example, publish)
                case do.TakeBackStep():
                    self._take_back_step()
                case do.Recover():
                    self._recover()
                case do.Restore(checkpoint, timeline_path, own):
                    self._open(checkpoint, timeline_path, own)
                case do.Compute(request):
                    self._looking.begin(request)
                case do.CancelCompute():
                    self._looking.stop()
                case do.RequestSnapshot(request):
                    publish(self.snapshot(request))
                    if self.status is Status.STOPPED and self._stop_shown_in == NEVER:
                        self._stop_shown_in = self._turn
            for words in self._looking.let_go():
                publish(Notice(words))
            self._has_unwritten_edits |= isinstance(command, HAND_EDITS)
            if isinstance(command, do.Restore):
                self._hand_over.has_it()
            elif isinstance(command, CHANGES) or self.trainer.config != before:
                self._hand_over.changed()
        except (ConfigError, DataError, EngineError, FileError) as error:
            publish(Notice(str(error), is_error=True))

    def _step_on(self, example: Example, publish: Publish) -> None:
        """Pause, and take the step that the walk of an example has announced."""
        self._stop()
        if self.status is Status.DIVERGED:
            publish(Notice(f"It cannot go on: {self.trouble}.", is_error=True))
            return
        from tui_nn.training.walk_step import take_walk_step

        self._branching(lambda: take_walk_step(self.trainer, example), publish)
        if self.trainer.has_diverged:
            self._end(Status.DIVERGED, self.trainer.trouble, publish)

    def _take_back_step(self) -> None:
        """Pause, and be where the run was before the step on an example."""
        from tui_nn.training.walk_step import take_back

        self._stop()
        take_back(self.trainer)
        self._present.forget()
        self._observer.went_back()
        self._begin_watch()
        self._stop()

    def _say_idle(self, publish: Publish) -> None:
        """Say which setting does nothing as the others are."""
        if words := idle_in_words(self.trainer.config):
            publish(Notice(words, is_error=True))

    def _begin_watch(self) -> None:
        """Judge the run from here."""
        self.trouble = ""
        self._judgment.begin(self.training_seconds)

    def _start(self, last_step: int | None, last_epoch: int | None, publish: Publish) -> None:
        if self.trainer.has_diverged:
            return
        if self.trainer.is_rewound:
            self._branching(self.trainer.begin_branch, publish)
        elif self.trouble:
            self.trainer.rules = StopRules()
            self._begin_watch()
        self._last_step, self._last_epoch = last_step, last_epoch
        if self.trainer.step == 0:
            self._say_idle(publish)
        self.status = Status.RUNNING
        self._pace.restart(self.trainer.step)

    @property
    def _has_stopped_unseen(self) -> bool:
        """Whether a rule ended the run, and who sent the present commands cannot have seen it.

        More steps were meant for a run that went on, then: they do not start it again.
        """
        return self.status is Status.STOPPED and self._stop_shown_in in (NEVER, self._turn)

    def _stop(self) -> None:
        self.status = Status.DIVERGED if self.trainer.has_diverged else Status.PAUSED

    def _go(self, command: Travel, publish: Publish) -> None:
        """Pause, and show another moment, which the next snapshot is of; say so if there is none."""
        if self.status is Status.RUNNING and not self.trainer.is_rewound:
            self._stop()
        self.status, metrics, words = self._travel.go(command, self.status)
        self._present.forget()
        if metrics is not None:
            self._present.know(metrics)
        if words:
            publish(Notice(words))

    def _branching(self, change: Callable[[], object], publish: Publish) -> None:
        """Make a change that can begin a branch at the moment that is shown; say so if it did."""
        words = self._travel.branching(change)
        if words:
            self._hand_over.changed()
            self.trouble = ""
            self._judgment.begin_branch(self.training_seconds)
            publish(Notice(words))
        self._present.forget()

    def _reset(self, start: Callable[[], str | None], publish: Publish) -> None:
        was_running = self.status is Status.RUNNING and self._last_step is self._last_epoch is None
        held = start()
        self._observer.clear()
        self.training_seconds = 0.0
        self._present.forget()
        self._unwritten_steps, self._has_unwritten_edits = 0, False
        self._begin_watch()
        self._stop()
        if held:
            publish(Notice(f"Reset; still held: {held}."))
        if was_running:
            self._start(None, None, publish)

    def _configure(self, config: Config, publish: Publish) -> None:
        before, version = self.trainer.config, self.trainer.data_version
        said: list[str] = []
        self._branching(lambda: said.append(reconfigure(self.trainer, config)), publish)
        self._observer.configured(before)
        self._pace.set_speed(config.speed, self.trainer.step)
        is_other = self.trainer.data_version != version
        if self.status is not Status.DIVERGED and is_other:
            self._judgment.compare_from_here()
        if self.status is Status.STOPPED and (is_other or not self._rule_met()):
            self.trouble, self.trainer.rules.has_stopped = "", False
            self._stop()
        if said[0]:
            publish(Notice(said[0]))
        if idle_in_words(config) != idle_in_words(before):
            self._say_idle(publish)

    def _rule_met(self) -> str:
        """Return which stop rule is met now, in words, or an empty string."""
        return self.trainer.rules.reason(self.trainer.config, self.trainer.epoch, self.trainer.recorded)

    def _save(self, path: str, with_timeline: bool, publish: Publish) -> None:
        from tui_nn.training.saving import save_and_say

        try:
            words = save_and_say(path, self.trainer, self.training_seconds, with_timeline=with_timeline)
        except FileError as error:
            publish(Notice(f"Not written: {error.why} ({shown(path)}).", is_error=True))
            return
        if with_timeline or not self.trainer.is_rewound:
            self._unwritten_steps, self._has_unwritten_edits = 0, False
        publish(Notice(words))

    def _open(self, checkpoint: Checkpoint, timeline_path: str | None, own: DatasetKind | None) -> None:
        if own is not None:
            DATASETS[own.name] = own
        timeline = None
        if timeline_path is not None:
            from tui_nn.training.saved_run import load_run

            timeline = load_run(timeline_path).timeline()
        self._restore(checkpoint, timeline, has_new_data=own is not None)
        self._observer.clear()
        self._unwritten_steps, self._has_unwritten_edits = 0, False

    def _restore(
        self, checkpoint: Checkpoint, timeline: Timeline | None = None, *, has_new_data: bool = False
    ) -> None:
        self.trainer.load(checkpoint, timeline, has_new_data=has_new_data)
        self.training_seconds = checkpoint.training_seconds
        self._present.forget()
        self._pace.set_speed(checkpoint.config.speed, checkpoint.step)
        self._begin_watch()
        self._stop()
        if self.trainer.rules.has_stopped and (reason := self._rule_met()):
            self.status, self.trouble, self._stop_shown_in = Status.STOPPED, reason, NEVER

    def _recover(self) -> None:
        config = self.trainer.config
        self._restore(self._judgment.good, self.trainer.timeline)
        self._observer.went_back()
        reconfigure(self.trainer, config)

    def _train_on(self, publish: Publish) -> None:
        """Train a slice of a run that is under way."""
        if self.status is not Status.RUNNING:
            return
        trainer, clock = self.trainer, self._clock
        began = now = clock()
        first_step, recording = trainer.step, 0.0
        if self._pauses_at_moments(publish):
            return
        while now - began < self._slice_s and self._pace.is_due(trainer.step, now):
            trainer.advance()
            if trainer.has_diverged:
                self._end(Status.DIVERGED, trainer.trouble, publish)
                break
            if trainer.history.is_due(trainer.step) or trainer.epoch == trainer.config.stop_epochs:
                before = clock()
                trainer.record()
                self._judge(publish)
                recording += clock() - before
                if self.status is not Status.RUNNING:
                    break
            if trainer.step == self._last_step or trainer.epoch == self._last_epoch:
                self._stop()
                break
            now = clock()
        self.training_seconds += clock() - began - recording
        self._unwritten_steps += trainer.step - first_step

    def _judge(self, publish: Publish) -> None:
        """End the run where a rule says so; keep the moment as a good one otherwise, now and then."""
        trainer = self.trainer
        self._pauses_at_moments(publish)
        if exploded := self._judgment.exploded():
            self._end(Status.DIVERGED, f"at step {trainer.step:,} {exploded}", publish)
            return
        if reason := self._rule_met():
            trainer.rules.has_stopped = True
            self._end(Status.STOPPED, reason, publish)
        else:
            self._judgment.keep_if_good(self.training_seconds)

    def _pauses_at_moments(self, publish: Publish) -> bool:
        """Say what was noticed; pause, and return True, if the settings ask for that."""
        is_wanted = False
        for moment in self._observer.look():
            kind, pauses = MOMENTS[moment.kind], moment.kind in self.trainer.config.pause_on
            if pauses or kind.is_told:
                label = f"Paused, {kind.label}" if pauses else kind.label.capitalize()
                publish(Notice(moment.told(label), is_error=kind.is_trouble))
            is_wanted |= pauses
        if is_wanted:
            self._stop()
        return is_wanted

    def _end(self, status: Status, reason: str, publish: Publish) -> None:
        self.status, self.trouble, self._stop_shown_in = status, reason, NEVER
        self._observer.ended(status, reason)
        word = "Diverged" if status is Status.DIVERGED else "Stopped"
        publish(Notice(f"{word}: {reason}.", is_error=status is Status.DIVERGED))
