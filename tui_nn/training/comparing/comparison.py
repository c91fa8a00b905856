"""The runs of a comparison: they begin, advance and are read together; each can be changed and taken over.

Runs of one shape are stacked; what cannot be stacked trains beside them. How they are grouped changes no
result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.comparing.alone import Alone
from tui_nn.training.problem import make_problem, make_problems
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.snapshot import Curves, Metrics
from tui_nn.training.stacked.groups import can_stack
from tui_nn.training.stacked.trainer import Outcome, StackedTrainer
from tui_nn.training.trainer import RECORDED_ROWS, Trainer


@dataclass(frozen=True)
class Standing:
    """Where one run is."""

    config: Config
    step: int
    epoch: int
    metrics: Metrics
    outcome: Outcome | None
    """How it ended; None while it goes on."""


class Comparison:
    """Owns its runs; they take the same number of steps until they end."""

    def __init__(self, trainers: Sequence[Trainer]) -> None:
        self._group([(trainer, None) for trainer in trainers])

    @classmethod
    def of(cls, configs: Sequence[Config]) -> Comparison:
        """Return runs of these settings at their first step. Raises DataError, EngineError."""
        problems = make_problems(configs)
        return cls([Trainer(c, p, timeline_bytes=0) for c, p in zip(configs, problems, strict=True)])

    @classmethod
    def from_moment(cls, moment: Checkpoint, configs: Sequence[Config]) -> Comparison:
        """Return copies of a run at this moment, each going on with settings of its own.

        Raises DataError, EngineError where one of them cannot.
        """
        trainers, problem = [], make_problem(moment.config)
        for config in configs:
            trainer = Trainer(moment.config, problem, timeline_bytes=0)
            trainer.load(moment)
            reconfigure(trainer, config)
            trainers.append(trainer)
        return cls(trainers)

    @classmethod
    def going_on(cls, runs: Sequence[tuple[Checkpoint, Config, Outcome | None]]) -> Comparison:
        """Return runs that are where they were kept, with the settings and endings that they have by now.

        Raises DataError, EngineError where one of them cannot.
        """
        comparison, restored = cls(()), []
        problems = make_problems([checkpoint.config for checkpoint, _, _ in runs])
        for (checkpoint, config, outcome), problem in zip(runs, problems, strict=True):
            trainer = Trainer(checkpoint.config, problem, timeline_bytes=0)
            trainer.load(checkpoint)
            if outcome is not None and outcome.status == "diverged":
                trainer.trouble = outcome.reason
            if config != checkpoint.config:
                reconfigure(trainer, config)
                outcome = outcome if trainer.has_diverged else None
            restored.append((trainer, outcome))
        comparison._group(restored)
        return comparison

    def __len__(self) -> int:
        return len(self._places)

    @property
    def is_over(self) -> bool:
        """Whether every run has ended."""
        return all(runner.outcomes[i] is not None for runner, i in self._places)

    @property
    def step(self) -> int:
        """Steps taken by the runs that go on, or by the one that went farthest."""
        return max((runner.step for runner in self._going or self._runners), default=0)

    @property
    def epoch(self) -> int:
        """Epochs completed by every run that goes on, or by the one that went farthest."""
        if self._going:
            return min(runner.epochs for runner in self._going)
        return max((runner.epochs for runner in self._runners), default=0)

    @property
    def _going(self) -> list[StackedTrainer | Alone]:
        return [runner for runner in self._runners if None in runner.outcomes]

    def advance(self, steps: int = 1) -> None:
        """Train all that go on so many steps, with curves and stop rules."""
        for runner in self._runners:
            runner.advance(steps)

    def standings(self) -> list[Standing]:
        """Return where each run is; of large sets the metrics are of the rows that curves look at."""
        measured: dict[int, list[Metrics]] = {}
        found = []
        for (runner, i), trainer in zip(self._places, self._trainers, strict=True):
            metrics = trainer.recorded
            if trainer.is_quick_to_measure:
                if id(runner) not in measured:
                    measured[id(runner)] = runner.measure(RECORDED_ROWS)
                metrics = measured[id(runner)][i]
            outcome = runner.outcomes[i]
            where = (runner.step, runner.epochs) if outcome is None else (trainer.step, trainer.epoch)
            found.append(Standing(trainer.config, *where, metrics, outcome))
        return found

    def trainer(self, position: int) -> Trainer:
        """Return one run as it is now, to look at."""
        return self._solo(position)

    def curves(self, position: int) -> Curves:
        """Return what was recorded of one run."""
        return self._trainers[position].history.curves()

    def surfaces(self, points: NDArray[np.float64]) -> list[NDArray[Any]]:
        """Return the outputs of each run at points of the plane (n, 2), each (n, n_outputs)."""
        maps = {id(runner): runner.surface(points) for runner in self._runners}
        return [maps[id(runner)][i] for runner, i in self._places]

    def checkpoint(self, position: int) -> Checkpoint:
        """Return one run as it is now, to go on elsewhere; here it goes on too."""
        return self._solo(position).checkpoint()

    def change(self, position: int, config: Config) -> str:
        """Let one run go on with other settings; return what had to give way, in words.

        Raises DataError, EngineError with nothing changed.
        """
        runs = self._runs()
        trainer, outcome = runs[position]
        words = reconfigure(trainer, config)
        runs[position] = trainer, outcome if trainer.has_diverged else None
        self._group(runs)
        return words

    def add(self, config: Config) -> None:
        """Put a run behind the others, trained as far as the one that is farthest. Raises DataError."""
        added = Alone(Trainer(config, timeline_bytes=0))
        added.advance(max((trainer.step for trainer, _ in self._runs()), default=0))
        self._group([*self._runs(), (added.solo(0), added.outcomes[0])])

    def drop(self, position: int) -> None:
        """Take one run out."""
        runs = self._runs()
        del runs[position]
        self._group(runs)

    def reset(self) -> None:
        """Begin all runs again from their first weights."""
        trainers = [trainer for trainer, _ in self._runs()]
        for trainer in trainers:
            trainer.start()
        self._group([(trainer, None) for trainer in trainers])

    def _group(self, runs: Sequence[tuple[Trainer, Outcome | None]]) -> None:
        """Stack what goes on and can be stacked; all trainers are where their runs are."""
        self._trainers = [trainer for trainer, _ in runs]
        self._runners: list[StackedTrainer | Alone] = []
        places: dict[int, tuple[StackedTrainer | Alone, int]] = {}
        going = [i for i, (_, outcome) in enumerate(runs) if outcome is None]
        groups = [[going[i] for i in group] for group in can_stack([runs[i][0].config for i in going])]
        groups += [[i] for i, (_, outcome) in enumerate(runs) if outcome is not None]
        for group in groups:
            for runner, members in _runners(group, runs):
                self._runners.append(runner)
                places |= {position: (runner, i) for i, position in enumerate(members)}
        self._places = [places[i] for i in range(len(runs))]

    def _runs(self) -> list[tuple[Trainer, Outcome | None]]:
        return [(self._solo(position), self.outcome(position)) for position in range(len(self))]

    def _solo(self, position: int) -> Trainer:
        runner, i = self._places[position]
        return runner.solo(i)

    def outcome(self, position: int) -> Outcome | None:
        """Return how a run has ended; None while it goes on."""
        runner, i = self._places[position]
        return runner.outcomes[i]


def _runners(
    group: list[int], runs: Sequence[tuple[Trainer, Outcome | None]]
) -> list[tuple[StackedTrainer | Alone, list[int]]]:
    """Return what trains these runs: one stack, or each alone where they are not in step."""
    if len(group) > 1:
        try:
            return [(StackedTrainer([runs[i][0] for i in group]), group)]
        except EngineError:
            pass
    return [(Alone(*runs[i]), [i]) for i in group]
