"""Plain values out of a file that anybody may have written: each checked to be what it should.

All raise ValueError, or what NumPy raises, on anything else.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def words(values: Any) -> tuple[str, ...]:
    """Return a list of names, with whatever is in them: they are made visible where they are shown."""
    if not isinstance(values, list) or not all(isinstance(word, str) for word in values):
        raise ValueError("these are no names")
    return tuple(values)


def count(value: Any, least: int = 0, most: float = math.inf) -> int:
    """Return a whole number within bounds."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError("this is no count")
    return value


def seconds(value: Any) -> float:
    """Return a span of time."""
    if not isinstance(value, (int, float)) or not 0 <= value < math.inf:
        raise ValueError("this is no time")
    return float(value)


def rows(values: NDArray[Any]) -> NDArray[np.intp]:
    """Return row numbers (n,)."""
    if values.dtype.kind != "i" or values.ndim != 1:
        raise ValueError("these are no rows")
    return values.astype(np.intp)


def generator(state: Any) -> dict[str, Any]:
    """Return the state of a random generator, as the generator itself reads it."""
    generator = np.random.PCG64(0)
    generator.state = state
    return dict(generator.state)
