"""The loop that owns a run: it obeys commands between short slices of training and publishes what is asked.

It has no threads and no screen; a child process, a headless command and a test run the same loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np

from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.settings.setting import ConfigError
from tui_nn.training import commands as do
from tui_nn.training.best_weights import BestWeights
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.comparing.kept import KeptRuns
from tui_nn.training.hand_over import HandOver
from tui_nn.training.looks import Looking, Looks
from tui_nn.training.restoring import open_run, recover
from tui_nn.training.run_control import SLICE_S, RunControl
from tui_nn.training.snapshot import Metrics, Notice, Snapshot, Status, ViewRequest
from tui_nn.training.taking_snapshots import take_snapshot
from tui_nn.training.timeline import MOST_BYTES
from tui_nn.training.trainer import Trainer
from tui_nn.training.weight_edits import WeightEdit

CHANGES = (
    WeightEdit,
    do.Reset,
    do.Begin,
    do.UseParameters,
    do.Rehearse,
    do.WalkStep,
    do.TakeBackStep,
    do.Recover,
)
"""What changes a run beside training and other settings."""

Message = Snapshot | Checkpoint | KeptRuns | Notice
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
        self._clock = clock
        self._hand_over = HandOver(self.trainer, checkpoint_every_s, clock)
        self._looking = Looking(self.trainer, looks or {})
        self._control = RunControl(
            self.trainer,
            clock,
            branched=self._hand_over.changed,
            pauses_on_explosion=pauses_on_explosion,
            slice_s=slice_s,
        )

    def run(self, receive: Receive, publish: Publish) -> None:
        """Obey and train until `receive` reports the end of file."""
        with np.errstate(all="ignore"):
            while (received := receive(self._wait_s())) is not None:
                self._control.standing.next_turn()
                for command in received:
                    self._obey(command, publish)
                self._control.train_on(publish)
                self._looking.work_on(self._clock)
                self._hand_over.offer(self.training_seconds, publish)

    @property
    def status(self) -> Status:
        """What the run is doing, or how it ended."""
        return self._control.standing.status

    @property
    def trouble(self) -> str:
        """Why the run diverged or stopped, in words; empty otherwise."""
        return self._control.standing.trouble

    @property
    def training_seconds(self) -> float:
        """Seconds spent in the training loop alone, since the run began or was reset."""
        return self._control.training_seconds

    @property
    def best(self) -> BestWeights:
        """The best weights of a run that goes on from a network as it came."""
        return self._control.best

    def metrics(self) -> Metrics:
        """Return the present losses and accuracies; for large sets while running, those last recorded."""
        return self._control.present.get(self._control.standing.is_running)

    def snapshot(self, request: ViewRequest) -> Snapshot:
        """Return the moment with what was asked for and no more; it changes nothing of the run."""
        return take_snapshot(request, self._control, self._looking)

    def _wait_s(self) -> float | None:
        if self._looking.is_working:
            return 0.0
        return self._control.pace.wait_s() if self._control.standing.is_running else self._hand_over.wait_s

    def _obey(self, command: do.Command, publish: Publish) -> None:
        control, before = self._control, self.trainer.config
        try:
            match command:
                case do.Play():
                    control.play(publish)
                case do.Pause():
                    control.pause(publish)
                case do.GoOn():
                    control.go_on(publish)
                case do.LeaveMoment():
                    control.observer.pausing.leave(self.trainer.config)
                case do.RunSteps(count):
                    control.run_steps(count, publish)
                case do.RunEpochs(count):
                    control.run_epochs(count, publish)
                case do.Rewind() | do.RewindTo() | do.RewindToStep():
                    control.go(command, publish)
                case do.Reset():
                    control.reset(publish)
                case do.Begin(config):
                    control.begin(config, publish)
                case do.Configure(config):
                    control.configure(config, publish)
                case do.SetParameter() | do.HoldParameter() | do.HoldNeuron():
                    control.edit(command)
                case do.SaveRun(path, with_timeline):
                    control.save(path, with_timeline, publish)
                case do.UseParameters(parameters):
                    control.use_parameters(parameters, publish)
                case do.Rehearse(images, classes, steps):
                    control.rehearse(images, classes, steps, publish)
                case do.WalkStep(example):
                    control.step_on(example, publish)
                case do.TakeBackStep():
                    control.take_back_step()
                case do.Recover():
                    recover(control, publish)
                case do.Restore(checkpoint, timeline_path, is_written):
                    open_run(control, checkpoint, timeline_path)
                    if not is_written:
                        control.unwritten.trained(checkpoint.step)
                case do.Compute(request):
                    self._looking.begin(request)
                case do.CancelCompute():
                    self._looking.stop()
                case do.RequestSnapshot(request):
                    publish(self.snapshot(request))
                    control.standing.shown()
            for words in self._looking.let_go():
                publish(Notice(words))
            if isinstance(command, do.Restore) and command.is_written:
                self._hand_over.has_it()
            elif isinstance(command, (*CHANGES, do.Restore)) or self.trainer.config != before:
                self._hand_over.changed()
        except (ConfigError, DataError, EngineError, FileError) as error:
            publish(Notice(str(error), is_error=True))
