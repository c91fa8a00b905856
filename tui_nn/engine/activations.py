"""Activations: what a neuron makes of its preactivation z, a = f(z), and the slope f'(z) = da/dz.

Both write into `out`, an array like z, so that a step of training allocates nothing. The slope is given z
and a, and uses whichever makes it shorter. Arrays are (units, n_samples): a column is a sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui_nn.engine.arrays import Array


@dataclass(frozen=True)
class Activation:
    """An activation: its value and its derivative side by side, and what the menus say about it."""

    name: str
    value: Callable[[Array, Array], object]
    """value(z, out): out = f(z)."""
    derivative: Callable[[Array, Array, Array], object]
    """derivative(z, a, out): out = f'(z), where a = f(z)."""
    formula: str
    derivative_formula: str
    help: str
    kinks: tuple[float, ...] = ()
    """Values of z at which the slope jumps; gradient checks stay away from them."""
    is_elementwise: bool = True
    """False where one unit's output depends on the other units too (softmax): output layers only."""

    def __call__(self, z: Array) -> Array:
        """Return f(z) as a fresh array."""
        out = np.empty_like(z)
        self.value(z, out)
        return out

    def slope(self, z: Array) -> Array:
        """Return f'(z) as a fresh array."""
        out = np.empty_like(z)
        self.derivative(z, self(z), out)
        return out


def _linear(z: Array, out: Array) -> None:
    np.copyto(out, z)


def _linear_slope(z: Array, a: Array, out: Array) -> None:
    out.fill(1.0)


def _sigmoid(z: Array, out: Array) -> None:
    # 1 / (1 + exp(-z)) = (1 + tanh(z / 2)) / 2, which cannot overflow.
    np.multiply(z, 0.5, out)
    np.tanh(out, out)
    np.add(out, 1.0, out)
    np.multiply(out, 0.5, out)


def _sigmoid_slope(z: Array, a: Array, out: Array) -> None:
    np.subtract(1.0, a, out)
    np.multiply(out, a, out)


def _tanh_slope(z: Array, a: Array, out: Array) -> None:
    np.multiply(a, a, out)
    np.subtract(1.0, out, out)


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0.0, out)


def _relu_slope(z: Array, a: Array, out: Array) -> None:
    np.greater(z, 0.0, out)


def _softmax(z: Array, out: Array) -> None:
    # Subtracting the largest logit changes nothing and keeps exp in range.
    np.subtract(z, z.max(axis=0), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=0), out)


def _softmax_slope(z: Array, a: Array, out: Array) -> None:
    np.subtract(1.0, a, out)
    np.multiply(out, a, out)


_ALL = (
    Activation(
        "linear", _linear, _linear_slope, "a = z", "f'(z) = 1", "Passes the sum on unchanged; for regression."
    ),
    Activation(
        "sigmoid",
        _sigmoid,
        _sigmoid_slope,
        "a = 1 / (1 + exp(-z))",
        "f'(z) = a (1 - a)",
        "Squeezes any number into 0 to 1, so that it reads as a probability.",
    ),
    Activation(
        "tanh",
        np.tanh,
        _tanh_slope,
        "a = tanh(z)",
        "f'(z) = 1 - a²",
        "Squeezes any number into -1 to 1, symmetric about zero.",
    ),
    Activation(
        "relu",
        _relu,
        _relu_slope,
        "a = max(0, z)",
        "f'(z) = 1 if z > 0 else 0",
        "Lets positive sums through and silences the rest.",
        kinks=(0.0,),
    ),
    Activation(
        "softmax",
        _softmax,
        _softmax_slope,
        "a_i = exp(z_i) / sum_j exp(z_j)",
        "da_i/dz_j = a_i (1[i = j] - a_j)",
        "Turns the outputs into probabilities that sum to one; for the last layer.",
        is_elementwise=False,
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _ALL}
