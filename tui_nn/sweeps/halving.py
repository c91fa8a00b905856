"""Successive halving: all choices get a few epochs, the better half of them twice as many, and so on.

The last round trains for all epochs, from the start, so that its runs are those of a grid. Choices go by the
median over their seeds. Source: Jamieson and Talwalkar (2016).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tui_nn.sweeps.results import choose_measure
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.space import Choice, Space

MOST_ROUNDS = 6
"""The first round gets 1/32 of the epochs at the least."""


class Halving:
    """A search in rounds; the next one begins when all runs of the last have ended."""

    def __init__(self, space: Space, choices: Sequence[Choice]) -> None:
        self._space = space
        shortest = min((r.config.epochs for c in choices for r in space.runs(c) if r.config), default=1)
        depth = int(min(math.log2(max(1, len(choices))), math.log2(shortest)))
        self._n_rounds = min(MOST_ROUNDS, 1 + depth)
        self._round = 0
        self._choices = list(choices)
        self._past: list[Run] = []
        self._begin()

    def next(self) -> Run | None:
        """Return the next run of this round, or None while others of it are under way."""
        if self._queue:
            return self._queue.pop(0)
        return None

    def told(self, run: Run, record: Mapping[str, Any]) -> None:
        """Note a result; when the last of a round has ended, the better half goes on."""
        self._ended.append((run, record))
        if len(self._ended) < self._n_out or self._round + 1 >= self._n_rounds:
            return
        self._past += [run for run, _ in self._ended]
        self._choices = self._better_half()
        self._round += 1
        self._begin()

    def _begin(self) -> None:
        """Begin a round; those behind it are planned with the first choices in place of the best."""
        self._ended: list[tuple[Run, Mapping[str, Any]]] = []
        self._queue = [run for choice in self._choices for run in self._runs(choice, self._round)]
        self._n_out = len(self._queue)
        self.planned: Sequence[Run] = [*self._past, *self._queue]
        n_choices = len(self._choices)
        for number in range(self._round + 1, self._n_rounds):
            n_choices = math.ceil(n_choices / 2)
            later = [run for choice in self._choices[:n_choices] for run in self._runs(choice, number)]
            self.planned = [*self.planned, *later]

    def _runs(self, choice: Choice, number: int) -> list[Run]:
        """Return the runs of a choice in a round."""
        halved = 2 ** (self._n_rounds - 1 - number)
        return [_shortened(run, halved) for run in self._space.runs(choice)]

    def _better_half(self) -> list[Choice]:
        measure = choose_measure(self._ended)
        badness: dict[Choice, list[float]] = {choice: [] for choice in self._choices}
        for run, record in self._ended:
            badness[run.choice].append(measure.badness(record))
        order = sorted(self._choices, key=lambda choice: statistics.median(badness[choice]))
        return order[: math.ceil(len(order) / 2)]


def _shortened(run: Run, halved: int) -> Run:
    """Return a run with a part of its epochs."""
    if run.config is None or halved == 1:
        return run
    epochs = max(1, run.config.epochs // halved)
    if (
        run.config.schedule != "constant"
    ):  # a schedule spans the epochs, so it is told where it is cut instead
        return replace(run, config=run.config.replace(stop_epochs=epochs), is_part=True)
    return replace(run, config=run.config.replace(epochs=epochs), is_part=True)
