"""What a sweep has found: a row for each run, in the order of the plan, and which is best."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui_nn.settings.config import Config
from tui_nn.sweeps.runs import Run, row_of
from tui_nn.sweeps.space import Choice

ENDED_WELL = ("finished", "stopped")


@dataclass(frozen=True)
class Measure:
    """What runs are compared by: a number of their records."""

    name: str
    is_higher_better: bool = False
    is_of_goal: bool = False
    """Whether it counts only for runs that a rule has stopped, at the goal that was set."""

    @property
    def label(self) -> str:
        """Its name in words."""
        return self.name.replace("_", " ").replace("r2", "R²")

    def badness(self, record: Mapping[str, Any]) -> float:
        """Return a number that is lower for a better run; infinite for one that has come to no good end."""
        value = record.get(self.name)
        good = ("stopped",) if self.is_of_goal else ENDED_WELL
        if value is None or record["status"] not in good:
            return math.inf
        return -float(value) if self.is_higher_better else float(value)

    def value(self, badness: float) -> float:
        """Return the number that is so bad."""
        return -badness if self.is_higher_better else badness


class Results:
    """The records of all runs that have ended."""

    def __init__(self) -> None:
        self._by_run: dict[tuple[Choice, int], tuple[Run, dict[str, Any]]] = {}
        self.n_known = 0
        """Runs that a journal already held."""

    def expect(self, run: Run) -> None:
        """Give a run its place in the order."""
        self._by_run.setdefault((run.choice, run.seed), (run, {}))

    def add(self, run: Run, record: dict[str, Any]) -> None:
        """Keep the record of a run; one of the same choice and seed, with more epochs, replaces it."""
        self._by_run[run.choice, run.seed] = (run, record)

    @property
    def ended(self) -> list[tuple[Run, dict[str, Any]]]:
        """Runs with their records, in the order of the plan."""
        return [(run, record) for run, record in self._by_run.values() if record]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is printed of each run."""
        return [row_of(run, record) for run, record in self.ended]

    @property
    def measure(self) -> Measure:
        """What these runs can be compared by."""
        return choose_measure(self.ended)

    def best(self) -> int | None:
        """Return the place of the best run; None where none has come to a good end."""
        order = self.order()
        ended, measure = self.ended, self.measure
        if not order or math.isinf(measure.badness(ended[order[0]][1])):
            return None
        return order[0]

    def order(self) -> list[int]:
        """Return the places of the runs, the best first; those that were cut short behind the others."""
        measure = self.measure
        rank = [(run.is_part, measure.badness(record)) for run, record in self.ended]
        return sorted(range(len(rank)), key=rank.__getitem__)

    def groups(self) -> dict[Choice, list[dict[str, Any]]]:
        """Return the records of each choice that got all its epochs, one for each seed."""
        found: dict[Choice, list[dict[str, Any]]] = {}
        for run, record in self.ended:
            if run.is_part:
                continue
            found.setdefault(run.choice, []).append(record)
        return found


def choose_measure(ended: Sequence[tuple[Run, Mapping[str, Any]]]) -> Measure:
    """Return the test loss, or what takes its place.

    Without a test set it is the training loss; where losses differ in kind, accuracy or R²; where runs stop
    at a goal, the epochs that they took to it.
    """
    good = [(run, record) for run, record in ended if record["status"] in ENDED_WELL and run.config]
    reached = any(record["status"] == "stopped" for _, record in good)
    if reached and all(run.config is not None and _has_goal_alone(run.config) for run, _ in good):
        return Measure("epochs", is_of_goal=True)
    part = "test" if all(record["test_loss"] is not None for _, record in good) else "train"
    if len({run.config.loss_name for run, _ in good if run.config}) < 2:
        return Measure(f"{part}_loss")
    for name in (f"{part}_accuracy", f"{part}_r2"):
        if all(record.get(name) is not None for _, record in good):
            return Measure(name, is_higher_better=True)
    return Measure(f"{part}_loss")


def _has_goal_alone(config: Config) -> bool:
    """Return whether nothing but a goal can stop a run."""
    has_goal = config.stop_loss is not None or config.stop_accuracy is not None
    return has_goal and config.patience is None and config.stop_epochs is None
