"""Permutation importance: what a score loses when a column is shuffled (Breiman, 2001)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Score = Callable[[NDArray[Any]], float]
"""Samples (n, n_columns) -> accuracy or R²."""


def permutations(
    n_rows: int, n_columns: int, n_repeats: int, rng: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Draw orders of the rows, (n_repeats, n_rows), for one column after the other."""
    for _ in range(n_columns):
        yield rng.permuted(np.tile(np.arange(n_rows), (n_repeats, 1)), axis=1)


def importances(
    score: Score, raw: NDArray[Any], orders: Iterable[NDArray[np.int64]]
) -> Iterator[NDArray[np.float64]]:
    """Yield for each column what the score loses by each of its permutations, shape (n_repeats,).

    orders: for each column (n_repeats, n), the rows that its values are taken from.
    """
    before = score(raw)
    shuffled = raw.copy()
    for column, column_orders in enumerate(orders):
        losses = []
        for order in column_orders:
            shuffled[:, column] = raw[order, column]
            losses.append(before - score(shuffled))
        shuffled[:, column] = raw[:, column]
        yield np.array(losses)
