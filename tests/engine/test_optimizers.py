from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, EngineError
from tui_nn.engine.optimizers import BLOCK


def path(name: str, gradients: list[float], learning_rate: float, **hyper: float) -> list[float]:
    """The values that one parameter takes, from 1."""
    optimizer = OPTIMIZERS[name].create(1, "float64", **hyper)
    p, values = np.ones(1), []
    g = np.zeros(1)
    for gradient in gradients:
        g[0] = gradient
        optimizer.update(p, g, learning_rate)
        values.append(float(p[0]))
    return values


def test_adam_follows_a_table_worked_by_hand() -> None:
    # g = 0.5, -1, 0.25 with the defaults 0.9, 0.999, 1e-8; m, v and the corrections worked out on paper.
    table = [
        # m, v, 1 - 0.9^t, 1 - 0.999^t
        (0.05, 0.00025, 0.1, 0.001),
        (-0.055, 0.00124975, 0.19, 0.001999),
        (-0.0245, 0.00131100025, 0.271, 0.002997001),
    ]
    expected, p = [], 1.0
    for m, v, correction1, correction2 in table:
        p -= 0.1 * (m / correction1) / (sqrt(v / correction2) + 1e-8)
        expected.append(p)

    np.testing.assert_allclose(path("adam", [0.5, -1.0, 0.25], 0.1), expected, rtol=1e-12)
    assert expected[0] == pytest.approx(0.9, abs=1e-8)  # the first step is r, whatever the gradient


def test_sgd_walks_against_the_gradient() -> None:
    assert path("sgd", [2.0, -1.0], 0.1) == pytest.approx([0.8, 0.9])


def test_momentum_adds_up_a_velocity() -> None:
    # v = 1, then 0.9 + 1 = 1.9, then 1.71 + 1 = 2.71
    assert path("momentum", [1.0, 1.0, 1.0], 0.1) == pytest.approx([0.9, 0.71, 0.439])


def test_nesterov_looks_one_step_ahead() -> None:
    # v = 1, 1.9; steps of 1 + 0.9 and 1 + 1.71
    assert path("nesterov", [1.0, 1.0], 0.1) == pytest.approx([0.81, 0.539])


def test_adagrad_slows_down_by_all_gradients_so_far() -> None:
    assert path("adagrad", [3.0, 4.0], 0.5) == pytest.approx([0.5, 0.1])  # 3/3, then 4/5


def test_rmsprop_divides_by_the_running_root_mean_square() -> None:
    # s = 0.01 * 4 = 0.04, root 0.2; then 0.0396 + 0.04, root sqrt(0.0796)
    assert path("rmsprop", [2.0, 2.0], 0.01) == pytest.approx([0.9, 0.9 - 0.02 / sqrt(0.0796)], rel=1e-6)


def test_adadelta_takes_its_step_size_from_its_own_steps() -> None:
    s1 = 0.1 * 4
    d1 = 2 * sqrt(1e-6 / (s1 + 1e-6))
    u1, s2 = 0.1 * d1 * d1, 0.9 * s1 + 0.1 * 4
    d2 = 2 * sqrt((u1 + 1e-6) / (s2 + 1e-6))

    assert path("adadelta", [2.0, 2.0], 1.0) == pytest.approx([1 - d1, 1 - d1 - d2], rel=1e-12)


def test_adamw_shrinks_the_parameter_before_the_step_of_adam() -> None:
    adam = path("adam", [0.5], 0.1)[0]

    shrunk = path("adamw", [0.5], 0.1, weight_decay=0.2)[0]

    assert shrunk == pytest.approx(adam - 0.1 * 0.2)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_descends_a_bowl(name: str) -> None:
    optimizer = OPTIMIZERS[name].create(3, "float64")
    p = np.array([2.0, -1.0, 0.5])
    before = float(p @ p)
    for _ in range(200):
        optimizer.update(p, 2 * p, 1.0 if name == "adadelta" else 0.02)

    assert float(p @ p) < before


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_long_vectors_are_updated_as_if_in_one_piece(name: str) -> None:
    n = 2 * BLOCK + 5
    rng = np.random.default_rng(3)
    g = rng.standard_normal(n)
    long, short = np.ones(n), np.ones(7)
    chosen = np.array([0, 1, BLOCK - 1, BLOCK, 2 * BLOCK, 2 * BLOCK + 3, n - 1])
    big, small = OPTIMIZERS[name].create(n, "float64"), OPTIMIZERS[name].create(7, "float64")
    g_short = g[chosen].copy()
    for _ in range(4):
        big.update(long, g, 0.1)
        small.update(short, g_short, 0.1)

    np.testing.assert_allclose(long[chosen], short, rtol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_saved_optimizer_goes_on_to_the_bit(name: str) -> None:
    first, second = OPTIMIZERS[name].create(4), OPTIMIZERS[name].create(4)
    rng = np.random.default_rng(0)
    p, g = rng.random(4, np.float32), rng.random(4, np.float32)
    for _ in range(5):
        first.update(p, g, 0.01)
    copy = p.copy()
    second.load(first.state.copy(), first.steps)

    first.update(p, g, 0.01)
    second.update(copy, g, 0.01)

    assert p.tobytes() == copy.tobytes()


def test_another_vector_may_follow_the_first() -> None:
    optimizer = OPTIMIZERS["sgd"].create(2, "float64")
    optimizer.update(np.ones(2), np.ones(2), 0.1)
    p = np.zeros(2)

    optimizer.update(p, np.ones(2), 0.1)

    assert p.tolist() == [-0.1, -0.1]


def test_hyperparameters_change_live() -> None:
    optimizer = OPTIMIZERS["momentum"].create(1, "float64")
    p, g = np.ones(1), np.ones(1)
    optimizer.update(p, g, 0.1)
    optimizer.hyperparameters["momentum"] = 0.0

    optimizer.update(p, g, 0.1)

    assert p[0] == pytest.approx(0.8)


@pytest.mark.parametrize("given", [{"momentum": 1.5}, {"momentum": float("nan")}, {"beta1": 0.9}])
def test_an_impossible_hyperparameter_is_refused_by_name(given: dict[str, float]) -> None:
    with pytest.raises(EngineError, match=next(iter(given))):
        OPTIMIZERS["momentum"].create(3, **given)


def test_a_state_of_another_shape_is_refused() -> None:
    with pytest.raises(EngineError, match="state"):
        OPTIMIZERS["adam"].create(3).load(np.zeros((1, 3)), 4)
