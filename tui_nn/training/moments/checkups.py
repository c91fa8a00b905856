"""What is measured of a run's health now and then: sampled by step number, halved when full."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.moments.vitals import Vitals
from tui_nn.training.snapshot import Metrics

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
