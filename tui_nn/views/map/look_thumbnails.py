"""A few points of each data set, for pictures of what can be chosen."""

from __future__ import annotations

from functools import cache

import numpy as np

from tui_nn.data import Dataset
from tui_nn.settings.datasets import find_dataset

N_POINTS = 240


@cache
def sample_of(name: str) -> Dataset | None:
    """Return a small sample of a data set of the plane, always the same; None for other data."""
    kind = find_dataset(name)
    if not kind.plane:
        return None
    n_classes = min(3, kind.max_classes)
    return kind.generate(N_POINTS, 0.05, n_classes, np.random.default_rng(0))
