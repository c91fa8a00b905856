"""What neurons are called."""

from __future__ import annotations

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.names import class_labels, node_name, unit_label

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
