"""What is measured of a run's health now and then: sampled by step number, halved when full."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.moments.vitals import Vitals, looked_rows, measure_vitals, moved
from tui_nn.training.problem import Part
from tui_nn.training.snapshot import Metrics
from tui_nn.training.timeline import LARGE

Array = NDArray[Any]

CAPACITY = 96


@dataclass(frozen=True)
class Checkup:
    """How well a network does at one step, and how it feels."""

    step: int
    metrics: Metrics
    vitals: Vitals


class Checkups:
    """Keeps a checkup of every `interval`-th step; at `capacity` every second one goes."""

    def __init__(self, interval: int = 1, capacity: int = CAPACITY) -> None:
        self.interval, self.capacity = interval, capacity
        self.all: list[Checkup] = []
        self._before: tuple[int, Array] = 0, np.empty(0)

    @classmethod
    def of(cls, network: Network, interval: int, train: Part, batch_size: int) -> Checkups:
        """Return none yet; of a large network four rows are trained on for each one looked at."""
        checkups = cls(interval)
        if network.n_parameters >= LARGE:
            checkups.widen(math.ceil(4 * looked_rows(network, len(train)) / batch_size))
        return checkups

    def check(self, step: int, metrics: Metrics, network: Network, train: Part) -> None:
        """Look at a network, and keep what is seen."""
        rows = slice(looked_rows(network, len(train)))
        with np.errstate(all="ignore"):
            motion = moved(*self._before, step, network.parameters)
            vitals = measure_vitals(network, train.inputs(rows), step, motion)
        self._before = step, network.parameters.copy()
        self.add(Checkup(step, metrics, vitals))

    def is_due(self, step: int) -> bool:
        """Whether this step is one to look at; the first step always is."""
        return step % self.interval == 0 or step == 1

    def add(self, checkup: Checkup) -> None:
        """Keep a checkup; those of the same step and of later ones, from before a run went back, go."""
        self.cut(checkup.step - 1)
        self.all.append(checkup)
        if len(self.all) >= self.capacity:
            self.interval *= 2
            self.all = [kept for kept in self.all if kept.step % self.interval == 0]

    def cut(self, step: int) -> None:
        """Let go of those after a step."""
        while self.all and self.all[-1].step > step:
            self.all.pop()

    def widen(self, interval: int) -> None:
        """Look at every `interval`-th step at most from now on; what is kept stays until it is halved."""
        while self.interval < interval:
            self.interval *= 2

    def since(self, step: int) -> list[Checkup]:
        """Return those of a step and later."""
        return [checkup for checkup in self.all if checkup.step >= step]

    @property
    def last(self) -> Checkup | None:
        """The newest."""
        return self.all[-1] if self.all else None
