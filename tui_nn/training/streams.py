"""The four streams of random numbers, independent, so that changing one leaves the others as they were."""

from __future__ import annotations

import numpy as np

from tui_nn.settings.config import Config

DATA, WEIGHTS, BATCHES, DROPOUT = range(4)


def stream(config: Config, which: int, branch_step: int | None = None) -> np.random.Generator:
    """Return the generator of one stream; the data has its own seed, all others follow the weights' seed.

    branch_step: where a run that was rewound goes on; its numbers depend on that step alone.
    """
    seed = config.data_seed if which == DATA else config.weights_seed
    key = (which,) if branch_step is None else (which, branch_step)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
