"""Initializers: the first weights. Drawn in float64 from the generator given, so every dtype starts alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from tui_nn.engine.arrays import Array

Draw = Callable[["np.random.Generator", int, int, int, int], Array]
"""(rng, rows, columns, fan_in, fan_out) -> weights (rows, columns) in float64; the fans set the scale."""


@dataclass(frozen=True)
class Initializer:
    """A way to draw the first weights of a layer."""

    name: str
    draw: Draw
    formula: str
    help: str


def _normal(scale: Callable[[int, int], float]) -> Draw:
    def draw(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
        return rng.standard_normal((rows, columns)) * scale(fan_in, fan_out)

    return draw


def _uniform(
    limit: Callable[[int, int], float],
) -> Callable[[np.random.Generator, int, int, int, int], Array]:
    def draw(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
        return (2.0 * rng.random((rows, columns)) - 1.0) * limit(fan_in, fan_out)

    return draw


def _orthogonal(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
    # Q of a random square-ish matrix, its signs fixed by R so that every rotation is equally likely.
    longer, shorter = max(rows, columns), min(rows, columns)
    q, r = np.linalg.qr(rng.standard_normal((longer, shorter)))
    q *= np.sign(np.diag(r))
    return np.asarray(q if rows >= columns else q.T)


def _constant(value: float) -> Draw:
    def draw(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
        return np.full((rows, columns), value)

    return draw


_ALL = (
    Initializer(
        "xavier",
        _uniform(lambda fan_in, fan_out: sqrt(6.0 / (fan_in + fan_out))),
        "U[-r, r), r = √(6 / (fan_in + fan_out))",
        "Keeps variance steady across tanh layers; uniform (Glorot and Bengio 2010).",
    ),
    Initializer(
        "xavier_normal",
        _normal(lambda fan_in, fan_out: sqrt(2.0 / (fan_in + fan_out))),
        "N(0, s²), s = √(2 / (fan_in + fan_out))",
        "Xavier (Glorot) with a normal distribution.",
    ),
    Initializer(
        "he",
        _normal(lambda fan_in, fan_out: sqrt(2.0 / fan_in)),
        "N(0, s²), s = √(2 / fan_in)",
        "Keeps variance steady across ReLU layers; normal (He et al. 2015).",
    ),
    Initializer(
        "he_uniform",
        _uniform(lambda fan_in, fan_out: sqrt(6.0 / fan_in)),
        "U[-r, r), r = √(6 / fan_in)",
        "He with a uniform distribution.",
    ),
    Initializer(
        "lecun",
        _normal(lambda fan_in, fan_out: sqrt(1.0 / fan_in)),
        "N(0, s²), s = √(1 / fan_in)",
        "Preactivations start with variance 1; recommended for SELU (LeCun et al. 1998).",
    ),
    Initializer(
        "orthogonal",
        _orthogonal,
        "W Wᵀ = 1 or Wᵀ W = 1",
        "Random orthogonal matrix: preserves norms (Saxe et al. 2014).",
    ),
    Initializer(
        "random_normal",
        _normal(lambda fan_in, fan_out: 1.0),
        "N(0, 1)",
        "Standard normal, whatever the size of the layer.",
    ),
    Initializer(
        "uniform",
        _uniform(lambda fan_in, fan_out: 0.5),
        "U[-0.5, 0.5)",
        "The same narrow range for every layer, as in TensorFlow Playground.",
    ),
    Initializer(
        "constant",
        _constant(0.1),
        "w = 0.1",
        "All weights equal: the neurons of a layer stay identical (unbroken symmetry).",
    ),
    Initializer(
        "zeros",
        _constant(0.0),
        "w = 0",
        "All weights zero: shows why initial weights must be random.",
    ),
)

INITIALIZERS: dict[str, Initializer] = {initializer.name: initializer for initializer in _ALL}
