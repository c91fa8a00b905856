"""The batches of a stack: every run takes the rows that it would take alone, in one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_nn.engine import EngineError
from tui_nn.training.batches import Batches, Rows, Walk


class StackedBatches(Walk):
    """Walks of equal length in step; each order is drawn from the stream of its own run.

    starts: (n_networks, 1), added to the row numbers of each run.
    """

    def __init__(self, walks: Sequence[Batches], starts: Rows) -> None:
        first, states = walks[0], [walk.state() for walk in walks]
        if len({_place(walk) for walk in walks}) > 1:
            raise EngineError("The runs of a stack take batches of one size in step; these do not.")
        self._starts = starts
        super().__init__(
            first.n_samples,
            first.batch_size,
            shuffle=first.shuffle,
            remainder=first.remainder,
            draw=lambda: np.stack([walk.rng.permutation(walk.n_samples) for walk in walks]) + starts,
        )
        for walk, state in zip(walks, states, strict=True):
            walk.load(state)
        self._order = np.stack([state["order"] for state in states]) + starts
        self._carried = np.stack([state["carried"] for state in states]) + starts
        self._position, self.epoch = states[0]["position"], states[0]["epoch"]

    def write(self, position: int, walk: Batches) -> None:
        """Let one run's own walk be where the stack is; its stream is there already."""
        start = self._starts[position]
        walk.load(
            {
                "order": self._order[position] - start,
                "position": self._position,
                "carried": self._carried[position] - start,
                "epoch": self.epoch,
                "rng": walk.rng.bit_generator.state,
            }
        )


def _place(walk: Batches) -> tuple[object, ...]:
    """Return all that walks must share to be in step."""
    cut = (walk.n_samples, walk.batch_size, walk.shuffle, walk.remainder)
    return (*cut, walk.epoch, walk.position)
