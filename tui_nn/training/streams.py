"""The four streams of random numbers, independent, so that changing one leaves the others as they were."""

from __future__ import annotations

import numpy as np

from tui_nn.config import Config

DATA, WEIGHTS, BATCHES, DROPOUT = range(4)


def stream(config: Config, which: int) -> np.random.Generator:
    """Return the generator of one stream; the data has its own seed, all others follow the weights' seed."""
    seed = config.data_seed if which == DATA else config.weights_seed
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(which,)))
