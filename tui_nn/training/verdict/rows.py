"""Samples that a saved run is judged by: the test set that its settings make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.training.problem import Problem, make_problem
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.trained_rows import is_any_known, row_keys


@dataclass(frozen=True, eq=False)
class Rows:
    """Samples whose answers are known, at least one."""

    raw: NDArray[Any]
    """(n, n_raw_inputs), or images (n, rows, columns) of bytes."""
    targets: NDArray[Any]
    """(n,) int64 classes, or float64 values."""
    best_possible_accuracy: float | None = None
    """What no classifier can beat on fresh samples; None where it is not known."""
    is_seen: bool | None = None
    """Whether the network was trained on one of them, with data that it had before; None where unknown."""


def problem_of(run: SavedRun) -> Problem:
    """Return the data of a run, made anew. Raises EngineError where it cannot be had."""
    try:
        return make_problem(run.config())
    except DataError as error:
        raise EngineError(f"its test set cannot be made: {error}") from None


def own_test_set(run: SavedRun) -> Rows:
    """Return the test set of a run, made anew. Raises EngineError where it cannot be had."""
    problem = problem_of(run)
    if not len(problem.test):
        raise EngineError("it has no test set: all samples were for training; --csv FILE names others")
    is_seen = not run.is_network_alone and is_any_known(problem.test.raw, run.checkpoint().trained_rows)
    return Rows(problem.test.raw, problem.test.targets, problem.dataset.best_possible_accuracy, is_seen)


def compared_with_trained(rows: Rows, run: SavedRun) -> Rows:
    """Return rows that say whether a run was trained on one of them; not known where its own are gone."""
    if run.is_network_alone:
        return rows
    try:
        train, before = problem_of(run).train.raw, run.checkpoint().trained_rows
    except EngineError:
        return rows
    known = np.union1d(row_keys(train), before)
    return replace(rows, is_seen=is_any_known(rows.raw.astype(train.dtype, copy=False), known))
