from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.engine import ACTIVATIONS

ELEMENTWISE = [name for name, activation in ACTIVATIONS.items() if activation.is_elementwise]

# One scalar formula each, by the math module: independent of the array formulas.
SCALAR = {
    "linear": lambda z: z,
    "step": lambda z: 1.0 if z > 0 else 0.0,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": lambda z: (math.exp(2 * z) - 1) / (math.exp(2 * z) + 1),
    "relu": lambda z: max(0.0, z),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.exp(z) - 1,
    "selu": lambda z: 1.0507009873554805 * (z if z > 0 else 1.6732632423543772 * (math.exp(z) - 1)),
    "gelu": lambda z: 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1 + math.exp(-z)),
    "softplus": lambda z: math.log(1 + math.exp(z)),
    "softsign": lambda z: z / (1 + abs(z)),
    "mish": lambda z: z * math.tanh(math.log(1 + math.exp(z))),
    "sine": math.sin,
    "gaussian": lambda z: math.exp(-(z**2)),
}
POINTS = np.array([-4.0, -2.5, -1.0, -0.3, -0.01, 0.02, 0.4, 1.0, 1.7, 3.0, 5.5])


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_value_is_the_formula(name: str) -> None:
    expected = [SCALAR[name](z) for z in POINTS]

    np.testing.assert_allclose(ACTIVATIONS[name](POINTS), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_slope_agrees_with_central_differences(name: str) -> None:
    h = 1e-5
    activation = ACTIVATIONS[name]
    numeric = (activation(POINTS + h) - activation(POINTS - h)) / (2 * h)

    np.testing.assert_allclose(activation.slope(POINTS), numeric, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_values_and_slopes_stay_finite_far_from_zero(name: str, dtype: str) -> None:
    z = np.array([[-1000.0, -50.0, 0.0, 50.0, 1000.0]], dtype)

    assert np.isfinite(ACTIVATIONS[name](z)).all()
    assert np.isfinite(ACTIVATIONS[name].slope(z)).all()


def test_softmax_of_huge_logits_is_finite_and_sums_to_one() -> None:
    logits = np.array([[1000.0, -1000.0, 0.0], [0.0, 1000.0, 0.0], [-1000.0, 1000.0, 0.0]])

    shares = ACTIVATIONS["softmax"](logits)

    np.testing.assert_allclose(shares, [[1, 0, 1 / 3], [0, 0.5, 1 / 3], [0, 0.5, 1 / 3]], atol=1e-15)


def test_every_activation_explains_itself() -> None:
    for name, activation in ACTIVATIONS.items():
        assert activation.name == name
        assert activation.formula.startswith("a")
        assert activation.help.endswith(".")


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_bounds_are_the_range_that_the_formula_fills(name: str) -> None:
    with np.errstate(over="ignore"):
        values = ACTIVATIONS[name](
            np.concatenate([-np.geomspace(1e6, 1e-6, 4001), np.geomspace(1e-6, 1e6, 4001)])
        )
    low, high = float(values.min()), float(values.max())
    has_both_ends = max(-low, high) < 2

    if has_both_ends:
        assert ACTIVATIONS[name].bounds == pytest.approx((low, high), abs=1e-5)
    else:
        assert ACTIVATIONS[name].bounds is None
