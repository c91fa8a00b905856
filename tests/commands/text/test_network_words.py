from __future__ import annotations

import pytest

from tui_nn.commands.text.network_words import layers_words
from tui_nn.settings.config import Config


@pytest.mark.parametrize("dressed", [{}, {"batch_norm": True, "dropout": 0.2}], ids=str)
def test_each_layer_is_said_with_what_it_does(dressed: dict[str, float]) -> None:
    config = Config(dataset="digits", hidden_sizes=("4c3", "p2", 16), activation=("relu", "tanh"), **dressed)

    assert layers_words(config, (784, 3136, 784, 16, 10), 12_770) == [
        "5 layers, 12,770 weights and biases.",
        "input: 784 numbers.",
        "hidden 1: 3,136 neurons, relu.",
        "hidden 2: 784 numbers. Max pooling: keeps the largest value in each window.",
        "hidden 3: 16 neurons, tanh.",
        "output: 10 neurons, softmax.",
    ]


def test_one_neuron_is_said_as_one() -> None:
    config = Config(dataset="moons", hidden_sizes=(1,), activation="relu")

    assert layers_words(config, (2, 1, 1), 5)[1:] == [
        "input: 2 numbers.",
        "hidden 1: 1 neuron, relu.",
        "output: 1 neuron, sigmoid.",
    ]
