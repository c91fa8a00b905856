from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tui_nn.engine import (
    ACTIVATIONS,
    LOSSES,
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    Network,
    gradcheck,
)

NETWORKS: dict[str, tuple[tuple[int, ...], list[Layer]]] = {
    "one layer": ((3,), []),
    "convolution": ((2, 6, 5), [Conv2D(3, 3, activation="relu")]),
    "strided, not padded": ((2, 7, 6), [Conv2D(3, 3, 2, "valid", "gelu")]),
    "strided, padded": ((1, 7, 6), [Conv2D(3, 4, 3, "same", "tanh")]),
    "two convolutions": (
        (1, 8, 8),
        [Conv2D(3, activation="relu"), MaxPool2D(), Conv2D(4, activation="relu"), MaxPool2D()],
    ),
    "overlapping pools": ((2, 7, 7), [Conv2D(2, activation="tanh"), MaxPool2D(3, 2), AveragePool2D(2, 1)]),
    "flattened": ((1, 4, 4), [Conv2D(2, activation="tanh"), Flatten(), Dense(5, "mish")]),
    "pixels as one row": ((1, 4, 4), [Flatten(), Dense(5, "sine")]),
    "batch norm": ((3,), [Dense(5), BatchNorm("relu"), Dense(4, "elu")]),
    "batch norm of channels": ((1, 6, 6), [Conv2D(3), BatchNorm("silu"), AveragePool2D()]),
    "dropout": ((3,), [Dropout(0.2), Dense(6, "tanh"), Dropout(0.5), Dense(4, "tanh")]),
}


def checked(shape: tuple[int, ...], layers: list[Layer], loss: str = "softmax_cross_entropy") -> list:
    rng = np.random.default_rng(11)
    n_outputs = LOSSES[loss].n_outputs(2)
    last = Dense(n_outputs, LOSSES[loss].output_activation("classification", n_outputs))
    network = Network(shape, [*layers, last], loss=loss, rng=rng, bias_init=0.1)
    targets = LOSSES[loss].encode(rng.integers(0, 2, 6), 2)
    return gradcheck(network, rng.standard_normal((6, *shape)), targets, per_layer=40)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_layer_passes(name: str) -> None:
    checks = checked(*NETWORKS[name])

    assert all(check.passed and check.checked > 0 for check in checks), checks


@pytest.mark.parametrize("name", [name for name, a in ACTIVATIONS.items() if a.is_elementwise])
def test_every_activation_passes(name: str) -> None:
    checks = checked((3,), [Dense(4, name), Dense(3, name)])

    assert all(check.passed for check in checks), checks


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_passes(loss: str) -> None:
    assert all(check.passed for check in checked((3,), [Dense(4, "tanh")], loss))


def test_a_wrong_derivative_is_found_in_the_layer_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(ACTIVATIONS["tanh"], derivative=lambda z, a: 1.0 - a)
    monkeypatch.setitem(ACTIVATIONS, "tanh", wrong)

    hidden, output = checked((3,), [Dense(4, "tanh")])

    assert not hidden.passed
    assert output.passed


def test_parameters_near_a_kink_are_left_out_and_counted() -> None:
    network = Network((1,), [Dense(1, "relu"), Dense(1)], loss="mse", rng=np.random.default_rng(0))
    network.parameters[:] = [1.0, 0.0, 1.0, 0.0]

    hidden, output = gradcheck(network, [[0.0]], [[1.0]])  # the hidden sum is exactly at the kink

    assert (hidden.checked, hidden.left_out) == (1, 1)  # its bias moves it, its weight (times 0) does not
    assert (output.checked, output.left_out) == (2, 0)


def test_the_network_is_left_as_it_was() -> None:
    network = Network((2,), [Dense(3), BatchNorm("tanh"), Dense(1)], loss="mse", rng=np.random.default_rng(0))
    parameters, statistics = network.parameters.copy(), network.statistics.copy()

    gradcheck(network, np.ones((4, 2)), np.ones((4, 1)))

    assert (network.parameters == parameters).all()
    assert (network.statistics == statistics).all()
