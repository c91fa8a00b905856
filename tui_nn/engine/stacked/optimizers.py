"""Optimizers of a stack: the same rules at work on all rows, each with numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.optimizers import Optimizer


def stack_optimizers(optimizers: Sequence[Optimizer]) -> Optimizer:
    """Return one optimizer for all, with what they remember. Raises EngineError where they are not alike."""
    first = optimizers[0]
    if any((o.kind.name, o.steps) != (first.kind.name, first.steps) for o in optimizers):
        raise EngineError("Only optimizers of one kind, after as many steps, can be stacked.")
    hyper = {
        name: one_or_each([o.hyperparameters[name] for o in optimizers]) for name in first.hyperparameters
    }
    shape = (len(optimizers), first.state.shape[1])
    stacked = Optimizer(first.kind, shape, first.state.dtype, hyper)
    stacked.load(np.stack([o.state for o in optimizers], axis=1), first.steps)
    return stacked


def one_or_each(values: Sequence[float]) -> Any:
    """Return the number that all share, or one for each network, (n_networks, 1): sharing is quicker."""
    if len(set(values)) == 1:
        return float(values[0])
    each: Array = np.array(values, np.float64)[:, None]
    return each
