from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tui_nn.engine import OPTIMIZERS, Dense, Network
from tui_nn.engine.clipping import clip_by_norm, clip_by_value

VECTORS = arrays(np.float64, st.integers(1, 20), elements=st.floats(-1e6, 1e6))


@given(VECTORS, st.floats(1e-3, 1e3))
def test_clipping_by_norm_bounds_the_length_and_keeps_the_direction(g: np.ndarray, limit: float) -> None:
    before = g.copy()

    length = clip_by_norm(g, limit)

    assert length == pytest.approx(np.linalg.norm(before))
    assert np.linalg.norm(g) <= limit * (1 + 1e-12)
    np.testing.assert_allclose(g * max(length / limit, 1.0), before, rtol=1e-9, atol=1e-300)


@given(VECTORS, st.floats(1e-3, 1e3))
def test_clipping_by_value_touches_only_what_is_too_large(g: np.ndarray, limit: float) -> None:
    before = g.copy()

    clip_by_value(g, limit)

    assert np.abs(g).max() <= limit
    inside = np.abs(before) <= limit
    assert (g[inside] == before[inside]).all()


def test_huge_float32_gradients_keep_their_direction() -> None:
    g = np.array([3e30, -4e30], np.float32)

    clip_by_norm(g, 1.0)

    np.testing.assert_allclose(g, [0.6, -0.8], rtol=1e-6)


def test_a_clipped_step_is_as_long_as_the_limit_says() -> None:
    network = Network((2,), [Dense(1)], loss="mse", rng=np.random.default_rng(0), dtype="float64")
    source = network.prepare([[3.0, 4.0]], [[1000.0]])
    network.clip_norm = 0.5
    before = network.parameters.copy()

    network.train_step(source, np.arange(1), OPTIMIZERS["sgd"].create(3, "float64"), 0.1)

    assert np.linalg.norm(network.parameters - before) == pytest.approx(0.05)
