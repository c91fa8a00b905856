"""What the neurons of a walk are called."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import BatchNorm, Dense, Dropout, Layer, Network
from tui_nn.views.walk.look.names import Names, name_parts

IMAGES = Names(
    numbers=(1, 2, 3),
    shapes=((1, 3, 4), (2, 2, 3), (5,), (3,)),
    filters=frozenset({0}),
    image_shape=(3, 4),
    classes=("no", "yes", "perhaps or not"),
)
POINTS = Names(numbers=(1, 2), shapes=((2,), (4,), (1,)), filters=frozenset(), inputs=("x", "y"))


@pytest.mark.parametrize(("unit", "name"), [(0, "(1,1)"), (3, "(1,4)"), (4, "(2,1)"), (11, "(3,4)")])
def test_a_pixel_is_called_by_its_row_and_column(unit: int, name: str) -> None:
    assert IMAGES.unit(-1, unit) == name


@pytest.mark.parametrize(("unit", "name"), [(0, "f1(1,1)"), (5, "f1(2,3)"), (6, "f2(1,1)"), (10, "f2(2,2)")])
def test_an_output_of_a_filter_is_called_by_its_filter_and_place(unit: int, name: str) -> None:
    assert IMAGES.unit(0, unit) == name


def test_hidden_neurons_count_from_one_and_outputs_are_classes() -> None:
    assert [IMAGES.unit(1, unit) for unit in (0, 4)] == ["1", "5"]
    assert [IMAGES.unit(2, unit) for unit in range(3)] == ["no", "yes", "perhaps or"]
    assert [POINTS.unit(1, 0), POINTS.unit(-1, 1)] == ["1", "y"]


def test_layers_count_from_the_first_after_the_input() -> None:
    assert [IMAGES.layer(position) for position in range(-1, 3)] == [
        "input",
        "hidden 1",
        "hidden 2",
        "output",
    ]
    assert [IMAGES.short_layer(position) for position in range(-1, 3)] == ["in", "h1", "h2", "out"]


def test_units_are_called_by_what_they_are() -> None:
    assert [IMAGES.of_units(position) for position in range(-1, 3)] == ["pixel", "pixel", "neuron", "class"]
    assert [POINTS.of_units(position) for position in range(-1, 2)] == ["input", "neuron", "output"]


@pytest.mark.parametrize(
    ("layers", "numbers"),
    [
        ([Dense(4), Dense(1)], (1, 2)),
        ([Dense(4), Dropout(0.5), Dense(1)], (1, 1, 2)),
        ([Dense(4), BatchNorm(), Dropout(0.5), Dense(3), BatchNorm(), Dense(1)], (1, 1, 1, 2, 2, 3)),
        ([Dropout(0.5), Dense(4), Dense(3), BatchNorm(), Dropout(0.5), Dense(1)], (1, 1, 2, 2, 2, 3)),
        ([BatchNorm(), Dense(4), BatchNorm(), Dense(1)], (1, 2, 2, 3)),
    ],
    ids=lambda value: "-".join(layer.name for layer in value) if isinstance(value, list) else "",
)
def test_a_layer_without_neurons_of_its_own_counts_with_the_one_before(
    layers: list[Layer], numbers: tuple[int, ...]
) -> None:
    network = Network((2,), layers, loss="mse", rng=np.random.default_rng(0))

    assert name_parts(network).numbers == numbers
