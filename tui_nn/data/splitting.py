"""Which rows train the network and which test it."""

from __future__ import annotations

import numpy as np

from tui_nn.data.dataset import ClassArray, Rng
from tui_nn.data.errors import DataError


def split(n: int, train_fraction: float, rng: Rng) -> tuple[ClassArray, ClassArray]:
    """Return shuffled row numbers (train_rows, test_rows) that together are 0 .. n - 1.

    round(n * train_fraction) rows train, at least one. Unless train_fraction or n is 1, one at least tests.
    Raises DataError for an empty set or a fraction outside 0 .. 1.
    """
    if n < 1:
        raise DataError("there are no samples to split")
    if not 0.0 < train_fraction <= 1.0:
        raise DataError(f"train_fraction must be above 0 and at most 1, not {train_fraction}")
    n_train = n if train_fraction == 1.0 else min(max(round(n * train_fraction), 1), max(n - 1, 1))
    rows = rng.permutation(n).astype(np.int64, copy=False)
    return rows[:n_train], rows[n_train:]
