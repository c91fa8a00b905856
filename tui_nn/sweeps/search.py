"""A search says which run comes next and may learn from those that ended; here: grid and random draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.space import Choice, Space

MOST_RUNS = 100_000
"""A sweep of more runs is refused."""
DRAWS = 50
"""A choice that was drawn before is drawn again so often."""


class Search(Protocol):
    """What chooses the runs of a sweep."""

    @property
    def planned(self) -> Sequence[Run]:
        """All runs from first to last, as far as is known; what is still open stands in with runs like it."""
        ...

    def next(self) -> Run | None:
        """Return the next run; None: there is none, or none until more have ended."""
        ...

    def told(self, run: Run, record: Mapping[str, Any]) -> None:
        """Hear how a run ended."""
        ...


class Listed:
    """Runs that are known from the beginning; none is there twice."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self.planned = list({run.key: run for run in runs}.values())
        self._next = 0

    def next(self) -> Run | None:
        """Return the next run, or None after the last."""
        if self._next == len(self.planned):
            return None
        self._next += 1
        return self.planned[self._next - 1]

    def told(self, run: Run, record: Mapping[str, Any]) -> None:
        """Note nothing: the runs are fixed."""


def grid(space: Space) -> Listed:
    """Return every choice with every seed."""
    return Listed(run for choice in space.grid() for run in space.runs(choice))


def random(space: Space, n_runs: int, seed: int) -> Listed:
    """Return runs of choices at random, each with every seed; the same seed draws the same."""
    choices = draw_choices(space, -(-n_runs // space.n_seeds), seed)
    return Listed([run for choice in choices for run in space.runs(choice)][:n_runs])


def draw_choices(space: Space, n: int, seed: int) -> list[Choice]:
    """Return different choices at random, fewer where there are no more."""
    rng = np.random.default_rng(seed)
    drawn: dict[Choice, None] = {}
    most = min(n, space.n_grid or n)
    while len(drawn) < most:
        for _ in range(DRAWS):
            choice = space.draw(rng)
            if choice not in drawn:
                break
        if choice in drawn:
            drawn |= dict.fromkeys(_rest(space, drawn, most, rng))
            break
        drawn[choice] = None
    return list(drawn)


def _rest(space: Space, drawn: Mapping[Choice, None], most: int, rng: np.random.Generator) -> list[Choice]:
    """Return what a few draws no longer find: some of the few choices that are left."""
    if not space.n_grid:
        return []
    left = [choice for choice in space.grid() if choice not in drawn]
    return [left[i] for i in rng.permutation(len(left))[: most - len(drawn)]]
