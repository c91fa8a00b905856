"""How long a sweep takes: from a short trial before it begins, then from the runs that have ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from tui_nn.sweeps.cost import cost
from tui_nn.sweeps.runs import Run
from tui_nn.training.stacked.trainer import StackedTrainer
from tui_nn.training.trainer import Trainer

TRIAL_S = 0.05
WARM_UP_STEPS = 5
USUAL_STACK = 16
"""Runs that are tried together where runs can be."""


class Estimate:
    """Guesses how long runs take, and learns by how much the guesses are wrong.

    seconds_per_unit: of `cost`. begin_s: seconds until a run has its data and its network.
    """

    def __init__(self, seconds_per_unit: float, begin_s: float = 0.0) -> None:
        self._seconds_per_unit, self._begin_s = seconds_per_unit, begin_s
        self._guessed = self._seconds = 0.0

    @property
    def is_measured(self) -> bool:
        """Whether runs have ended, and not only been tried."""
        return self._guessed > 0

    def guess(self, runs: Sequence[Run]) -> float:
        """Return the seconds of runs as they were guessed before any had ended; refused ones take none."""
        n_trained = sum(run.config is not None for run in runs)
        return n_trained * self._begin_s + self._seconds_per_unit * units_of(runs)

    def learn(self, run: Run, seconds: float) -> None:
        """Hear how long a run took."""
        self._guessed += self.guess([run])
        self._seconds += seconds

    def seconds(self, guessed: float) -> float:
        """Return how long one worker takes for what was guessed to take so long."""
        return guessed * (self._seconds / self._guessed if self._guessed else 1.0)


def units_of(runs: Sequence[Run]) -> float:
    """Return how much work runs are; refused ones are none."""
    return sum(cost(run.config) for run in runs if run.config is not None)


def measure(runs: Sequence[Run], trial_s: float = TRIAL_S) -> Estimate:
    """Return what a trial of the run of middling cost lets expect; raise what it raises."""
    known = sorted((run for run in runs if run.config is not None), key=lambda run: units_of([run]))
    if not known:
        return Estimate(1e-6)
    middle = known[len(known) // 2]
    config = middle.config
    assert config is not None
    n_alike = sum(run.stack == middle.stack for run in known) if middle.stack else 1
    n_together = min(USUAL_STACK, middle.most_together, n_alike)
    trainer = Trainer(config, timeline_bytes=0)
    began = time.perf_counter()
    trainer = Trainer(config, timeline_bytes=0)  # again: the first has read what is read once in a process
    begin_s = time.perf_counter() - began
    advance = trainer.advance if n_together == 1 else StackedTrainer([trainer] * n_together).train
    steps_s = _seconds_of(advance, trial_s) / n_together * config.epochs * config.steps_per_epoch
    return Estimate(steps_s / cost(config), begin_s)


def _seconds_of(advance: Callable[[], None], trial_s: float) -> float:
    """Return the seconds of a step."""
    with np.errstate(all="ignore"):
        for _ in range(WARM_UP_STEPS):
            advance()
        started, steps = time.perf_counter(), 0
        while (taken := time.perf_counter() - started) < trial_s:
            advance()
            steps += 1
    return taken / max(1, steps)
