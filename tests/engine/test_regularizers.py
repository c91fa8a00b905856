from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, REGULARIZERS, Dense, EngineError, Network, Penalty

WEIGHTS = np.array([-2.0, -0.3, 0.4, 1.5])


def one_weight(weight: float, target: float, penalty: Penalty | None) -> tuple[Network, object, object]:
    """o = w x with x = 1, so that dL/dw = w - t with half the squared error."""
    network = Network(
        (1,), [Dense(1, "linear")], loss="half_mse", rng=np.random.default_rng(0), dtype="float64"
    )
    network.parameters[:] = [weight, 0.0]
    network.penalty = penalty
    return network, network.prepare([[1.0]], [[target]]), OPTIMIZERS["sgd"].create(2, "float64")


@pytest.mark.parametrize("name", REGULARIZERS)
def test_derivative_agrees_with_central_differences(
    name: str, numerical_gradient: Callable[..., np.ndarray]
) -> None:
    regularizer = REGULARIZERS[name]
    numeric = numerical_gradient(lambda w: float(regularizer.value(w, 0.3).sum()), WEIGHTS)

    np.testing.assert_allclose(regularizer.derivative(WEIGHTS, 0.3), numeric, rtol=1e-6, atol=1e-9)


def test_the_pull_is_taken_at_the_weight_before_the_gradient_step() -> None:
    network, source, optimizer = one_weight(2.0, 1.0, Penalty("l2", 0.5))

    network.train_step(source, np.arange(1), optimizer, 0.1)

    assert network.parameters[0] == pytest.approx(2.0 - 0.1 * (2.0 - 1.0) - 0.1 * 0.5 * 2.0)


def test_biases_are_not_pulled() -> None:
    network, source, optimizer = one_weight(0.0, 3.0, Penalty("l2", 0.5))
    network.parameters[:] = [0.0, 3.0]

    network.train_step(source, np.arange(1), optimizer, 0.1)

    assert network.parameters[1] == 3.0


def test_l1_kills_a_link_whose_sign_would_flip_and_it_stays_dead() -> None:
    network, source, optimizer = one_weight(0.01, 0.01, Penalty("l1", 1.0))

    network.train_step(source, np.arange(1), optimizer, 0.1)
    assert network.parameters[0] == 0.0
    assert network.constraints.alive is not None
    assert not network.constraints.alive[0]

    network.penalty = None
    network.train_step(source, np.arange(1), optimizer, 0.1)
    assert network.parameters[0] == 0.0


def test_a_weight_of_zero_is_not_killed() -> None:
    network, source, optimizer = one_weight(0.0, 1.0, Penalty("l1", 1.0))

    network.train_step(source, np.arange(1), optimizer, 0.1)

    assert network.constraints.alive is None
    assert network.parameters[0] == pytest.approx(0.1)


def test_revived_links_learn_again() -> None:
    network, source, optimizer = one_weight(0.01, 0.01, Penalty("l1", 1.0))
    network.train_step(source, np.arange(1), optimizer, 0.1)
    network.penalty = None

    network.constraints.revive()
    network.train_step(source, np.arange(1), optimizer, 0.1)

    assert network.parameters[0] != 0.0


def test_elastic_net_lies_between_its_two_ends() -> None:
    l1, l2 = REGULARIZERS["l1"].value(WEIGHTS, 0.0), REGULARIZERS["l2"].value(WEIGHTS, 0.0)

    np.testing.assert_allclose(REGULARIZERS["elastic_net"].value(WEIGHTS, 0.25), 0.25 * l1 + 0.75 * l2)


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_an_impossible_rate_is_refused(rate: float) -> None:
    with pytest.raises(EngineError, match="regularization_rate"):
        Penalty("l2", rate)


def test_the_penalty_is_the_rate_times_the_sum_over_the_weights() -> None:
    assert Penalty("l1", 0.5).value(WEIGHTS) == pytest.approx(0.5 * (2.0 + 0.3 + 0.4 + 1.5))
