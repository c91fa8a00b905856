"""How long a sweep takes: from a short trial before it begins, then from the runs that have ended."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from tui_nn.settings.config import Config
from tui_nn.sweeps.cost import cost
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.task import problem_of
from tui_nn.training.trainer import Trainer

TRIAL_S = 0.05
WARM_UP_STEPS = 5


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
    configs = sorted((run.config for run in runs if run.config is not None), key=cost)
    if not configs:
        return 1e-6
    config = configs[len(configs) // 2]
    began = time.perf_counter()
    with np.errstate(all="ignore"):
        trainer = Trainer(config, problem_of(config), timeline_bytes=0)
        begun_s = time.perf_counter() - began
        for _ in range(WARM_UP_STEPS):
            trainer.advance()
        started, steps = time.perf_counter(), 0
        while (taken := time.perf_counter() - started) < trial_s:
            trainer.advance()
            steps += 1
    total = begun_s + taken / max(1, steps) * config.epochs * config.steps_per_epoch
    return total / cost(config)
