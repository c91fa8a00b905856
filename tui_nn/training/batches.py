"""Which samples make the next step: the order of an epoch, the cut into batches, the remainder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import Config
from tui_nn.training.streams import BATCHES, stream

Rows = NDArray[np.intp]


class Walk:
    """An endless walk over the training samples, epoch after epoch.

    An order of them is (n_samples,), or (n_networks, n_samples) where networks walk in step; after the first,
    they come from `draw`.
    """

    def __init__(
        self, order: Rows, batch_size: int, *, shuffle: str, remainder: str, draw: Callable[[], Rows]
    ) -> None:
        self.n_samples = int(order.shape[-1])
        self.batch_size = min(batch_size, self.n_samples)
        self.shuffle, self.remainder = shuffle, remainder
        self.epoch = 0
        """Epochs completed."""
        self._draw = draw
        self._order = order
        self._position = 0
        self._carried: Rows = self._order[..., :0]

    @property
    def steps_per_epoch(self) -> int:
        """Steps of a whole epoch; a remainder that is used makes one of its own."""
        whole, rest = divmod(self.n_samples, self.batch_size)
        return whole + (1 if rest and self.remainder == "use" else 0)

    @property
    def samples_per_epoch(self) -> int:
        """Samples trained on in an epoch: all of them, unless a remainder is dropped."""
        dropped = self.n_samples % self.batch_size if self.remainder == "drop" else 0
        return self.n_samples - dropped

    @property
    def position(self) -> int:
        """Rows of the epoch that were taken."""
        return self._position

    def steps_until(self, epoch: int) -> int:
        """Return the steps until so many epochs are completed."""
        epochs = epoch - self.epoch
        if not 0 < self._position < self.n_samples:
            return epochs * self.steps_per_epoch
        short = 0 if self.remainder == "use" else self.batch_size - 1
        begun = -(-(self.n_samples - short - self._position) // self.batch_size)
        return max(1, begun) + (epochs - 1) * self.steps_per_epoch

    def take(self) -> Rows:
        """Return the rows of the next batch; at the end of an epoch `epoch` has grown by one."""
        if self._position >= self.n_samples:
            self._begin_epoch()
        stop = self._position + self.batch_size
        rows = self._order[..., self._position : stop]
        self._position = stop
        if self._carried.size:
            rows = np.concatenate([self._carried, rows], axis=-1)
            self._carried = self._order[..., :0]
        if stop + (0 if self.remainder == "use" else self.batch_size - 1) >= self.n_samples:
            self._end_epoch()
        return rows

    def _end_epoch(self) -> None:
        if self.remainder == "carry" and self._position < self.n_samples:
            self._carried = self._order[..., self._position :].copy()
        self._position = self.n_samples
        self.epoch += 1

    def _begin_epoch(self) -> None:
        if self.shuffle == "epoch":
            self._order = self._draw()
        self._position = 0


class Batches(Walk):
    """The walk of one run, in orders drawn from a random stream of its own."""

    def __init__(
        self, n_samples: int, batch_size: int, *, shuffle: str, remainder: str, rng: np.random.Generator
    ) -> None:
        self.rng = rng

        def draw() -> Rows:
            return rng.permutation(n_samples)

        super().__init__(draw(), batch_size, shuffle=shuffle, remainder=remainder, draw=draw)

    @classmethod
    def of(cls, config: Config, n_samples: int) -> Batches:
        """Return those that the settings ask for."""
        size, rng = config.batch_size or n_samples, stream(config, BATCHES)
        return cls(n_samples, size, shuffle=config.shuffle, remainder=config.remainder, rng=rng)

    def peek(self, state: dict[str, Any] | None = None) -> Rows:
        """Return the rows that `take` will return next, or would in another state, and change nothing."""
        kept = self.state()
        if state is not None:
            self.load(state)
        rows: Rows = self.take().copy()
        self.load(kept)
        return rows

    def change(self, batch_size: int, shuffle: str, remainder: str) -> None:
        """Go on from the same place with another cut; what was carried is not lost."""
        self.batch_size = min(batch_size, self.n_samples)
        self.shuffle, self.remainder = shuffle, remainder

    def state_at(self, epoch: int, position: int, rng: np.random.Generator) -> dict[str, Any]:
        """Return the state of a walk that stands at this place of an epoch, in an order drawn anew."""
        order = rng.permutation(self.n_samples)
        place = {"position": min(position, self.n_samples), "carried": order[:0], "epoch": epoch}
        return {"order": order, **place, "rng": rng.bit_generator.state}

    def state(self) -> dict[str, Any]:
        """Return all that decides the coming batches, as plain values."""
        return {
            "order": self._order.copy(),
            "position": self._position,
            "carried": self._carried.copy(),
            "epoch": self.epoch,
            "rng": self.rng.bit_generator.state,
        }

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state that `state` gave."""
        self._order, self._carried = state["order"].copy(), state["carried"].copy()
        self._position, self.epoch = state["position"], state["epoch"]
        self.rng.bit_generator.state = state["rng"]
