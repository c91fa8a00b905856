from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import (
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    EngineError,
    Flatten,
    MaxPool2D,
    Network,
    describe_layers,
    parse_layers,
)


def test_a_small_convolutional_network() -> None:
    layers = parse_layers("8c3,p2,16c3,p2,10", "relu")

    assert layers == [
        Conv2D(8, 3, activation="relu"),
        MaxPool2D(2),
        Conv2D(16, 3, activation="relu"),
        MaxPool2D(2),
        Dense(10, "relu"),
    ]


def test_details_of_windows_and_the_other_layers() -> None:
    assert parse_layers("4c5s2v, a3s2, flat, drop0.25") == [
        Conv2D(4, 5, 2, "valid"),
        AveragePool2D(3, 2),
        Flatten(),
        Dropout(0.25),
    ]


def test_one_activation_for_each_layer_with_weights() -> None:
    layers = parse_layers("4c3,p2,8,3", ["relu", "tanh", "sigmoid"])

    assert [layer.activation for layer in layers] == ["relu", "linear", "tanh", "sigmoid"]


def test_batch_norm_stands_before_the_activation() -> None:
    assert parse_layers("8,bn", "relu") == [Dense(8, "linear"), BatchNorm("relu")]


@pytest.mark.parametrize("text", ["none", ""])
def test_no_hidden_layer(text: str) -> None:
    assert parse_layers(text) == []


@pytest.mark.parametrize("text", ["8,8", "8c3,p2,16c5s2v,a2,10", "none", "12,bn,drop0.5,flat,3", "p3s2"])
def test_text_survives_the_way_there_and_back(text: str) -> None:
    assert describe_layers(parse_layers(text)) == text


@pytest.mark.parametrize("text", ["8,x", "8c", "p", "0", "8,,8", "-3", "0c3", "8c0", "drop1", "1e3", "8c3s0"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(EngineError):
        parse_layers(text)


def test_a_wrong_number_of_activations_is_refused() -> None:
    with pytest.raises(EngineError, match="2 layers with weights, but 1"):
        parse_layers("8,8", ["tanh"])


@pytest.mark.parametrize(
    ("shape", "text", "reason"),
    [
        ((5,), "8c3", "needs images"),
        ((1, 4, 4), "8c5v", "at most 4"),
        ((1, 4, 4), "8c5", "at most 4"),
        ((1, 4, 4), "p2,p2,p2", "larger than its 1x1 image"),
        ((1, 8, 8), "8,8c3", "needs images"),
    ],
)
def test_layers_that_do_not_fit_are_refused_with_the_reason(
    shape: tuple[int, ...], text: str, reason: str
) -> None:
    with pytest.raises(EngineError, match=reason):
        Network(shape, [*parse_layers(text), Dense(1)], loss="mse", rng=np.random.default_rng(0))
