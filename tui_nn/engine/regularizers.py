"""Regularizers: what shrinks the weights towards zero, beside the gradient of the loss.

As in TensorFlow Playground the penalty is a step of its own after the optimizer's, taken with the slope at
the old weight, and not part of the loss shown: w <- w - r λ R'(w_old). Biases are never penalized.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.registry import look_up


@dataclass(frozen=True)
class Regularizer:
    """A penalty R(w) and its derivative R'(w) side by side; `l1_ratio` matters to the elastic net alone."""

    name: str
    value: Callable[[Array, float], Array]
    """value(w, l1_ratio) -> R for each weight."""
    derivative: Callable[[Array, float | Array], Array]
    """derivative(w, l1_ratio) -> R' for each weight; in a stack each network may have a ratio of its own."""
    formula: str
    derivative_formula: str
    help: str
    kills: bool = False
    """True where a weight that the penalty carries across zero stays zero for ever."""


_ALL = (
    Regularizer(
        "none",
        lambda w, ratio: 0.0 * w,
        lambda w, ratio: 0.0 * w,
        "R = 0",
        "R' = 0",
        "No regularization.",
    ),
    Regularizer(
        "l1",
        lambda w, ratio: np.abs(w),
        lambda w, ratio: np.sign(w),
        "R = |w|",
        "R' = sign(w)",
        "L1: shrinks all weights by the same amount; many become exactly zero.",
        kills=True,
    ),
    Regularizer(
        "l2",
        lambda w, ratio: 0.5 * w * w,
        lambda w, ratio: w,
        "R = ½ w²",
        "R' = w",
        "L2: shrinks weights in proportion to their size; few become exactly zero.",
    ),
    Regularizer(
        "elastic_net",
        lambda w, ratio: ratio * np.abs(w) + (1.0 - ratio) * 0.5 * w * w,
        lambda w, ratio: ratio * np.sign(w) + (1.0 - ratio) * w,
        "R = ρ |w| + (1 - ρ) ½ w²",
        "R' = ρ sign(w) + (1 - ρ) w",
        "Elastic net: L1 and L2 mixed by l1_ratio (Zou and Hastie 2005).",
        kills=True,
    ),
)

REGULARIZERS: dict[str, Regularizer] = {regularizer.name: regularizer for regularizer in _ALL}


@dataclass(frozen=True)
class Penalty:
    """A regularizer with its rate λ, as it is set on a network (live)."""

    name: str
    rate: float
    l1_ratio: float = 0.5

    def __post_init__(self) -> None:
        look_up("regularization", REGULARIZERS, self.name)
        if not (np.isfinite(self.rate) and self.rate >= 0.0):
            raise EngineError(f"regularization_rate is {self.rate}; allowed is 0 or more.")
        if not 0.0 <= self.l1_ratio <= 1.0:
            raise EngineError(f"l1_ratio is {self.l1_ratio}; allowed is 0 to 1.")

    def value(self, weights: Array) -> float:
        """Return λ times the sum of R over `weights`."""
        return self.rate * float(REGULARIZERS[self.name].value(weights, self.l1_ratio).sum(dtype=np.float64))
