"""The curves of a run in bounded memory: sampled by step number, and halved when full."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tui_nn.training.snapshot import Curves, Metrics


class History:
    """Records the metrics at every `interval`-th step; at `capacity` every second record goes."""

    def __init__(self, interval: int = 1, capacity: int = 800) -> None:
        self.interval, self.capacity = interval, capacity
        self._records: list[tuple[float, ...]] = []
        self._other: list[tuple[float, ...]] = []

    def is_due(self, step: int) -> bool:
        """Whether this step is to be recorded."""
        return step % self.interval == 0

    def record(self, step: int, metrics: Metrics) -> None:
        """Keep the metrics of a step; call it with growing step numbers."""
        self._records.append(_row(step, metrics))
        if len(self._records) >= self.capacity:
            self.interval *= 2
            self._records = [r for r in self._records if r[0] % self.interval == 0]

    def widen(self, interval: int) -> None:
        """Record every `interval`-th step at most from now on; what is recorded stays until it is halved."""
        while self.interval < interval:
            self.interval *= 2

    def __len__(self) -> int:
        return len(self._records)

    def curves(self, step: int | None = None, metrics: Metrics | None = None) -> Curves:
        """Return what was recorded, as arrays; given the present metrics and their step, they end there."""
        records = self._records
        if step is not None and metrics is not None:
            records = [*(record for record in records if record[0] < step), _row(step, metrics)]
        return _curves(records, _curves(self._other) if self._other else None)

    def state(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {"interval": self.interval, "records": list(self._records), "other": list(self._other)}

    def state_at(self, step: int) -> dict[str, Any]:
        """Return the state of curves that end at this step; how they went on is kept beside them."""
        records = [record for record in self._records if record[0] <= step]
        later = [record for record in self._records if record[0] > step]
        other = [*records[-1:], *later] if later else list(self._other)
        return {"interval": self.interval, "records": records, "other": other}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state that `state` or `state_at` gave."""
        self.interval, self._records = state["interval"], list(state["records"])
        self._other = list(state.get("other", ()))


def _row(step: int, metrics: Metrics) -> tuple[float, ...]:
    """Return one record; NaN where something is not defined."""
    scores = (metrics.train_accuracy, metrics.test_accuracy)
    if metrics.train_r2 is not None:
        scores = (metrics.train_r2, metrics.test_r2)
    values = (metrics.train_loss, metrics.test_loss, *scores)
    return (step, *(math.nan if value is None else value for value in values))


def _curves(records: list[tuple[float, ...]], other: Curves | None = None) -> Curves:
    table = np.array(records, dtype=np.float64).reshape(-1, 5)
    train_loss, test_loss, train_score, test_score = (table[:, column].copy() for column in range(1, 5))
    return Curves(table[:, 0].astype(np.int64), train_loss, test_loss, train_score, test_score, other)
