"""The samples of a stack, in one array to gather from; data that several networks share is there once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.source import Source


@dataclass(frozen=True, eq=False)
class StackedSource:
    """All samples behind one another, and where those of each network begin."""

    samples: Source
    starts: npt.NDArray[np.intp]
    """(n_networks, 1): add it to a network's row numbers to have those in `samples`."""


def stack_sources(sources: Sequence[Source]) -> StackedSource:
    """Return the samples of networks in order; the same Source may come several times."""
    distinct = list({id(source): source for source in sources}.values())
    stops = np.cumsum([0, *(source.n_samples for source in distinct)])
    start = {id(source): stop for source, stop in zip(distinct, stops, strict=False)}
    starts = np.array([[start[id(source)]] for source in sources], np.intp)
    if len(distinct) == 1:
        return StackedSource(distinct[0], starts)
    inputs = np.concatenate([source.inputs for source in distinct])
    targets = np.concatenate([source.targets for source in distinct], axis=1)
    return StackedSource(Source(inputs, targets), starts)
