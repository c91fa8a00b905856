"""Ablation: what a network loses when one of its hidden neurons, or one of its filters, is silent.

Silent means that its activation is zero for every row, which is what cutting it does (holding.py). Nothing is
trained anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tui_nn.engine import Conv2D, EngineError, Network, PlacedLayer
from tui_nn.engine.silencing import Answer, Group, answers_without
from tui_nn.training.columns import columns
from tui_nn.training.evaluation import Sums, chunks
from tui_nn.training.names import Node
from tui_nn.training.problem import Problem

MOST_WORK = 4e10
"""Multiplications that an ablation may take: about a second. Larger networks are given fewer rows."""
FEWEST_ROWS = 100
SMALL = 0.0005
"""Changes of a loss below this are written with an exponent."""
NO_HIDDEN = "There is no hidden neuron to silence."
NOT_FINITE = "The weights are not finite, so there is nothing to compare."


@dataclass(frozen=True)
class Score:
    """How good a network is on the rows; None: not finite, or not defined."""

    loss: float | None
    score: float | None
    """Accuracy; for regression R²."""


@dataclass(frozen=True)
class SilentUnit:
    """A neuron or a filter, and the network without it."""

    node: Node
    """(layer, unit); of a filter its pixel in the middle."""
    units: range
    """All its units: one, or the pixels of a filter."""
    number: int
    """Its number in the layer, from 0."""
    is_filter: bool
    without: Score

    @property
    def name(self) -> str:
        """Return what it is called, such as "hidden 1, neuron 3"."""
        return f"hidden {self.node[0]}, {'filter' if self.is_filter else 'neuron'} {self.number + 1}"


@dataclass(frozen=True, eq=False)
class Ablation:
    """The whole network and the network without each of its hidden units, on the same rows."""

    whole: Score
    units: tuple[SilentUnit, ...]
    """In the order of the layers."""
    part: str
    """test, or train where there is no test set."""
    n_rows: int
    """The first so many rows of it were looked at."""
    n_all: int
    is_classification: bool

    @property
    def score_name(self) -> str:
        """What the score is."""
        return "accuracy" if self.is_classification else "R²"

    def score_text(self, score: float | None) -> str:
        """Return a score for a person: "97.2 %", "0.9716", "-"."""
        if score is None:
            return "-"
        return f"{100 * score:.1f} %" if self.is_classification else f"{score:.4f}"

    def change_text(self, change: float | None) -> str:
        """Return the change of a score with its sign; of accuracies in percentage points."""
        if change is None:
            return "-"
        return f"{100 * change:+.2f}" if self.is_classification else f"{change:+.4f}"


class AblationWork:
    """An ablation that is computed group by group, on a copy of the network: training can go on meanwhile."""

    @staticmethod
    def check(network: Network) -> None:
        """Raise EngineError, in one sentence, where there is nothing to silence."""
        if not any(column.placed.has_parameters for column in columns(network)[:-1]):
            raise EngineError(NO_HIDDEN)
        if not np.isfinite(network.parameters).all():
            raise EngineError(NOT_FINITE)

    def __init__(self, network: Network, problem: Problem) -> None:
        """Begin with the weights as they are. Raises EngineError; see `check`."""
        self.check(network)
        self.network = network.copy()
        self._problem = problem
        self._part, self._name = (problem.test, "test") if len(problem.test) else (problem.train, "train")
        self._units = hidden_units(self.network)
        outputs = [column.output for column in columns(self.network)]
        groups = [
            Group(outputs[unit.node[0] - 1], slice(unit.units.start, unit.units.stop)) for unit in self._units
        ]
        self.most_rows = rows_allowed(self.network, groups, len(self._part))
        self._sums = [Sums() for _ in range(len(groups) + 1)]
        self._answers = self._answer(groups)
        self.is_done = False

    @property
    def n_rows(self) -> int:
        """Rows that the whole network has gone through, of `most_rows`."""
        return self._sums[0].n

    def step(self) -> None:
        """Compute one answer more."""
        self.is_done = next(self._answers, None) is None

    def _answer(self, groups: list[Group]) -> Iterator[Answer]:
        decode = self.network.loss.decode if self._problem.is_classification else None
        for rows in chunks(self._part, self.most_rows):
            targets = self._part.targets[rows]
            inputs, coded = self._part.inputs(rows), self._part.coded[rows]
            for answer in answers_without(self.network, inputs, coded, groups):
                sums = self._sums[0 if answer.group is None else answer.group + 1]
                sums.add(
                    self._problem.in_units(answer.outputs), answer.loss_sum, targets[answer.part], decode
                )
                yield answer

    def result(self) -> Ablation:
        """Return the ablation, of the rows that every group has seen; only when it is done."""
        whole, *without = [self._score(sums) for sums in self._sums]
        return Ablation(
            whole=whole,
            units=tuple(
                SilentUnit(unit.node, unit.units, unit.number, unit.is_filter, score)
                for unit, score in zip(self._units, without, strict=True)
            ),
            part=self._name,
            n_rows=self.most_rows,
            n_all=len(self._part),
            is_classification=self._problem.is_classification,
        )

    def _score(self, sums: Sums) -> Score:
        if self._problem.is_classification:
            return Score(sums.mean_loss, sums.accuracy)
        return Score(sums.mean_loss, sums.r2(self._part.targets))


def ablate(network: Network, problem: Problem) -> Ablation:
    """Return the ablation of a network. Raises EngineError where there is nothing to silence."""
    work = AblationWork(network, problem)
    with np.errstate(all="ignore"):
        while not work.is_done:
            work.step()
    return work.result()


def hidden_units(network: Network) -> list[SilentUnit]:
    """Return every neuron and every filter between input and output, none of them silent yet."""
    found: list[SilentUnit] = []
    for layer, column in enumerate(columns(network)[:-1], start=1):
        if column.placed.has_parameters:
            found += _units_of(column.placed, layer)
    return found


def _units_of(placed: PlacedLayer, layer: int) -> Iterator[SilentUnit]:
    is_filter = isinstance(placed.layer, Conv2D)
    rows, across = placed.output_shape[1:] if is_filter else (1, 1)
    size = rows * across
    middle = rows // 2 * across + across // 2
    for number in range(placed.units // size):
        start = number * size
        unknown = Score(None, None)
        yield SilentUnit((layer, start + middle), range(start, start + size), number, is_filter, unknown)


def rows_allowed(network: Network, groups: list[Group], n_rows: int) -> int:
    """Return how many rows an ablation looks at: all where that is not too much work."""
    above = [0]
    for placed in reversed(network.layers):
        shared = placed.units // placed.block.shape[1] if placed.has_parameters else 1
        above.append(above[-1] + placed.block.size * max(1, shared))
    n_layers = len(network.layers)
    work = above[-1] + sum(above[n_layers - 1 - group.position] for group in groups)
    return min(n_rows, max(FEWEST_ROWS, math.floor(MOST_WORK / max(1, work))))


def change(unit: SilentUnit, whole: Score) -> Score:
    """Return what the network's loss and score change by when the unit is silent; None: not known."""
    return Score(_less(unit.without.loss, whole.loss), _less(unit.without.score, whole.score))


def change_in_words(by: float | None) -> str:
    """Return the change of a loss: "+0.0129", "-2e-05" where it is small, "-" where it is not known."""
    if by is None:
        return "-"
    return f"{by:+.4f}" if abs(by) >= SMALL or not by else f"{by:+.0e}"


def by_loss(found: Ablation) -> list[SilentUnit]:
    """Return the units by how much the loss rises without them, the most needed first."""

    def rise(unit: SilentUnit) -> float:
        by = change(unit, found.whole).loss
        return math.inf if by is None else by

    return sorted(found.units, key=rise, reverse=True)


def _less(value: float | None, before: float | None) -> float | None:
    return None if value is None or before is None else value - before
