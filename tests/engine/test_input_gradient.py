"""The gradient by the inputs against finite differences, in evaluation mode."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.engine import (
    LOSSES,
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    Network,
)
from tui_nn.engine.input_gradient import input_gradient

NUDGE = 1e-6

DENSE = ((5,), [Dense(6, "tanh"), Dropout(0.4), Dense(4, "sigmoid"), BatchNorm(), Dense(3, "softmax")])
FILTERS = (
    (1, 6, 6),
    [
        Conv2D(3, 3, activation="tanh"),
        BatchNorm("tanh"),
        MaxPool2D(2),
        Conv2D(2, 2, padding="valid", activation="sigmoid"),
        AveragePool2D(2),
        Flatten(),
        Dense(4, "tanh"),
        Dense(3, "softmax"),
    ],
)


def network(shape: tuple[int, ...], layers: list[Any], loss: str = "softmax_cross_entropy") -> Network:
    made = Network(shape, layers, loss=loss, rng=np.random.default_rng(3), dtype="float64")
    for placed in made.layers:  # as if it had been trained: mean and variance are not 0 and 1
        placed.statistics[...] = 0.3 + np.random.default_rng(4).random(placed.statistics.shape)
    return made


def by_differences(tried: Network, inputs: Any, targets: Any) -> Any:
    found = np.zeros_like(inputs)
    for row, column in np.ndindex(inputs.shape):
        sides = []
        for sign in (1, -1):
            nudged = inputs[row : row + 1].copy()
            nudged[0, column] += sign * NUDGE
            sides.append(tried.loss_sum(nudged, targets[row : row + 1]))
        found[row, column] = (sides[0] - sides[1]) / (2 * NUDGE)
    return found


@pytest.mark.parametrize(("shape", "layers"), [DENSE, FILTERS], ids=["dense", "filters"])
def test_it_is_what_the_loss_does_when_an_input_is_nudged(shape: tuple[int, ...], layers: list[Any]) -> None:
    tried = network(shape, layers)
    inputs = np.random.default_rng(5).random((3, tried.n_inputs))
    targets = np.eye(3)

    found = input_gradient(tried, inputs, targets)

    np.testing.assert_allclose(found, by_differences(tried, inputs, targets), atol=1e-8)
    assert np.abs(found).max() > 1e-3


@pytest.mark.parametrize("loss", [name for name, loss in LOSSES.items() if "classification" in loss.tasks])
def test_every_loss_has_one(loss: str) -> None:
    coded = LOSSES[loss].encode(np.array([0, 1, 1]), 2)
    output = Dense(coded.shape[1], LOSSES[loss].output_activations[0])
    tried = network((4,), [Dense(5, "tanh"), output], loss)
    inputs = np.random.default_rng(6).random((3, 4))

    np.testing.assert_allclose(
        input_gradient(tried, inputs, coded), by_differences(tried, inputs, coded), atol=1e-8
    )


def test_the_network_keeps_its_numbers() -> None:
    tried = network(*FILTERS)
    before, statistics = tried.parameters.copy(), tried.statistics.copy()

    input_gradient(tried, np.ones((2, 36)), np.eye(3)[:2])

    assert np.array_equal(tried.parameters, before)
    assert np.array_equal(tried.statistics, statistics)
