"""How long a sweep takes: from a short trial before it begins, then from the runs that have ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from tui_nn.settings.config import Config
from tui_nn.sweeps.cost import cost
from tui_nn.sweeps.runs import Run
from tui_nn.training.stacked.trainer import StackedTrainer
from tui_nn.training.trainer import Trainer

TRIAL_S = 0.05
WARM_UP_STEPS = 5
USUAL_STACK = 16
"""Runs that are tried together where runs can be."""


class Estimate:
    """Knows the seconds that a unit of `cost` takes, and learns."""

    def __init__(self, seconds_per_unit: float) -> None:
        self._first = seconds_per_unit
        self._units = self._seconds = 0.0

    @property
    def is_measured(self) -> bool:
        """Whether runs have ended, and not only been tried."""
        return self._units > 0

    def learn(self, config: Config, seconds: float) -> None:
        """Hear how long a run took."""
        self._units += cost(config)
        self._seconds += seconds

    def seconds(self, units: float) -> float:
        """Return how long so much work takes one worker."""
        return units * (self._seconds / self._units if self._units else self._first)


def units_of(runs: Sequence[Run]) -> float:
    """Return how much work runs are; refused ones are none."""
    return sum(cost(run.config) for run in runs if run.config is not None)


def measure(runs: Sequence[Run], trial_s: float = TRIAL_S) -> float:
    """Return the seconds of a unit of cost, tried on the run of middling cost; raise what it raises."""
    known = sorted((run for run in runs if run.config is not None), key=lambda run: units_of([run]))
    if not known:
        return 1e-6
    middle = known[len(known) // 2]
    config = middle.config
    assert config is not None
    began = time.perf_counter()
    n_alike = sum(run.stack == middle.stack for run in known) if middle.stack else 1
    n_together = min(USUAL_STACK, middle.most_together, n_alike)
    trainer = Trainer(config, timeline_bytes=0)
    begun_s = time.perf_counter() - began
    advance = trainer.advance if n_together == 1 else StackedTrainer([trainer] * n_together).train
    step_s = _seconds_of(advance, trial_s) / n_together
    return (begun_s + step_s * config.epochs * config.steps_per_epoch) / cost(config)


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
