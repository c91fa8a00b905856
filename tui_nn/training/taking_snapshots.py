"""Putting together the snapshot that a request asks for, and no more; it changes nothing of the run."""

from __future__ import annotations

from tui_nn.training.columns import column_sizes
from tui_nn.training.looks import Looking
from tui_nn.training.run_control import RunControl
from tui_nn.training.snapshot import Snapshot, ViewRequest


def take_snapshot(request: ViewRequest, control: RunControl, looking: Looking) -> Snapshot:
    """Return the moment of a run with what was asked for."""
    trainer, standing, present = control.trainer, control.standing, control.present
    problem, version = trainer.problem, trainer.data_version
    trainer.last_step.is_watched = False  # a look that wants the last step says so again each time
    speed = control.pace.measured() if standing.is_running else 0.0
    return Snapshot(
        generation=request.generation,
        config=trainer.config,
        status=standing.status,
        step=trainer.step,
        epoch=trainer.epoch,
        metrics=present.get(standing.is_running),
        steps_per_second=speed,
        epochs_per_second=speed / trainer.batches.steps_per_epoch,
        training_seconds=control.training_seconds,
        layer_sizes=column_sizes(trainer.network),
        n_parameters=trainer.network.n_parameters,
        best_possible_accuracy=problem.dataset.best_possible_accuracy,
        replies=looking.replies(request.looks),
        points=problem.points(version) if problem.has_map and request.known_data != version else None,
        curves=present.curves(standing.is_running) if request.history else None,
        moments=control.observer.log if request.moments else None,
        paused_at=control.observer.pausing.moments,
        is_test_seen=trainer.trained.is_test_seen,
        timeline=trainer.past.place(trainer.step),
        is_worth_writing=control.unwritten.is_worth_writing,
        trouble="" if trainer.is_rewound else standing.trouble,
    )
