"""The moments of a run that can be gone back to: sampled by step number, and halved when full.

Bounded in number and in bytes. What a moment means for a run is left to the trainer.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from numpy.typing import NDArray

from tui_nn.engine import Network
from tui_nn.training.batches import Batches
from tui_nn.training.snapshot import Metrics

MOST_FRAMES = 400
MOST_BYTES = 160_000_000
LARGE = 10_000
"""A vector of so many parameters takes a noticeable part of a step to copy."""
LARGE_INTERVAL = 8
"""Steps between two moments of a large network, at first."""
FIRST_MOMENT = "This is the first moment of the run."

Array = NDArray[Any]


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """A run at one step, without what only matters for going on from there."""

    step: int
    epoch: int
    position: int
    """Rows of the epoch that were trained on."""
    parameters: Array
    state: Mapping[str, Array] = field(default_factory=dict)
    """What layers carry beside parameters, as `Network.state` gives it."""
    metrics: Metrics = field(default_factory=Metrics)
    """As far as they were known then: those recorded last."""

    @classmethod
    def of(cls, step: int, network: Network, batches: Batches, metrics: Metrics) -> Frame:
        """Return a copy of a run as it is."""
        parameters, state = network.parameters.copy(), network.state()
        return cls(step, batches.epoch, batches.position, parameters, state, metrics)

    @property
    def n_bytes(self) -> int:
        """Bytes of the arrays."""
        return self.parameters.nbytes + sum(array.nbytes for array in self.state.values())


class Timeline:
    """Frames at every `interval`-th step, after a first one; full means that every second one goes.

    most_bytes: what all frames may take, though two are always kept; 0 keeps none at all.
    words: why there is nothing before the first frame.
    """

    def __init__(self, interval: int = 1, *, most_bytes: int = MOST_BYTES, words: str = FIRST_MOMENT) -> None:
        self.interval, self.words = interval, words
        self.frames: list[Frame] = []
        self.n_bytes = 0
        """Bytes of all frames."""
        self.due = 0 if most_bytes else sys.maxsize
        """The next step of which a frame is wanted."""
        self._most_bytes = most_bytes

    def add(self, frame: Frame) -> None:
        """Keep a frame that is due; call it with growing steps."""
        is_full = len(self.frames) >= MOST_FRAMES or self.n_bytes + frame.n_bytes > self._most_bytes
        if is_full and len(self.frames) >= 2:
            self._halve()
        if not self.frames or frame.step % self.interval == 0:
            self.frames.append(frame)
            self.n_bytes += frame.n_bytes
        self._look_ahead(frame.step)

    def measured(self, step: int, metrics: Metrics) -> None:
        """Take over the metrics of the frame just added, if that was at this step."""
        if self.frames and self.frames[-1].step == step:
            self.frames[-1] = replace(self.frames[-1], metrics=metrics)

    def n_before(self, step: int) -> int:
        """Return how many frames are of an earlier step."""
        return bisect_left(self.frames, step, key=attrgetter("step"))

    def cut(self, step: int) -> None:
        """Let go of all frames after this step."""
        self._keep([frame for frame in self.frames if frame.step <= step])
        self._look_ahead(step)

    def load(self, frames: Sequence[Frame]) -> None:
        """Hold these frames instead, in the order of their steps; `cut` says where the run goes on."""
        self._keep(list(frames))

    def fits(self, parameters: Array) -> bool:
        """Return whether there are frames, and of networks with such parameters."""
        return bool(self.frames) and self.frames[0].parameters.shape == parameters.shape

    def _halve(self) -> None:
        """Keep every second frame and the first, until there is room."""
        self.interval *= 2
        first, *others = self.frames
        self._keep([first, *(frame for frame in others if frame.step % self.interval == 0)])

    def _keep(self, frames: list[Frame]) -> None:
        self.frames = frames
        self.n_bytes = sum(frame.n_bytes for frame in frames)

    def _look_ahead(self, step: int) -> None:
        if self._most_bytes:
            self.due = (step // self.interval + 1) * self.interval


def first_interval(n_parameters: int) -> int:
    """Return how many steps lie between two frames at first, for copying to cost little of a step."""
    return 1 if n_parameters < LARGE else LARGE_INTERVAL
