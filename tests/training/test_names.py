"""What neurons are called."""

from __future__ import annotations

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.names import class_labels, node_name

DIGITS = Config(dataset="digits", hidden_sizes=(16,), samples=400)


def test_an_output_is_called_by_the_class_it_stands_for() -> None:
    assert class_labels(DIGITS, 10) == tuple("0123456789")
    assert node_name((2, 7), (784, 16, 10), DIGITS) == "output class 7"


@pytest.mark.parametrize("config", [Config(), Config(dataset="reg-plane")], ids=["one output", "regression"])
def test_an_output_for_both_classes_or_a_value_has_a_number(config: Config) -> None:
    assert class_labels(config, 1) == ()
    assert node_name((2, 0), (2, 4, 1), config) == "output 1"


def test_classes_that_were_not_named_have_numbers_from_zero() -> None:
    assert class_labels(Config(dataset="rings", classes=3), 3) == ("0", "1", "2")


def test_hidden_neurons_count_from_one() -> None:
    assert node_name((1, 0), (784, 16, 10), DIGITS) == "hidden 1, neuron 1"
