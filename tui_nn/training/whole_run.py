"""A run trained to its end with nobody watching, with its curves or without; the result is the same."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from tui_nn.settings.config import Config
from tui_nn.training.commands import Command, RunEpochs
from tui_nn.training.problem import Problem
from tui_nn.training.record import make_record
from tui_nn.training.rules import has_rules
from tui_nn.training.session import Session
from tui_nn.training.trainer import Trainer


def train_whole(config: Config, problem: Problem | None = None) -> tuple[Trainer, dict[str, Any]]:
    """Train for the epochs of a config; return the run and its record, as `tui-nn train --json` gives it.

    The curves are recorded only where a stop rule reads them, which a small network learns several times as
    fast without.
    problem: the data of the config where somebody has made it already. Raises DataError, EngineError.
    """
    with np.errstate(all="ignore"):
        trainer = Trainer(config, problem, timeline_bytes=0)
        began = time.perf_counter()
        status = _train(trainer, config)
        seconds = time.perf_counter() - began
    metrics = trainer.measure()
    if metrics.train_loss is None:
        status = "diverged"
    return trainer, make_record(trainer, metrics, seconds, status)


def _train(trainer: Trainer, config: Config) -> str:
    """Train to the end; return how it ended."""
    is_judged = has_rules(config)
    while trainer.epoch < config.epochs:
        trainer.advance()
        if trainer.has_diverged:
            return "diverged"
        if is_judged and (trainer.history.is_due(trainer.step) or trainer.epoch == config.stop_epochs):
            trainer.record()
            if trainer.rules.reason(config, trainer.epoch, trainer.recorded):
                return "stopped"
    return "finished"


def train_with_curves(config: Config) -> Session:
    """Train for the epochs of a config; return the session, with all that can be written to a file."""
    session = Session(config, timeline_bytes=0)
    commands: list[Command] = [RunEpochs(config.epochs)]

    def receive(wait_s: float | None) -> Sequence[Command] | None:
        if commands:
            return [commands.pop()]
        return None if wait_s is None else ()

    session.run(receive, lambda message: None)
    return session
