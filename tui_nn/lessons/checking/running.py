"""A run without a screen, judged at every recorded step as the app judges it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from tui_nn.lessons.condition import Condition, Record
from tui_nn.lessons.lesson import Way
from tui_nn.lessons.records import record_of
from tui_nn.settings.config import Config
from tui_nn.training.columns import column_sizes
from tui_nn.training.holding import type_over
from tui_nn.training.trainer import Trainer

SEEDS = range(10)
ENOUGH = 9
"""So many of the seeds at least must agree."""
MOST_EPOCHS = 400
"""How long a run without an end of its own is judged."""

NO_WAY = Way()


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    reached: Record | None
    """When the condition held first; None: never."""
    last: Record

    def measure(self, name: str) -> float | None:
        """Return a measure where the condition was reached, or at the end."""
        value = (self.reached or self.last).get(name)
        return float(value) if isinstance(value, (int, float)) else None


def seeded(config: Config, seed: int) -> Config:
    """Return settings with both seeds set."""
    return config.replace(data_seed=seed, weights_seed=seed)


def run_to(config: Config, condition: Condition | None, epochs: int, way: Way = NO_WAY) -> Ended:
    """Train until the condition holds, it is too late, the epochs are over or the numbers overflow."""
    with np.errstate(all="ignore"):
        trainer = Trainer(config.replace(speed=None), timeline_bytes=0)
        for layer, source, unit, value in way.weights:
            type_over(trainer.network, layer - 1, source - 1 if source else None, unit - 1, value)
        if way.weights:
            trainer.measure_again()
        record = _record(trainer)
        while True:
            if condition is not None and condition.holds(record):
                return Ended(record, record)
            if _is_over(trainer, record, condition, epochs):
                return Ended(None, record)
            record = _next(trainer)


def _next(trainer: Trainer) -> Record:
    """Train to the next step that is recorded, or the end of the epoch; return its record."""
    epoch = trainer.epoch
    while True:
        trainer.advance()
        if trainer.has_diverged or trainer.history.is_due(trainer.step) or trainer.epoch > epoch:
            trainer.record()
            return _record(trainer)


def _is_over(trainer: Trainer, record: Record, condition: Condition | None, epochs: int) -> bool:
    is_late = condition is not None and condition.is_over(record)
    return is_late or trainer.epoch >= epochs or trainer.has_diverged


def _record(trainer: Trainer) -> Record:
    measures = {**asdict(trainer.recorded), "steps": trainer.step, "epochs": trainer.epoch}
    measures["best_possible_accuracy"] = trainer.problem.dataset.best_possible_accuracy
    status = "diverged" if trainer.has_diverged else "running"
    sizes = column_sizes(trainer.network)
    return record_of(trainer.config, sizes, trainer.network.n_parameters, status, **measures)
