from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, BatchNorm, Dense, Network, carry_state, transplant


def network(
    n_inputs: int, *hidden: int, seed: int = 0, activation: str = "tanh", **changes: object
) -> Network:
    layers = [*(Dense(units, activation) for units in hidden), Dense(1, "sigmoid")]
    settings: dict = {"loss": "binary_cross_entropy", "rng": np.random.default_rng(seed), **changes}
    return Network((n_inputs,), layers, **settings)


def test_the_same_shape_keeps_every_parameter_and_the_optimizer() -> None:
    old, new = network(2, 4, 3), network(2, 4, 3, seed=1, activation="relu")
    old_adam, new_adam = (OPTIMIZERS["adam"].create(old.n_parameters) for _ in range(2))
    old_adam.update(old.parameters, np.ones_like(old.parameters), 0.1)

    transplant(old, new)
    carry_state(old, old_adam, new, new_adam)

    assert new.parameters.tobytes() == old.parameters.tobytes()
    assert new_adam.state.tobytes() == old_adam.state.tobytes()
    assert new_adam.steps == 1


def test_a_new_neuron_starts_small_and_leaves_the_answer_nearly_alone() -> None:
    old, new = network(2, 4), network(2, 5, seed=1)
    inputs = np.random.default_rng(0).standard_normal((50, 2))

    transplant(old, new)

    np.testing.assert_array_equal(new.layers[0].weights[:, :4], old.layers[0].weights)
    np.testing.assert_array_equal(new.layers[1].weights[:4], old.layers[1].weights)
    assert np.abs(new.predict(inputs) - old.predict(inputs)).max() < 0.02


def test_a_removed_neuron_takes_only_its_own_weights() -> None:
    old, new = network(2, 5), network(2, 3, seed=1)

    transplant(old, new)

    np.testing.assert_array_equal(new.layers[0].weights, old.layers[0].weights[:, :3])
    np.testing.assert_array_equal(new.layers[1].weights, old.layers[1].weights[:3])
    np.testing.assert_array_equal(new.layers[1].biases, old.layers[1].biases)


def test_a_new_layer_keeps_the_layers_below() -> None:
    old, new = network(2, 4), network(2, 4, 3, seed=1)
    drawn = new.layers[1].weights.copy()

    transplant(old, new)

    np.testing.assert_array_equal(new.layers[0].block, old.layers[0].block)
    np.testing.assert_array_equal(new.layers[1].weights, drawn)


def test_features_are_matched_by_what_they_are() -> None:
    old, new = network(3, 2), network(2, 2, seed=1)

    transplant(old, new, input_pairs=[(2, 0)])  # the old third feature is now the first; the second is new

    np.testing.assert_array_equal(new.layers[0].weights[0], old.layers[0].weights[2])
    assert np.abs(new.layers[0].weights[1]).max() < 0.2


def test_dead_links_stay_dead() -> None:
    old, new = network(2, 2), network(2, 3, seed=1)
    alive = np.ones(old.n_parameters, bool)
    alive[1] = False
    old.load_state({"statistics": old.statistics, "alive": alive})

    transplant(old, new)

    assert new.constraints.alive is not None
    assert np.flatnonzero(~new.constraints.alive).tolist() == [1]


def test_batch_norm_may_be_added_without_losing_a_weight() -> None:
    old = network(2, 4, 3)
    layers = [Dense(4), BatchNorm("tanh"), Dense(3), BatchNorm("tanh"), Dense(1, "sigmoid")]
    new = Network((2,), layers, loss="binary_cross_entropy", rng=np.random.default_rng(1))

    transplant(old, new)

    for before, after in zip(old.layers, new.layers[::2], strict=True):
        np.testing.assert_array_equal(after.block, before.block)
    assert (new.layers[1].weights == 1).all()


def test_another_dtype_takes_the_weights_over() -> None:
    old, new = network(2, 4), network(2, 4, seed=1, dtype="float64")

    transplant(old, new)

    np.testing.assert_array_equal(new.parameters, old.parameters.astype(float))


@pytest.mark.parametrize(("before", "after"), [("adam", "sgd"), ("sgd", "momentum"), ("adam", "adamw")])
def test_optimizers_of_different_kinds_share_nothing(before: str, after: str) -> None:
    old = network(2, 3)
    one = OPTIMIZERS[before].create(old.n_parameters)
    other = OPTIMIZERS[after].create(old.n_parameters)
    one.update(old.parameters, np.ones_like(old.parameters), 0.1)

    carry_state(old, one, old, other)

    assert other.steps == 0
    assert not other.state.any()
