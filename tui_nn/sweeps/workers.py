"""What a sweep asks of those that work for it, be they processes here or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.task import Outcome

MOST_LOSSES = 3
"""A run whose worker was lost so often is given up."""


@dataclass(frozen=True)
class Ended:
    """A task that came back, or was lost with its worker."""

    runs: tuple[Run, ...]
    outcomes: Sequence[Outcome] | None
    """One for each run; None: the worker was lost."""
    is_given_up: bool = False
    """Whether several workers in turn were lost."""


class Workers(Protocol):
    """Takes tasks, and gives back how they ended, in any order."""

    @property
    def n_slots(self) -> int:
        """How many tasks are worked on at the same time."""
        ...

    @property
    def n_free(self) -> int:
        """How many tasks it takes now."""
        ...

    def submit(self, runs: tuple[Run, ...]) -> None:
        """Take a task."""
        ...

    def wait(self, seconds: float) -> list[Ended]:
        """Return what has ended, after so many seconds at the latest. Raises SweepError."""
        ...

    def stop(self) -> None:
        """Let go of all that is not done."""
        ...
