"""Activations: what a neuron makes of its preactivation z, a = f(z), and beside it the slope f'(z) = da/dz.

Both are plain formulas of NumPy calls (tape.py). The slope is given z and a and uses whichever makes it
shorter. Arrays are (units, n_samples): a column is a sample.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui_nn.engine.arrays import Array


@dataclass(frozen=True)
class Activation:
    """An activation: value and derivative side by side, and what the menus say about it."""

    name: str
    value: Callable[[Array], Array]
    """z -> f(z)."""
    derivative: Callable[[Array, Array], Array]
    """(z, a) -> f'(z), where a = f(z)."""
    formula: str
    derivative_formula: str
    help: str
    kinks: tuple[float, ...] = ()
    """Values of z at which a derivative jumps; gradient checks stay away from them."""
    bounds: tuple[float, float] | None = None
    """The range of f that it fills or comes as near as one likes to; None where it has no end."""
    is_elementwise: bool = True
    """False where a unit's output depends on the other units too (softmax): output layers only."""
    is_trainable: bool = True
    """False where the slope is zero everywhere, so that nothing below it learns."""

    def __call__(self, z: Array) -> Array:
        """Return f(z) as a fresh array."""
        return np.array(self.value(z), z.dtype)

    def slope(self, z: Array) -> Array:
        """Return f'(z) as a fresh array."""
        return np.array(self.derivative(z, self(z)), z.dtype)


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), in a form that cannot overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def softmax(z: Array) -> Array:
    """Return exp(z_i) / sum_j exp(z_j) for each column; taking the largest off first keeps exp in range."""
    e = np.exp(z - z.max(axis=0))
    shares: Array = e / e.sum(axis=0)
    return shares


_GELU = math.sqrt(2.0 / math.pi)


def _gelu_tanh(z: Array) -> Array:
    return np.tanh(_GELU * (z + 0.044715 * z * z * z))


def _gelu_slope(z: Array, a: Array) -> Array:
    t = _gelu_tanh(z)
    return 0.5 + 0.5 * t + 0.5 * z * (1.0 - t * t) * (_GELU + 3.0 * 0.044715 * _GELU * z * z)


def _silu_slope(z: Array, a: Array) -> Array:
    s = sigmoid(z)
    return s + a * (1.0 - s)


def _mish_slope(z: Array, a: Array) -> Array:
    t = np.tanh(np.logaddexp(0.0, z))
    return t + z * (1.0 - t * t) * sigmoid(z)


_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772

_ALL = (
    Activation(
        "linear",
        value=lambda z: z,
        derivative=lambda z, a: 0.0 * z + 1.0,
        formula="a = z",
        derivative_formula="f'(z) = 1",
        help="Identity: for regression outputs; without nonlinearity, depth adds nothing.",
    ),
    Activation(
        "step",
        value=lambda z: z > 0.0,
        derivative=lambda z, a: 0.0 * z,
        formula="a = 1 if z > 0 else 0",
        derivative_formula="f'(z) = 0",
        help="Heaviside step (perceptron): zero gradient, so layers below cannot learn.",
        kinks=(0.0,),
        bounds=(0.0, 1.0),
        is_trainable=False,
    ),
    Activation(
        "sigmoid",
        value=sigmoid,
        derivative=lambda z, a: a * (1.0 - a),
        formula="a = 1 / (1 + exp(-z))",
        derivative_formula="f'(z) = a (1 - a)",
        help="Maps any number into (0, 1), readable as a probability; saturates at both ends.",
        bounds=(0.0, 1.0),
    ),
    Activation(
        "tanh",
        value=lambda z: np.tanh(z),
        derivative=lambda z, a: 1.0 - a * a,
        formula="a = tanh(z)",
        derivative_formula="f'(z) = 1 - a²",
        help="Maps any number into (-1, 1), centered at zero; saturates at both ends.",
        bounds=(-1.0, 1.0),
    ),
    Activation(
        "relu",
        value=lambda z: np.maximum(z, 0.0),
        derivative=lambda z, a: z > 0.0,
        formula="a = max(0, z)",
        derivative_formula="f'(z) = 1 if z > 0 else 0",
        help="Rectified linear unit: passes positive values, outputs 0 otherwise.",
        kinks=(0.0,),
    ),
    Activation(
        "leaky_relu",
        value=lambda z: np.maximum(z, 0.01 * z),
        derivative=lambda z, a: 0.01 + 0.99 * (z > 0.0),
        formula="a = z if z > 0 else 0.01 z",
        derivative_formula="f'(z) = 1 if z > 0 else 0.01",
        help="ReLU with a small slope for negative values, so that neurons cannot die.",
        kinks=(0.0,),
    ),
    Activation(
        "elu",
        value=lambda z: np.maximum(z, 0.0) + np.expm1(np.minimum(z, 0.0)),
        derivative=lambda z, a: np.exp(np.minimum(z, 0.0)),
        formula="a = z if z > 0 else exp(z) - 1",
        derivative_formula="f'(z) = 1 if z > 0 else exp(z)",
        help="ReLU with a smooth negative part that levels off at -1 (Clevert et al. 2016).",
        kinks=(0.0,),
    ),
    Activation(
        "selu",
        value=lambda z: (
            _SELU_SCALE * np.maximum(z, 0.0) + _SELU_SCALE * _SELU_ALPHA * np.expm1(np.minimum(z, 0.0))
        ),
        derivative=lambda z, a: (
            _SELU_SCALE * (z > 0.0) + _SELU_SCALE * _SELU_ALPHA * np.exp(np.minimum(z, 0.0)) * (z <= 0.0)
        ),
        formula="a = 1.0507 z if z > 0 else 1.7581 (exp(z) - 1)",
        derivative_formula="f'(z) = 1.0507 if z > 0 else 1.7581 exp(z)",
        help="Scaled ELU: keeps mean 0, variance 1 across layers (Klambauer et al. 2017).",
        kinks=(0.0,),
    ),
    Activation(
        "gelu",
        value=lambda z: 0.5 * z * (1.0 + _gelu_tanh(z)),
        derivative=_gelu_slope,
        formula="a = ½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))",
        derivative_formula="f'(z) = ½ (1 + t) + ½ z (1 - t²) √(2/π) (1 + 0.134145 z²), t the tanh",
        help="Smooth ReLU used in GPT; tanh approximation (Hendrycks and Gimpel 2016).",
    ),
    Activation(
        "silu",
        value=lambda z: z * sigmoid(z),
        derivative=_silu_slope,
        formula="a = z sigmoid(z)",
        derivative_formula="f'(z) = s + a (1 - s), s = sigmoid(z)",
        help="z times sigmoid(z), a smooth ReLU; also called swish (Ramachandran et al. 2017).",
    ),
    Activation(
        "softplus",
        value=lambda z: np.logaddexp(0.0, z),
        derivative=lambda z, a: sigmoid(z),
        formula="a = log(1 + exp(z))",
        derivative_formula="f'(z) = sigmoid(z)",
        help="Smooth approximation of ReLU, always positive.",
    ),
    Activation(
        "softsign",
        value=lambda z: z / (1.0 + np.abs(z)),
        derivative=lambda z, a: np.square(1.0 - np.abs(a)),
        formula="a = z / (1 + |z|)",
        derivative_formula="f'(z) = 1 / (1 + |z|)² = (1 - |a|)²",
        help="Like tanh, but approaches its limits more slowly.",
        bounds=(-1.0, 1.0),
    ),
    Activation(
        "mish",
        value=lambda z: z * np.tanh(np.logaddexp(0.0, z)),
        derivative=_mish_slope,
        formula="a = z tanh(log(1 + exp(z)))",
        derivative_formula="f'(z) = t + z (1 - t²) sigmoid(z), t the tanh",
        help="Smooth, non-monotonic ReLU, similar to silu (Misra 2019).",
    ),
    Activation(
        "sine",
        value=lambda z: np.sin(z),
        derivative=lambda z, a: np.cos(z),
        formula="a = sin(z)",
        derivative_formula="f'(z) = cos(z)",
        help="Periodic: suits repeating patterns, but is hard to train.",
        bounds=(-1.0, 1.0),
    ),
    Activation(
        "gaussian",
        value=lambda z: np.exp(-z * z),
        derivative=lambda z, a: -2.0 * z * a,
        formula="a = exp(-z²)",
        derivative_formula="f'(z) = -2 z a",
        help="Bell curve: a neuron responds only where its weighted sum is near zero.",
        bounds=(0.0, 1.0),
    ),
    Activation(
        "softmax",
        value=softmax,
        derivative=lambda z, a: a * (1.0 - a),
        formula="a_i = exp(z_i) / sum_j exp(z_j)",
        derivative_formula="da_i/dz_i = a_i (1 - a_i), da_i/dz_j = -a_i a_j",
        help="Turns the outputs into probabilities that sum to 1; for the last layer.",
        bounds=(0.0, 1.0),
        is_elementwise=False,
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _ALL}
