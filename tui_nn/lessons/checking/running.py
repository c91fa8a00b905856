"""A run without a screen, judged at every recorded step as the app judges it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import numpy as np

from tui_nn.lessons.condition import Condition, Record
from tui_nn.lessons.lesson import Way
from tui_nn.lessons.records import record_of
from tui_nn.settings.config import Config
from tui_nn.training.columns import column_sizes
from tui_nn.training.holding import type_over
from tui_nn.training.snapshot import Metrics
from tui_nn.training.trainer import Trainer

SEEDS = range(10)
ENOUGH = 9
"""So many of the seeds at least must agree."""
MOST_EPOCHS = 400
"""How long a run without an end of its own is judged."""

NO_WAY = Way()
EVALUATED = frozenset(field.name for field in fields(Metrics))
"""Measures for which both sets go through the network."""


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
        return _judged(trainer, condition, epochs) if condition is not None else _ended(trainer, epochs)


def _ended(trainer: Trainer, epochs: int) -> Ended:
    """Train to the end, and look only there: to evaluate takes longer than to train."""
    while trainer.epoch < epochs and not trainer.has_diverged:
        trainer.advance()
    trainer.record()
    return Ended(None, _record(trainer))


def _judged(trainer: Trainer, condition: Condition, epochs: int) -> Ended:
    record = _record(trainer)
    while not condition.holds(record):
        if condition.is_over(record) or trainer.epoch >= epochs or trainer.has_diverged:
            trainer.record()
            return Ended(None, _record(trainer))
        record = _next(trainer, condition)
    return Ended(record, record)


def _next(trainer: Trainer, condition: Condition) -> Record:
    """Train to the next step that is recorded, or the end of the epoch; return its record.

    The network is evaluated only where what is known without it allows the condition to hold.
    """
    epoch = trainer.epoch
    while True:
        trainer.advance()
        if trainer.has_diverged or trainer.history.is_due(trainer.step) or trainer.epoch > epoch:
            record = _record(trainer)
            if condition.may_hold({name: value for name, value in record.items() if name not in EVALUATED}):
                trainer.record()
                return _record(trainer)
            trainer.history.record(trainer.step, trainer.recorded)  # so that the same steps are due
            return record


def _record(trainer: Trainer) -> Record:
    measures = {**asdict(trainer.recorded), "steps": trainer.step, "epochs": trainer.epoch}
    measures["best_possible_accuracy"] = trainer.problem.dataset.best_possible_accuracy
    status = "diverged" if trainer.has_diverged else "running"
    sizes = column_sizes(trainer.network)
    return record_of(trainer.config, sizes, trainer.network.n_parameters, status, **measures)
