"""Runs that train together, each of them the run that it would be alone.

    stacked = StackedTrainer.of(configs)    # of one group of `can_stack`
    while stacked.running:
        stacked.epoch()                     # runs end by their rules, by divergence, at their last epoch
    stacked.solo(0).measure(), stacked.outcomes[0]

A run that ends leaves the stack, and the others go on without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError
from tui_nn.engine.stacked import Stack, stack_optimizers, stack_sources
from tui_nn.settings.config import Config
from tui_nn.training.problem import Problem, make_problems
from tui_nn.training.rules import divergence, has_rules
from tui_nn.training.snapshot import Metrics
from tui_nn.training.stacked.batches import StackedBatches
from tui_nn.training.stacked.measuring import evaluate_stack, one_or_stacked
from tui_nn.training.stacked.rates import stack_rates
from tui_nn.training.trainer import RECORDED_ROWS, Trainer


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    status: str
    """finished, stopped (by a rule) or diverged, as in its record."""
    reason: str = ""
    """In words; empty where it simply came to its end."""


class StackedTrainer:
    """Takes over runs at the same step of networks of one shape, and advances them together.

    The trainers given stay where they were until `solo`, or the end of a run, brings them up to date. Raises
    EngineError where they cannot be one stack (groups.py says which can).
    """

    def __init__(self, trainers: Sequence[Trainer]) -> None:
        if len({trainer.step for trainer in trainers}) > 1:
            raise EngineError("The runs of a stack are at the same step; these are not.")
        self._trainers = tuple(trainers)
        self.outcomes: list[Outcome | None] = [None] * len(trainers)
        """How each run ended; None while it goes on."""
        self.running: tuple[int, ...] = tuple(range(len(trainers)))
        """Positions of the runs that go on."""
        self.step = trainers[0].step
        self._stack_up()

    @classmethod
    def of(cls, configs: Sequence[Config], problems: Sequence[Problem] | None = None) -> StackedTrainer:
        """Return fresh runs of these settings; those with the same data share it.

        problems: the data of each, where somebody has made it already. Raises DataError.
        """
        data = make_problems(configs) if problems is None else problems
        return cls([Trainer(c, p, timeline_bytes=0) for c, p in zip(configs, data, strict=True)])

    @property
    def n_runs(self) -> int:
        """How many runs there are, those that have ended included."""
        return len(self._trainers)

    @property
    def epochs(self) -> int:
        """Epochs completed by the runs that go on."""
        return self._batches.epoch

    @property
    def steps_per_epoch(self) -> int:
        """Steps of a whole epoch."""
        return self._batches.steps_per_epoch

    def train(self, steps: int = 1) -> None:
        """Train so many steps without a look at the curves; runs that diverge leave."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                if not self.running:
                    return
                self._step()

    def advance(self, steps: int = 1) -> None:
        """Train so many steps; record the curves where they are due, and let rules stop runs."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                if not self.running:
                    return
                self._step()
                self._record_if_due()

    def epoch(self) -> None:
        """Train to the end of the epoch; runs with stop rules are judged, those at their last epoch end."""
        if not self.running:
            return
        goal = self.epochs + 1
        move = self.advance if any(has_rules(self._config(i)) for i in self.running) else self.train
        while self.running and self.epochs < goal:
            move()
        done = {i: Outcome("finished") for i in self.running if self._config(i).epochs <= self.epochs}
        self._end(done)

    def record(self) -> None:
        """Add the present step to the curves of all runs that go on; let rules stop them."""
        stopped: dict[int, Outcome] = {}
        for i, metrics in zip(self.running, self._measure_running(RECORDED_ROWS), strict=True):
            trainer = self._trainers[i]
            trainer.recorded, trainer.rules.has_stopped = metrics, False
            trainer.history.record(self.step, metrics)
            if reason := trainer.rules.reason(trainer.config, self.epochs, metrics):
                trainer.rules.has_stopped = True
                stopped[i] = Outcome("stopped", reason)
        self._end(stopped)

    def measure(self, most_rows: int | None = None) -> list[Metrics]:
        """Return losses and accuracies of every run, ended ones as they ended."""
        with np.errstate(all="ignore"):
            going = dict(zip(self.running, self._measure_running(most_rows), strict=True))
        return [going[i] if i in going else t.measure(most_rows) for i, t in enumerate(self._trainers)]

    def surface(self, points: NDArray[np.float64]) -> NDArray[Any]:
        """Return the outputs of every run at points of the plane (n, 2): (n_runs, n, n_outputs)."""
        going = self._on_plane(points) if self.running else None
        outputs = [
            trainer.network.predict(trainer.problem.on_plane(points))
            if going is None or i not in self.running
            else going[self.running.index(i)]
            for i, trainer in enumerate(self._trainers)
        ]
        return np.stack(outputs)

    def solo(self, position: int) -> Trainer:
        """Return one run as it is now: what it does next alone is what it would do here."""
        if position in self.running:
            self._write(position)
        return self._trainers[position]

    def _config(self, position: int) -> Config:
        return self._trainers[position].config

    def _stack_up(self) -> None:
        """Stack the runs that go on, from where their own trainers are."""
        going = [self._trainers[i] for i in self.running]
        self._stack = Stack([trainer.network for trainer in going])
        self._optimizer = stack_optimizers([trainer.optimizer for trainer in going])
        shared = {id(trainer.problem): trainer.source for trainer in going}
        self._source = stack_sources([shared[id(trainer.problem)] for trainer in going])
        self._batches = StackedBatches([trainer.batches for trainer in going], self._source.starts)
        self._rates = stack_rates([trainer.config for trainer in going])

    def _step(self) -> None:
        self._stack.train_step(self._source, self._batches.take(), self._optimizer, self._rates(self.step))
        self.step += 1
        broken = self._stack.not_finite()
        if broken:
            self._diverge([self.running[row] for row in broken])

    def _diverge(self, positions: Sequence[int]) -> None:
        outcomes: dict[int, Outcome] = {}
        for i in positions:
            self._write(i)
            trainer = self._trainers[i]
            trainer.trouble = divergence(trainer.network, self.step, trainer.config.learning_rate)
            outcomes[i] = Outcome("diverged", trainer.trouble)
        self._end(outcomes)

    def _record_if_due(self) -> None:
        if not self.running:
            return
        is_last = any(self.epochs == self._config(i).stop_epochs for i in self.running)
        if self._trainers[self.running[0]].history.is_due(self.step) or is_last:
            self.record()

    def _end(self, outcomes: dict[int, Outcome]) -> None:
        """Let runs leave, each in its own trainer as it is now."""
        if not outcomes:
            return
        for i in self.running:
            self._write(i)
        for i, outcome in outcomes.items():
            self.outcomes[i] = outcome
        self.running = tuple(i for i in self.running if i not in outcomes)
        if self.running:
            self._stack_up()

    def _write(self, position: int) -> None:
        """Bring a run's own trainer up to date."""
        row, trainer = self.running.index(position), self._trainers[position]
        self._stack.write(row, trainer.network)
        trainer.optimizer.load(self._optimizer.state[:, row], self._optimizer.steps)
        self._batches.write(row, trainer.batches)
        trainer.step = self.step

    def _measure_running(self, most_rows: int | None) -> list[Metrics]:
        if not self.running:
            return []
        return evaluate_stack(self._stack, [self._trainers[i].problem for i in self.running], most_rows)

    def _on_plane(self, points: NDArray[np.float64]) -> NDArray[Any]:
        problems = [self._trainers[i].problem for i in self.running]
        is_shared = all(problem is problems[0] for problem in problems)
        inputs = [problem.on_plane(points) for problem in (problems[:1] if is_shared else problems)]
        return self._stack.predict(one_or_stacked(inputs))
