from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import INITIALIZERS, Dense, Network

# Variance of a weight for fan_in 300, fan_out 100, from the papers' formulas.
VARIANCE = {
    "zeros": 0.0,
    "constant": 0.0,
    "random_normal": 1.0,
    "uniform": 1 / 12,
    "xavier": 2 / 400,
    "xavier_normal": 2 / 400,
    "he": 2 / 300,
    "he_uniform": 2 / 300,
    "lecun": 1 / 300,
    "orthogonal": 1 / 300,
}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_weights_have_the_variance_of_the_formula(name: str) -> None:
    weights = INITIALIZERS[name].draw(np.random.default_rng(0), 300, 100, 300, 100)

    assert weights.shape == (300, 100)
    assert weights.var() == pytest.approx(VARIANCE[name], rel=0.03)


@pytest.mark.parametrize("name", ["uniform", "xavier", "he_uniform"])
def test_uniform_weights_stay_within_their_range(name: str) -> None:
    weights = INITIALIZERS[name].draw(np.random.default_rng(0), 300, 100, 300, 100)

    assert np.abs(weights).max() <= np.sqrt(3 * VARIANCE[name])


@pytest.mark.parametrize(("rows", "columns"), [(6, 4), (4, 6), (5, 5)])
def test_orthogonal_weights_are_orthonormal_along_their_shorter_side(rows: int, columns: int) -> None:
    w = INITIALIZERS["orthogonal"].draw(np.random.default_rng(0), rows, columns, rows, columns)
    gram = w.T @ w if rows >= columns else w @ w.T

    np.testing.assert_allclose(gram, np.eye(min(rows, columns)), atol=1e-12)


def test_both_dtypes_start_alike() -> None:
    narrow, wide = (
        Network((2,), [Dense(5), Dense(1)], loss="mse", rng=np.random.default_rng(4), dtype=dtype)
        for dtype in ("float32", "float64")
    )

    np.testing.assert_array_equal(narrow.parameters, wide.parameters.astype(np.float32))


def test_biases_start_where_they_are_told() -> None:
    network = Network((2,), [Dense(5), Dense(1)], loss="mse", rng=np.random.default_rng(4), bias_init=0.1)

    assert (network.parameters[~network.weight_mask] == np.float32(0.1)).all()
