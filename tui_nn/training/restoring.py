"""Putting a run where it or another one was: opened from a file, or gone back to after it diverged."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.run_control import RunControl
from tui_nn.training.snapshot import Notice, Status
from tui_nn.training.timeline import Timeline


def open_run(control: RunControl, checkpoint: Checkpoint, timeline_path: str | None) -> None:
    """Go on from a checkpoint, with the moments in a file; raise FileError where it cannot be read."""
    timeline = None
    if timeline_path is not None:
        from tui_nn.training.saved_run import load_run

        timeline = load_run(timeline_path).timeline()
    _restore(control, checkpoint, timeline)
    control.best.forget()
    control.observer.clear()
    control.unwritten.written()


def recover(control: RunControl, say: Callable[[Notice], None]) -> None:
    """Go back to the last good moment of a run that diverged, or to better weights than its present ones.

    The settings stay.
    """
    if control.standing.status is not Status.DIVERGED:
        control.stop()
        control.branching(lambda: control.best.take_and_say(say), say)
        return
    trainer = control.trainer
    config = trainer.config
    _restore(control, control.judgment.good, trainer.timeline)
    control.observer.went_back()
    reconfigure(trainer, config)


def _restore(control: RunControl, checkpoint: Checkpoint, timeline: Timeline | None) -> None:
    trainer = control.trainer
    trainer.load(checkpoint, timeline)
    control.training_seconds = checkpoint.training_seconds
    control.present.forget()
    control.pace.set_speed(checkpoint.config.speed, checkpoint.step)
    control.begin_watch()
    control.stop()
    if trainer.rules.has_stopped and (reason := control.judgment.rule_met()):
        control.standing.end(Status.STOPPED, reason)
