"""Runs trained to their ends together with nobody watching, each with the record that it would have alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from tui_nn.settings.config import Config
from tui_nn.training.problem import Problem
from tui_nn.training.record import make_record
from tui_nn.training.stacked.trainer import StackedTrainer


def train_together(
    configs: Sequence[Config], problems: Sequence[Problem] | None = None
) -> tuple[StackedTrainer, list[dict[str, Any]]]:
    """Train for the epochs of the configs of one group of `can_stack`; return the runs and their records.

    A run's `seconds` are its share of the time while it was in the stack. Raises DataError, EngineError.
    """
    stacked = StackedTrainer.of(configs, problems)
    seconds = np.zeros(len(configs))
    while stacked.running:
        sharing, began = list(stacked.running), time.perf_counter()
        stacked.epoch()
        seconds[sharing] += (time.perf_counter() - began) / len(sharing)
    return stacked, [_record(stacked, i, float(seconds[i])) for i in range(len(configs))]


def _record(stacked: StackedTrainer, position: int, seconds: float) -> dict[str, Any]:
    trainer, outcome = stacked.solo(position), stacked.outcomes[position]
    metrics = trainer.measure()
    status = "diverged" if outcome is None or metrics.train_loss is None else outcome.status
    return make_record(trainer, metrics, seconds, status)
