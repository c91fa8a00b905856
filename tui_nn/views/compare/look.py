"""Looks at the runs of a comparison; looking changes nothing of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import Domain, square
from tui_nn.engine import confusion_matrix
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.comparing.rows import Rows
from tui_nn.training.comparing.session import Looks
from tui_nn.training.saved_moment import SavedMomentRequest
from tui_nn.training.shared_moment import ShareRequest
from tui_nn.training.snapshot import Curves
from tui_nn.training.trainer import Trainer
from tui_nn.views.compare.values import Compared, CompareRequest, Lines, MomentRequest, RunSeen, Samples
from tui_nn.views.map.look import as_maps
from tui_nn.views.map.values import Floats, Grid

CONFUSED_ROWS = 500
"""Test samples that a confusion matrix is counted over: several are wanted for each picture."""
RECENT_PART = 0.25

Floats64 = NDArray[np.float64]


def look_at_rows(rows: Rows, request: CompareRequest) -> Compared:
    """Return what was asked of the rows."""
    positions = {number: rows.position(number) for number in request.maps}
    wanted = {number: at for number, at in positions.items() if at is not None}
    trainers = {number: rows.runs.trainer(at) for number, at in wanted.items()}
    first = next(iter(trainers.values()), None)
    has_map = first is not None and first.problem.has_map
    return Compared(
        runs=_rows(rows),
        maps=_maps(rows, wanted, request.size) if has_map else {},
        confusions={n: c for n, t in trainers.items() if not has_map and (c := _confusion(t)) is not None},
        domain=domain_of(first) if first is not None and has_map else None,
        samples={n: _samples(t, request.samples) for n, t in trainers.items() if has_map and request.samples},
        class_names=() if first is None else tuple(first.problem.dataset.class_names),
        lines=_lines(rows, request) if request.moments else None,
    )


def moment_of_run(trainer: Trainer, request: MomentRequest) -> Checkpoint:
    """Return all that decides how a run goes on."""
    return trainer.checkpoint()


def moment_of_row(rows: Rows, request: MomentRequest) -> Checkpoint | None:
    """Return the same of one run of a comparison; None where it was refused."""
    position = rows.position(request.number)
    return None if position is None else rows.runs.checkpoint(position)


def compared_looks() -> Looks:
    """Return the looks for the session of a comparison."""
    return {
        CompareRequest: look_at_rows,
        MomentRequest: moment_of_row,
        ShareRequest: lambda *_: None,
        SavedMomentRequest: lambda *_: None,
    }


def domain_of(trainer: Trainer) -> Domain:
    """Return the plane that maps of a run show."""
    return trainer.problem.dataset.domain or square(-1.0, 1.0)


def _rows(rows: Rows) -> tuple[RunSeen, ...]:
    """Return all rows by their numbers."""
    found = [
        RunSeen(number, place.config, place.step, place.epoch, place.metrics)
        if place.outcome is None
        else RunSeen(
            number,
            place.config,
            place.step,
            place.epoch,
            place.metrics,
            place.outcome.status,
            place.outcome.reason,
        )
        for number, place in rows.standings()
    ]
    found += [
        RunSeen(n, refusal.config, ended="refused", why=refusal.why) for n, refusal in rows.refused.items()
    ]
    return tuple(sorted(found, key=lambda run: run.number))


def _maps(rows: Rows, wanted: dict[int, int], size: tuple[int, int]) -> dict[int, Floats]:
    """Return answers over the plane, each (rows, columns, n_maps), all over that of the first run."""
    if not wanted or min(size) <= 0:
        return {}
    trainers = {number: rows.runs.trainer(at) for number, at in wanted.items()}
    across, up = domain_of(next(iter(trainers.values())))
    grid = Grid(size[1], size[0], *across, *up)
    surfaces = rows.runs.surfaces(grid.points())
    return {
        number: np.asarray(
            as_maps(trainers[number], surfaces[at]).reshape(grid.rows, grid.columns, -1), np.float32
        )
        for number, at in wanted.items()
        if trainers[number].problem.has_map
    }


def _samples(trainer: Trainer, most: int) -> Samples:
    """Return the first samples of the training set, with what is misclassified now."""
    problem = trainer.problem
    points = problem.points(0)
    positions, targets = points.train_inputs[:most], points.train_targets[:most]
    if not problem.is_classification:
        return Samples(positions.astype(np.float32), (targets > 0).astype(np.int64), None)
    answers = trainer.network.loss.decode(trainer.network.predict(problem.train.inputs(slice(len(targets)))))
    return Samples(positions.astype(np.float32), targets.astype(np.int64), np.asarray(answers != targets))


def _confusion(trainer: Trainer) -> NDArray[np.int64] | None:
    """Return how some of the test set is read; None where values are predicted."""
    problem = trainer.problem
    if not problem.is_classification:
        return None
    part = problem.test if len(problem.test) else problem.train
    chosen = slice(CONFUSED_ROWS)
    answers = trainer.network.loss.decode(trainer.network.predict(part.inputs(chosen)))
    return confusion_matrix(part.targets[chosen], answers, len(problem.dataset.class_names))


def _lines(rows: Rows, request: CompareRequest) -> Lines:
    """Return the curves of all runs at common steps."""
    curves = {number: rows.runs.curves(at) for at, number in enumerate(rows.numbers)}
    last = max((int(own.steps[-1]) for own in curves.values() if len(own.steps)), default=0)
    first = min((int(own.steps[0]) for own in curves.values() if len(own.steps)), default=0)
    if request.recent:
        first = max(first, round(last * (1 - RECENT_PART)))
    steps = np.linspace(first, max(last, first + 1), request.moments)
    return Lines(steps, {n: _at(steps, own, request.measure) for n, own in curves.items()}, request.measure)


def _at(steps: Floats64, curves: Curves, measure: str) -> Floats64:
    """Return what was measured at some steps, between two records on the straight line."""
    has_test = bool(np.isfinite(curves.test_loss).any())
    values = {
        "train loss": curves.train_loss,
        "test loss": curves.test_loss if has_test else curves.train_loss,
        "test accuracy": curves.test_accuracy if has_test else curves.train_accuracy,
    }[measure]
    if not len(values):
        return np.full(len(steps), np.nan)
    found = np.interp(steps, curves.steps, values, right=np.nan, left=np.nan)
    if len(values) == 1:
        found[0] = values[0]
    return np.asarray(found)
