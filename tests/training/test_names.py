"""What neurons are called."""

from __future__ import annotations

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.names import (
    class_labels,
    feature_names,
    layer_name,
    node_name,
    short_layer_name,
    unit_label,
)

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


@pytest.mark.parametrize(
    ("layer", "unit", "shape", "label"),
    [
        (0, 0, (1, 28, 28), "row 1, col 1"),
        (0, 29, (1, 28, 28), "row 2, col 2"),
        (0, 5, (2, 2, 2), "f2 (1,2)"),
        (1, 7, (2, 2, 3), "f2 (1,2)"),
        (1, 0, (4,), "neuron 1"),
    ],
)
def test_a_unit_of_a_layer_of_images_is_called_by_its_place(
    layer: int, unit: int, shape: tuple[int, ...], label: str
) -> None:
    assert unit_label(layer, unit, shape, DIGITS) == label


def test_inputs_have_names_where_there_is_one_for_each() -> None:
    config = Config(features=("x", "x2"))

    assert feature_names(config, 2) == ("x", "x²")
    assert feature_names(config, 3) == ()
    assert feature_names(DIGITS, 784) == ()
    assert feature_names(Config(dataset="clusters"), 4) == ("x1", "x2", "x3", "x4")


def test_layers_are_counted_from_the_input() -> None:
    assert [layer_name(layer, 4) for layer in range(4)] == ["input", "hidden 1", "hidden 2", "output"]
    assert [short_layer_name(layer, 4) for layer in range(4)] == ["in", "h1", "h2", "out"]
