"""The learning rates of a stack, step by step; a factor that runs share is computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tui_nn.engine.stacked import one_or_each
from tui_nn.settings.config import Config
from tui_nn.training.build import build_factor

_SCHEDULE = ("schedule", "epochs", "warmup_steps", "decay_steps", "decay_factor", "final_factor")


def stack_rates(configs: Sequence[Config]) -> Callable[[int], Any]:
    """Return the rates as a function of the step: one number for all, or (n_networks, 1)."""
    rates = one_or_each([config.learning_rate for config in configs])
    if all(config.schedule == "constant" for config in configs):
        return lambda step: rates
    keys = [tuple(getattr(config, name) for name in _SCHEDULE) for config in configs]
    distinct = list(dict.fromkeys(keys))
    factors = [build_factor(configs[keys.index(key)]) for key in distinct]
    if len(factors) == 1:
        return lambda step: rates * factors[0](step)
    whose = np.array([[distinct.index(key)] for key in keys])
    return lambda step: rates * np.array([factor(step) for factor in factors])[whose]
