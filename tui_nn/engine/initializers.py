"""Initializers: the first weights. Drawn in float64 from the generator given, so every dtype starts alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui_nn.engine.arrays import Array


@dataclass(frozen=True)
class Initializer:
    """A way to draw the first weights of a layer."""

    name: str
    draw: Callable[[np.random.Generator, int, int, int, int], Array]
    """draw(rng, rows, columns, fan_in, fan_out) -> (rows, columns) float64; the fans set the scale."""
    formula: str
    help: str


def _normal(scale: Callable[[int, int], float]) -> Callable[[np.random.Generator, int, int, int, int], Array]:
    def draw(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
        return rng.standard_normal((rows, columns)) * scale(fan_in, fan_out)

    return draw


def _uniform(
    limit: Callable[[int, int], float],
) -> Callable[[np.random.Generator, int, int, int, int], Array]:
    def draw(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
        return (2.0 * rng.random((rows, columns)) - 1.0) * limit(fan_in, fan_out)

    return draw


def _constant(value: float) -> Callable[[np.random.Generator, int, int, int, int], Array]:
    def draw(rng: np.random.Generator, rows: int, columns: int, fan_in: int, fan_out: int) -> Array:
        return np.full((rows, columns), value)

    return draw


_ALL = (
    Initializer(
        "xavier",
        _uniform(lambda fan_in, fan_out: float(np.sqrt(6.0 / (fan_in + fan_out)))),
        "U[-r, r), r = sqrt(6 / (fan_in + fan_out))",
        "Keeps the size of signals and gradients even through tanh layers (Glorot and Bengio 2010, uniform).",
    ),
    Initializer(
        "he",
        _normal(lambda fan_in, fan_out: float(np.sqrt(2.0 / fan_in))),
        "N(0, s²), s = sqrt(2 / fan_in)",
        "Keeps the size of signals even through ReLU layers (He and others 2015, normal).",
    ),
    Initializer(
        "random_normal",
        _normal(lambda fan_in, fan_out: 1.0),
        "N(0, 1)",
        "Standard normal whatever the layer.",
    ),
    Initializer(
        "uniform",
        _uniform(lambda fan_in, fan_out: 0.5),
        "U[-0.5, 0.5)",
        "The same narrow range for every layer, as TensorFlow Playground starts.",
    ),
    Initializer(
        "zeros",
        _constant(0.0),
        "w = 0",
        "All neurons of a layer stay alike for ever: shows why weights must differ at the start.",
    ),
)

INITIALIZERS: dict[str, Initializer] = {initializer.name: initializer for initializer in _ALL}
