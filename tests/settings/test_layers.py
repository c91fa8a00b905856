"""Making a hidden layer larger or smaller, by the layer that is meant."""

from __future__ import annotations

import pytest

from tui_nn.settings.layers import resized


@pytest.mark.parametrize(
    ("layer", "step", "sizes"),
    [(0, 1, (5, 2)), (1, -1, (4, 1)), (1, -9, (4, 1)), (-3, 2, (6, 2)), (7, 2, (4, 4))],
)
def test_the_nearest_layer_is_resized_and_keeps_a_neuron(
    layer: int, step: int, sizes: tuple[int, ...]
) -> None:
    assert resized((4, 2), layer, step) == sizes


def test_without_a_hidden_layer_it_says_how_to_get_one() -> None:
    with pytest.raises(ValueError, match="press h to add one"):
        resized((), 0, 1)


def test_a_layer_without_single_neurons_stays() -> None:
    with pytest.raises(ValueError, match="p2 is not a dense layer"):
        resized(("8c3", "p2", 16), 1, 1)
