"""Which samples a network was trained on: a test set that holds one of them is no longer unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tui_nn.training.problem import Problem

Keys = NDArray[np.uint64]
NONE: Keys = np.empty(0, np.uint64)
SEEN_WORDS = "Some test samples were trained on before: the test set counts as seen until a reset (r, R)."
_CHUNK = 4096
"""Rows at a time, so that buffers stay small."""


class TrainedRows:
    """Remembers the samples of data that others have taken the place of since the last reset."""

    def __init__(self, keys: Keys = NONE, problem: Problem | None = None) -> None:
        """Begin with those of a checkpoint, trained on now with the data of `problem`."""
        self.keys = keys
        self.is_test_seen = problem is not None and is_any_known(problem.test.raw, keys)
        """Whether the weights were trained on a sample of the test set."""
        self._step = 0 if problem is None else -1

    def change_data(self, before: Problem, after: Problem, step: int) -> None:
        """Remember what was trained on when other samples come, and whether they are tested on now."""
        if after.train.raw is before.train.raw:
            return
        if step != self._step:
            self.keys = np.union1d(self.keys, row_keys(before.train.raw))
        self._step = step
        self.is_test_seen = is_any_known(after.test.raw, self.keys)


def row_keys(raw: NDArray[Any]) -> Keys:
    """Return a number for each sample of `raw` (n, ...): equal for equal samples, else hardly ever."""
    rows = np.ascontiguousarray(raw).reshape(len(raw), -1).view(np.uint8)
    n_words = -(-rows.shape[1] // 8)
    factors = np.random.default_rng(0).integers(1, 2**64, n_words, np.uint64, endpoint=False) | np.uint64(1)
    keys = np.empty(len(rows), np.uint64)
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        words = np.zeros((len(part), n_words * 8), np.uint8)
        words[:, : part.shape[1]] = part
        mixed = words.view(np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(29))) * factors
        keys[start : start + _CHUNK] = (mixed ^ (mixed >> np.uint64(32))).sum(axis=1)
    return keys


def is_any_known(raw: NDArray[Any], known: Keys) -> bool:
    """Return whether a sample of `raw` is among those of these keys."""
    return bool(known.size and len(raw) and np.isin(row_keys(raw), known).any())
