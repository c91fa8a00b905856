"""The batches of a stack: every run takes the rows that it would take alone, in one array."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from tui_nn.engine import EngineError
from tui_nn.training.batches import Batches, Rows, Walk


class StackedBatches(Walk):
    """Walks of equal length in step; each order is drawn as its own run would draw it.

    Runs with the same seed draw the same: it is drawn once. The walks given are left as they are.
    starts: (n_networks, 1), added to the row numbers of each run. Raises EngineError where walks are not in
    step.
    """

    def __init__(self, walks: Sequence[Batches], starts: Rows) -> None:
        first, states = walks[0], [walk.state() for walk in walks]
        if len({_place(walk, state) for walk, state in zip(walks, states, strict=True)}) > 1:
            raise EngineError("The runs of a stack take batches of one size in step; these do not.")
        self._starts = starts
        streams = [repr(state["rng"]) for state in states]
        self._drawn_by = [streams.index(own) for own in streams]
        """The run whose order each takes over: itself, or the first with the same stream."""
        self._rngs = {i: deepcopy(walks[i].rng) for i in dict.fromkeys(self._drawn_by)}
        self._sorted = np.arange(first.n_samples) + starts
        self._orders = np.stack([state["order"] for state in states]) + starts
        super().__init__(
            self._orders,
            first.batch_size,
            shuffle=first.shuffle,
            remainder=first.remainder,
            draw=self._draw_all,
        )
        self._carried = np.stack([state["carried"] for state in states]) + starts
        self._position, self.epoch = first.position, first.epoch

    def _draw_all(self) -> Rows:
        """Draw all orders anew, in place: a shuffle draws what a permutation does, and is quicker."""
        np.copyto(self._orders, self._sorted)
        for run, rng in self._rngs.items():
            rng.shuffle(self._orders[run])
        for run, other in enumerate(self._drawn_by):
            if run != other:
                np.add(self._orders[other], self._starts[run] - self._starts[other], self._orders[run])
        return self._orders

    def write(self, position: int, walk: Batches) -> None:
        """Let one run's own walk be where the stack is."""
        start = self._starts[position]
        walk.load(
            {
                "order": self._order[position] - start,
                "position": self._position,
                "carried": self._carried[position] - start,
                "epoch": self.epoch,
                "rng": self._rngs[self._drawn_by[position]].bit_generator.state,
            }
        )


def _place(walk: Batches, state: dict[str, Any]) -> tuple[object, ...]:
    """Return all that walks must share to be in step."""
    cut = (walk.n_samples, walk.batch_size, walk.shuffle, walk.remainder)
    return (*cut, walk.epoch, walk.position, len(state["carried"]))
