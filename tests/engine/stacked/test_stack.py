from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import (
    OPTIMIZERS,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    EngineError,
    Flatten,
    Network,
    Penalty,
)
from tui_nn.engine.holds import CUT_LINK, FROZEN_LINK
from tui_nn.engine.stacked import Stack, one_or_each, stack_optimizers, stack_sources
from tui_nn.engine.stacked.clipping import StackedClipping

MLP = [Dense(5, "tanh"), Dense(4, "relu"), Dense(1, "sigmoid")]
"""tanh and relu: slopes of layers that share no activation."""


def network(seed: int, layers: Sequence[Any] = MLP, **changes: Any) -> Network:
    """Return a network of 3 inputs in float64."""
    settings: dict[str, Any] = {"loss": "binary_cross_entropy", "dtype": "float64"} | changes
    return Network((3,), layers, rng=np.random.default_rng(seed), **settings)


def samples(seed: int, n: int = 20) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, 3)), rng.integers(0, 2, (n, 1)).astype(float)


def test_each_row_of_gradients_is_that_of_its_network_on_its_own_samples() -> None:
    networks = [network(seed) for seed in range(4)]
    sources = [own.prepare(*samples(10 + seed)) for seed, own in enumerate(networks)]
    rows = np.array([np.random.default_rng(seed).permutation(20)[:7] for seed in range(4)])
    stacked = stack_sources(sources)

    gradients = Stack(networks).gradient(stacked, rows + stacked.starts)

    for own, source, taken, found in zip(networks, sources, rows, gradients, strict=True):
        np.testing.assert_allclose(found, own.gradient(source, taken), rtol=0, atol=1e-14)


def test_samples_that_networks_share_are_there_once() -> None:
    shared, own = (network(0).prepare(*samples(seed, n)) for seed, n in ((1, 20), (2, 5)))

    stacked = stack_sources([shared, own, shared])

    assert stacked.samples.n_samples == 25
    assert stacked.starts.tolist() == [[0], [20], [0]]
    np.testing.assert_array_equal(stacked.samples.inputs[20:], own.inputs)
    np.testing.assert_array_equal(stacked.samples.targets[:, 20:], own.targets)


def test_one_source_for_all_is_not_copied() -> None:
    source = network(0).prepare(*samples(0))

    assert stack_sources([source, source]).samples is source


@pytest.mark.parametrize("n", [1, 30, 3000])
@pytest.mark.parametrize("is_shared", [True, False])
def test_outputs_and_losses_are_those_of_each_network(n: int, is_shared: bool) -> None:
    networks = [network(seed) for seed in range(3)]
    data = [samples(0 if is_shared else seed, n) for seed in range(3)]
    inputs, targets = data[0] if is_shared else (np.stack(part) for part in zip(*data, strict=True))

    stack = Stack(networks)
    outputs, losses = stack.evaluate(inputs, targets)

    np.testing.assert_array_equal(stack.predict(inputs), outputs)
    for own, (x, t), found, loss in zip(networks, data, outputs, losses, strict=True):
        np.testing.assert_allclose(found, own.predict(x), atol=1e-14)
        assert loss == pytest.approx(own.loss_sum(x, t), rel=1e-12)


def test_a_network_that_is_written_back_has_all_that_training_made() -> None:
    layers = [Dense(5), BatchNorm("tanh"), Dense(1, "sigmoid")]
    alone, other, twin = network(1, layers), network(2, layers), network(1, layers)
    for own in (alone, other, twin):
        own.penalty = Penalty("l1", 0.5)
    source = alone.prepare(*samples(0))
    optimizers = [OPTIMIZERS["sgd"].create(own.n_parameters, "float64") for own in (alone, other, twin)]
    stack, stacked, optimizer = (
        Stack([other, twin]),
        stack_sources([source, source]),
        stack_optimizers(optimizers[1:]),
    )
    for start in range(0, 20, 5):
        rows = np.arange(start, start + 5)
        alone.train_step(source, rows, optimizers[0], 0.1)
        stack.train_step(stacked, np.stack([rows, rows]), optimizer, 0.1)

    stack.write(1, twin)

    np.testing.assert_allclose(twin.parameters, alone.parameters, atol=1e-14)
    np.testing.assert_allclose(twin.gradients, alone.gradients, atol=1e-14)
    np.testing.assert_allclose(twin.statistics, alone.statistics, atol=1e-14)
    assert alone.constraints.alive is not None
    np.testing.assert_array_equal(twin.constraints.alive, alone.constraints.alive)


def test_dead_links_of_one_network_stay_dead_in_its_row_alone() -> None:
    killing, living = network(0), network(1)
    killing.penalty, living.penalty = Penalty("l1", 1.0), Penalty("l1", 0.0)
    source = killing.prepare(*samples(0))
    optimizers = [OPTIMIZERS["sgd"].create(own.n_parameters, "float64") for own in (killing, living)]
    stack, stacked = Stack([killing, living]), stack_sources([source, source])
    for _ in range(8):
        stack.train_step(stacked, np.array([np.arange(20)] * 2), stack_optimizers(optimizers), 0.5)
        stack.write(0, killing)
        stack.write(1, living)

    assert killing.constraints.alive is not None
    assert not killing.parameters[~killing.constraints.alive].any()
    assert living.constraints.alive is None


def test_limits_hold_for_each_network_by_itself_even_where_squares_overflow() -> None:
    gradients = np.random.default_rng(0).standard_normal((3, 40)).astype(np.float32)
    gradients[2] *= np.float32(1e30)
    before = gradients.copy()

    with np.errstate(over="ignore"):
        StackedClipping([None, 0.01, 1.0]).by_norm(gradients)

    np.testing.assert_array_equal(gradients[0], before[0])
    assert np.linalg.norm(gradients[1]) == pytest.approx(0.01, rel=1e-5)
    assert np.linalg.norm(gradients[2]) == pytest.approx(1.0, rel=1e-5)


def test_what_is_not_finite_is_told_by_network() -> None:
    stack = Stack([network(seed) for seed in range(3)])
    assert stack.not_finite() == []

    stack.gradients[1, 4] = np.inf
    stack.gradients[2, 0] = np.nan

    with np.errstate(invalid="ignore"):
        assert stack.not_finite() == [1, 2]


def test_gradients_whose_squares_overflow_only_together_are_finite() -> None:
    stack = Stack([network(seed, dtype="float32") for seed in range(3)])
    n_parameters = stack.gradients.shape[1]
    stack.gradients[:] = np.sqrt(np.float32(2e38) / n_parameters)

    with np.errstate(over="ignore"):
        assert stack.not_finite() == []


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (network(0), network(0, [Dense(6, "tanh"), *MLP[1:]]), "same layers"),
        (network(0), network(0, [Dense(5, "relu"), *MLP[1:]]), "same layers"),
        (network(0), network(0, MLP[1:]), "same layers"),
        (network(0), network(0, dtype="float32"), "dtype"),
        (network(0), network(0, loss="mse"), "loss"),
        (
            network(0, [Dropout(0.0), Dense(1, "sigmoid")]),
            network(0, [Dropout(0.5), Dense(1, "sigmoid")]),
            "same layers",
        ),
    ],
)
def test_networks_that_are_not_alike_are_refused_in_words(
    first: Network, second: Network, words: str
) -> None:
    with pytest.raises(EngineError, match=words):
        Stack([first, second])


def test_networks_with_filters_are_refused_in_words() -> None:
    layers = [Conv2D(2, 3, activation="relu"), Flatten(), Dense(1, "sigmoid")]
    images = [
        Network((5, 5), layers, loss="binary_cross_entropy", rng=np.random.default_rng(0)) for _ in range(2)
    ]

    with pytest.raises(EngineError, match="dense"):
        Stack(images)


@pytest.mark.parametrize("penalty", [None, Penalty("l1", 0.5), Penalty("l2", 0.1)])
def test_what_a_network_holds_is_left_alone_in_its_row_only(penalty: Penalty | None) -> None:
    alone, twin, free = network(1), network(1), network(2)
    for own in (alone, twin, free):
        own.penalty = penalty
    for own in (alone, twin):
        own.constraints.hold(np.array([0, 5, 22]), CUT_LINK)
        own.constraints.hold(np.array([3, 30]), FROZEN_LINK)
    source = alone.prepare(*samples(0))
    optimizers = [OPTIMIZERS["adamw"].create(own.n_parameters, "float64") for own in (alone, free, twin)]
    stack, optimizer = Stack([free, twin]), stack_optimizers(optimizers[1:])
    for _ in range(6):
        alone.train_step(source, np.arange(20), optimizers[0], 0.1)
        stack.train_step(stack_sources([source] * 2), np.array([np.arange(20)] * 2), optimizer, 0.1)

    start = twin.parameters[[3, 30]].copy()
    stack.write(0, free)
    stack.write(1, twin)

    np.testing.assert_allclose(twin.parameters, alone.parameters, atol=1e-14)
    assert twin.parameters[[3, 30]].tolist() == start.tolist()
    assert not twin.parameters[[0, 5, 22]].any()
    assert twin.constraints.holds is not None
    assert free.constraints.holds is None
    assert free.parameters[[0, 5]].all() or penalty is not None


def test_penalties_of_several_kinds_are_refused_in_words() -> None:
    first, second = network(0), network(1)
    first.penalty, second.penalty = Penalty("l1", 0.1), Penalty("l2", 0.1)

    with pytest.raises(EngineError, match="l1, l2"):
        Stack([first, second])


def test_optimizers_of_another_kind_or_age_are_refused_in_words() -> None:
    adam, old, sgd = (OPTIMIZERS[name].create(5) for name in ("adam", "adam", "sgd"))
    old.steps = 3

    for other in (old, sgd):
        with pytest.raises(EngineError, match="one kind"):
            stack_optimizers([adam, other])


def test_numbers_that_all_share_are_one() -> None:
    assert one_or_each([0.1, 0.1]) == 0.1
    assert one_or_each([0.1, 0.2]).tolist() == [[0.1], [0.2]]
