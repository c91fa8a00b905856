"""What every layer computes for some inputs, and the chunks in which many inputs go through a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array

CHUNK_VALUES = 1 << 20
"""A chunk holds at most about this many values in its widest layer, and CHUNK_ROWS samples."""
CHUNK_ROWS = 1024


@dataclass(frozen=True, eq=False)
class Trace:
    """What every layer computed for some inputs, in order; arrays (n, units)."""

    preactivations: tuple[Array, ...]
    activations: tuple[Array, ...]


def new_trace(n: int, layer_units: Sequence[int], dtype: npt.DTypeLike) -> Trace:
    """Return room for what layers of so many units compute for `n` samples."""
    z, a = (tuple(np.empty((n, units), dtype) for units in layer_units) for _ in "za")
    return Trace(z, a)


def chunks(n: int, widest: int) -> Iterator[slice]:
    """Yield `n` rows in parts that are small enough for layers of up to `widest` units."""
    size = max(1, min(CHUNK_ROWS, CHUNK_VALUES // widest))
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))
