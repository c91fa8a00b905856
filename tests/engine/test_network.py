from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.engine import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    BatchNorm,
    Dense,
    Dropout,
    EngineError,
    Network,
    Penalty,
)
from tui_nn.engine.holds import CUT_LINK, FROZEN_LINK
from tui_nn.engine.workspace import MAX_WORKSPACES

SMOOTH = ["tanh", "sigmoid", "gelu", "silu", "softplus", "softsign", "mish", "sine", "gaussian", "linear"]


def small_network(**changes: object) -> Network:
    settings: dict = {"loss": "binary_cross_entropy", "rng": np.random.default_rng(1), "dtype": "float64"}
    settings.update(changes)
    return Network((2,), [Dense(3, "tanh"), Dense(1, "sigmoid")], **settings)


def test_forward_pass_is_weights_times_inputs_plus_biases(rng: np.random.Generator) -> None:
    network = small_network()
    network.parameters[:] = rng.standard_normal(network.n_parameters)
    inputs = rng.standard_normal((5, 2))
    first, second = network.layers

    hidden = np.tanh(inputs @ first.weights + first.biases)
    expected = 1 / (1 + np.exp(-(hidden @ second.weights + second.biases)))

    np.testing.assert_allclose(network.predict(inputs), expected, rtol=1e-12)
    np.testing.assert_allclose(network.layer_outputs(inputs)[0], hidden, rtol=1e-12)


def test_layers_are_views_into_one_vector() -> None:
    network = small_network()

    network.parameters[:] = np.arange(13)

    assert network.layer_sizes == (2, 3, 1)
    assert network.layers[0].weights.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert network.layers[0].biases.tolist() == [6, 7, 8]
    assert network.layers[1].weights.tolist() == [[9], [10], [11]]
    assert network.layers[1].biases.tolist() == [12]
    assert network.weight_mask.tolist() == [True] * 6 + [False] * 3 + [True] * 3 + [False]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("task", ["classification", "regression"])
def test_gradient_agrees_with_central_differences_for_every_loss(
    loss: str,
    task: str,
    rng: np.random.Generator,
    numerical_gradient: Callable[..., np.ndarray],
    loss_as_function_of_parameters: Callable[..., Callable[[np.ndarray], float]],
) -> None:
    if task not in LOSSES[loss].tasks:
        pytest.skip("not a loss for this task")
    n_outputs = LOSSES[loss].n_outputs(2)
    last = LOSSES[loss].output_activation(task, n_outputs)
    network = Network((3,), [Dense(4, "tanh"), Dense(n_outputs, last)], loss=loss, rng=rng, dtype="float64")
    inputs = rng.standard_normal((6, 3))
    targets = LOSSES[loss].encode(rng.integers(0, 2, 6), 2)
    if task == "regression":
        targets = rng.standard_normal((6, n_outputs)) * 2
    rows = np.array([4, 0, 5, 2])

    analytic = network.gradient(network.prepare(inputs, targets), rows).copy()
    numeric = numerical_gradient(
        loss_as_function_of_parameters(network, inputs[rows], targets[rows]), network.parameters.copy()
    )

    np.testing.assert_allclose(analytic, numeric, rtol=1e-6, atol=1e-6 * np.abs(numeric).max())


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    names=st.lists(st.sampled_from(SMOOTH), min_size=3, max_size=3),
    loss=st.sampled_from(["mse", "half_mse", "binary_cross_entropy", "softmax_cross_entropy"]),
    n=st.integers(1, 7),
    seed=st.integers(0, 2**31),
)
def test_gradient_agrees_along_any_direction(
    sizes: list[int], names: list[str], loss: str, n: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    n_outputs = LOSSES[loss].n_outputs(2)
    hidden = [Dense(units, name) for units, name in zip(sizes[1:], names, strict=False)]
    last = Dense(n_outputs, LOSSES[loss].output_activation("classification", n_outputs))
    network = Network((sizes[0],), [*hidden, last], loss=loss, rng=rng, dtype="float64", bias_init=0.1)
    inputs = rng.standard_normal((n, sizes[0]))
    targets = LOSSES[loss].encode(rng.integers(0, 2, n), 2)
    direction = rng.standard_normal(network.n_parameters)
    direction /= np.linalg.norm(direction)

    analytic = float(network.gradient(network.prepare(inputs, targets), np.arange(n)) @ direction)
    h, start = 1e-5, network.parameters.copy()
    network.parameters[:] = start + h * direction
    above = network.loss_value(inputs, targets)
    network.parameters[:] = start - h * direction
    below = network.loss_value(inputs, targets)

    assert analytic == pytest.approx((above - below) / (2 * h), rel=1e-6, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(n=st.integers(1, 30), dtype=st.sampled_from(["float32", "float64"]), seed=st.integers(0, 2**31))
def test_a_batch_gradient_is_the_mean_of_its_samples(n: int, dtype: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = small_network(dtype=dtype, rng=rng)
    source = network.prepare(rng.standard_normal((n, 2)), rng.integers(0, 2, (n, 1)))

    one_by_one = np.mean([network.gradient(source, np.array([row])).copy() for row in range(n)], axis=0)

    tolerance = 1e-5 if dtype == "float32" else 1e-13
    np.testing.assert_allclose(network.gradient(source, np.arange(n)), one_by_one, atol=tolerance)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_enormous_inputs_keep_loss_and_gradients_finite(dtype: str) -> None:
    network = small_network(dtype=dtype)
    network.parameters[:] = 100.0
    inputs = np.array([[10.0, 10.0], [-10.0, -10.0]])
    source = network.prepare(inputs, [[0], [1]])

    assert np.isfinite(network.gradient(source, np.arange(2))).all()
    assert np.isfinite(network.loss_value(inputs, np.array([[0], [1]])))


def test_predicting_between_steps_changes_no_bit() -> None:
    rng = np.random.default_rng(5)
    inputs, targets = rng.standard_normal((40, 2)), rng.integers(0, 2, (40, 1))
    watched, alone = small_network(dtype="float32"), small_network(dtype="float32")
    for network in (watched, alone):
        source = network.prepare(inputs, targets)
        optimizer = OPTIMIZERS["adam"].create(network.n_parameters)
        for step in range(20):
            network.train_step(source, np.arange(step, step + 8), optimizer, 0.05)
            if network is watched:
                network.predict(inputs)
                network.layer_outputs(inputs[:3])

    assert watched.parameters.tobytes() == alone.parameters.tobytes()


def test_chunks_do_not_change_the_mean_loss(rng: np.random.Generator) -> None:
    network = small_network()
    inputs, targets = rng.standard_normal((3000, 2)), rng.integers(0, 2, (3000, 1))

    in_pieces = sum(network.loss_sum(inputs[i : i + 100], targets[i : i + 100]) for i in range(0, 3000, 100))

    assert network.loss_value(inputs, targets) == pytest.approx(in_pieces / 3000, rel=1e-12)


def test_trace_shows_preactivations_and_activations(rng: np.random.Generator) -> None:
    network = small_network()

    trace = network.trace(rng.standard_normal((4, 2)))

    np.testing.assert_allclose(np.tanh(trace.preactivations[0]), trace.activations[0])
    assert [a.shape for a in trace.activations] == [(4, 3), (4, 1)]


def test_memory_does_not_grow_with_steps(rng: np.random.Generator) -> None:
    network = small_network(dtype="float32")
    network.penalty, network.clip_norm = Penalty("l2", 0.01), 1.0
    source = network.prepare(rng.standard_normal((64, 2)), rng.integers(0, 2, (64, 1)))
    optimizer = OPTIMIZERS["adam"].create(network.n_parameters)
    batches = [rng.permutation(64)[:size] for size in (10, 32, 4)]

    def steps(count: int) -> None:
        for step in range(count):
            network.train_step(source, batches[step % 3], optimizer, 0.01)

    steps(50)
    tracemalloc.start()
    try:
        steps(20)
        before = tracemalloc.get_traced_memory()[0]
        steps(1000)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < 2000  # bytes; one leaked float a step would be 24,000


def test_many_batch_sizes_keep_few_buffers(rng: np.random.Generator) -> None:
    network = small_network()
    source = network.prepare(rng.standard_normal((64, 2)), rng.integers(0, 2, (64, 1)))
    for size in range(1, 65):
        network.gradient(source, np.arange(size))

    assert len(network._workspaces) <= MAX_WORKSPACES


def test_the_first_layer_that_is_not_finite_is_found() -> None:
    network = small_network()
    assert network.first_layer_not_finite() is None

    network.layers[1].grad_weights[0, 0] = np.nan

    assert network.first_layer_not_finite() == 1


def test_state_and_parameters_restore_a_network() -> None:
    network, other = small_network(), small_network(rng=np.random.default_rng(9))
    network.penalty = Penalty("l1", 1e9)
    source = network.prepare(np.ones((4, 2)), np.ones((4, 1)))
    network.train_step(source, np.arange(4), OPTIMIZERS["sgd"].create(13, "float64"), 0.1)

    other.parameters[:] = network.parameters
    other.load_state(network.state())

    assert other.constraints.alive is not None
    assert other.constraints.alive.tolist() == network.constraints.alive.tolist()


def trained_with_everything() -> tuple[Network, Callable[[Network], None]]:
    """Return a network that has drawn, measured, killed, frozen and clipped, and what takes one more step."""
    layers = [Dense(6), BatchNorm(activation="tanh"), Dropout(0.5), Dense(1, "sigmoid")]
    rng = np.random.default_rng(3)
    network = Network((2,), layers, loss="binary_cross_entropy", rng=rng, dtype="float64", dropout_rng=rng)
    network.penalty, network.clip_norm, network.clip_value = Penalty("l1", 0.3), 0.5, 0.1
    source = network.prepare(rng.standard_normal((8, 2)), np.ones((8, 1)))

    def step(network: Network) -> None:
        optimizer = OPTIMIZERS["sgd"].create(network.n_parameters, "float64")
        network.train_step(source, np.arange(8), optimizer, 0.3)

    for _ in range(30):
        step(network)
    network.constraints.hold(np.array([0]), FROZEN_LINK)
    network.constraints.hold(np.array([4]), CUT_LINK)
    assert network.constraints.alive is not None
    return network, step


def test_a_copy_goes_on_to_the_bit_and_reaches_nothing_of_the_first() -> None:
    network, step = trained_with_everything()
    before = network.parameters.copy(), network.state()
    twin = network.copy()
    for _ in range(3):
        step(twin)

    assert np.array_equal(network.parameters, before[0])
    assert all(np.array_equal(network.state()[name], value) for name, value in before[1].items())
    for _ in range(3):
        step(network)
    assert np.array_equal(network.parameters, twin.parameters)
    assert all(np.array_equal(network.state()[name], value) for name, value in twin.state().items())


def test_a_copy_can_have_another_number_type_and_do_without_dropout() -> None:
    network, _ = trained_with_everything()
    layers = [placed.layer for placed in network.layers if not isinstance(placed.layer, Dropout)]
    still = network.copy(layers=layers, dtype="float32")

    assert [placed.name for placed in still.layers] == ["dense 1", "batchnorm 1", "dense 2"]
    assert still.parameters.dtype == np.float32
    np.testing.assert_allclose(still.parameters, network.parameters, rtol=1e-6)
    np.testing.assert_allclose(still.statistics, network.statistics, rtol=1e-6)


@pytest.mark.parametrize(
    ("layers", "loss", "reason"),
    [
        ([Dense(1, "softmax")], "softmax_cross_entropy", "always 1"),
        ([Dense(1, "tanh")], "binary_cross_entropy", "needs sigmoid"),
        ([Dense(3, "softmax"), Dense(1, "sigmoid")], "binary_cross_entropy", "last layer"),
        ([Dense(3, "swish"), Dense(1, "sigmoid")], "binary_cross_entropy", "silu"),
        ([Dense(1, "sigmoid")], "cross_entropy", "binary_cross_entropy"),
        ([Dense(10_000_000), Dense(1, "sigmoid")], "binary_cross_entropy", "20,000,000"),
        ([], "mse", "at least one layer"),
    ],
)
def test_a_network_that_cannot_be_is_refused_with_what_would_work(
    layers: list[Dense], loss: str, reason: str
) -> None:
    with pytest.raises(EngineError, match=reason):
        Network((2,), layers, loss=loss, rng=np.random.default_rng(0))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(bad: float) -> None:
    network = small_network()
    inputs = np.zeros((4, 2))
    inputs[2, 1] = bad

    with pytest.raises(EngineError, match="NaN or infinity"):
        network.prepare(inputs, np.zeros((4, 1)))


def test_inputs_and_targets_of_a_wrong_shape_are_refused() -> None:
    with pytest.raises(EngineError, match="needed are"):
        small_network().predict(np.zeros((4, 3)))
    with pytest.raises(EngineError, match="Targets"):
        small_network().prepare(np.zeros((4, 2)), np.zeros(4))


def test_every_activation_trains_in_a_hidden_layer(rng: np.random.Generator) -> None:
    inputs = rng.uniform(-1, 1, (200, 2))
    targets = (inputs.sum(axis=1, keepdims=True) > 0).astype(float)
    for name, activation in ACTIVATIONS.items():
        if not (activation.is_elementwise and activation.is_trainable):
            continue
        network = Network(
            (2,),
            [Dense(4, name), Dense(1, "sigmoid")],
            loss="binary_cross_entropy",
            rng=np.random.default_rng(2),
        )
        optimizer = OPTIMIZERS["adam"].create(network.n_parameters)
        source = network.prepare(inputs, targets)
        before = network.loss_value(inputs, targets)
        for _ in range(100):
            network.train_step(source, np.arange(200), optimizer, 0.03)

        assert network.loss_value(inputs, targets) < before / 2, name
