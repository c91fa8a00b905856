from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import EngineError
from tui_nn.engine.holds import Positions
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.training.trainer import Trainer
from tui_nn.training.wiring import leaving_positions, own_positions, parameter_position


def trainer(hidden: str, **changes: object) -> Trainer:
    config = Config(samples=40).replace(**changes)
    return Trainer(config.replace(hidden_sizes=SETTINGS["hidden_sizes"].parse(hidden)))


def marked(found: Trainer, positions: Positions) -> list[np.ndarray]:
    """Return for each layer which entries of its block are at the positions."""
    found.network.parameters[:] = 0.0
    found.network.parameters[positions] = 1.0
    return [placed.block.copy() for placed in found.network.layers]


def test_a_neurons_own_parameters_are_its_weights_and_its_bias() -> None:
    first, second, third = marked(found := trainer("3,2"), own_positions(found.network, (2, 1)))

    assert not first.any()
    assert not third.any()
    assert second.tolist() == [[0, 1]] * 4


def test_what_reads_a_neuron_is_a_row_of_the_next_weights() -> None:
    first, second, _ = marked(found := trainer("3,2"), leaving_positions(found.network, (1, 2)))

    assert not first.any()
    assert second.tolist() == [[0, 0], [0, 0], [1, 1], [0, 0]]


def test_an_input_has_nothing_of_its_own_and_an_output_no_reader() -> None:
    network = trainer("3").network

    assert own_positions(network, (0, 1)).size == 0
    assert leaving_positions(network, (0, 1)).tolist() == [3, 4, 5]
    assert leaving_positions(network, (2, 0)).size == 0


def test_batch_norm_belongs_to_the_neuron_and_dropout_does_not_stand_between() -> None:
    found = trainer("3,2", batch_norm=True, dropout=0.5)
    blocks = marked(found, own_positions(found.network, (1, 0)))

    assert [block.sum() for block in blocks if block.size] == [3, 2, 0, 0, 0]
    assert marked(found, leaving_positions(found.network, (1, 0)))[3].tolist() == [
        [1, 1],
        [0, 0],
        [0, 0],
        [0, 0],
    ]


def test_pixels_stand_for_their_filter() -> None:
    found = trainer("4c3,p2,5", dataset="digits")
    pixel = (1, 2 * 28 * 28 + 77)
    conv, _, dense, _ = marked(found, own_positions(found.network, pixel))
    assert conv.tolist() == [[0, 0, 1, 0]] * 10
    assert not dense.any()

    conv, _, dense, _ = marked(found, leaving_positions(found.network, pixel))
    assert not conv.any()
    assert np.flatnonzero(dense[:, 0]).tolist() == list(range(2 * 14 * 14, 3 * 14 * 14))


def test_a_pool_has_nothing_of_its_own() -> None:
    network = trainer("4c3,p2,5", dataset="digits").network

    assert own_positions(network, (2, 3)).size == 0
    assert leaving_positions(network, (2, 3)).size == 14 * 14 * 5


def test_a_pixel_of_the_input_that_filters_read_is_refused() -> None:
    with pytest.raises(EngineError, match="share"):
        leaving_positions(trainer("4c3,5", dataset="digits").network, (0, 3))


@pytest.mark.parametrize(
    ("layer", "source", "unit"), [(9, 0, 0), (-1, 0, 0), (0, 2, 0), (0, -1, 0), (0, 0, 3)]
)
def test_a_weight_that_is_not_there_is_refused(layer: int, source: int, unit: int) -> None:
    with pytest.raises(EngineError, match="no longer exists"):
        parameter_position(trainer("3").network, layer, source, unit)


@pytest.mark.parametrize("node", [(3, 0), (1, 3), (-1, 0), (0, 2)])
def test_a_neuron_that_is_not_there_is_refused(node: tuple[int, int]) -> None:
    with pytest.raises(EngineError, match="no longer exists"):
        own_positions(trainer("3").network, node)
