from __future__ import annotations

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer
from tui_nn.views.map.look import answer, predictions, surface
from tui_nn.views.map.values import Grid

GRID = Grid(columns=4, rows=2, x_low=-2, x_high=2, y_low=-1, y_high=1)
X = np.array([-1.5, -0.5, 0.5, 1.5])
"""The centers of the columns."""


def plain(parameters: list[float], **changes: object) -> Trainer:
    """Return a trainer without a hidden layer that has these weights (x, y) and this bias."""
    trainer = Trainer(Config(hidden_sizes=(), dtype="float64", **changes))
    trainer.network.parameters[:] = parameters
    return trainer


def test_a_grid_lists_the_centers_of_its_cells_from_the_top() -> None:
    points = Grid(columns=2, rows=2, x_low=0, x_high=4, y_low=0, y_high=2).points()

    assert points.tolist() == [[1, 1.5], [3, 1.5], [1, 0.5], [3, 0.5]]


def test_two_classes_are_one_map_from_minus_one_to_one() -> None:
    # 2 p - 1 with p = 1 / (1 + exp(-x)) is tanh(x / 2).
    values = surface(plain([1, 0, 0]), GRID)

    assert values.shape == (2, 4, 1)
    assert values[:, :, 0] == pytest.approx(np.tile(np.tanh(X / 2), (2, 1)), rel=1e-6)


def test_the_first_row_is_the_top_of_the_plane() -> None:
    values = surface(plain([0, 1, 0]), GRID)

    assert values[0, :, 0] == pytest.approx([np.tanh(0.25)] * 4)
    assert values[1, :, 0] == pytest.approx([-np.tanh(0.25)] * 4)


def test_two_probabilities_make_the_same_map_as_one() -> None:
    # A softmax over (-x/2, x/2) is a sigmoid of x.
    values = surface(plain([-0.5, 0.5, 0, 0, 0, 0], loss="softmax_cross_entropy"), GRID)

    assert values[:, :, 0] == pytest.approx(np.tile(np.tanh(X / 2), (2, 1)), rel=1e-6)


def test_regression_is_one_map_of_values() -> None:
    values = surface(plain([2, 0, 1], dataset="reg-plane"), GRID)

    assert values[0, :, 0] == pytest.approx(2 * X + 1)


def test_more_classes_have_a_map_of_probabilities_each() -> None:
    values = surface(Trainer(Config(dataset="rings", classes=4)), GRID)

    assert values.shape == (2, 4, 4)
    assert values.sum(axis=2) == pytest.approx(np.ones((2, 4)), rel=1e-5)


def test_a_map_sees_the_features_that_the_network_sees() -> None:
    trainer = Trainer(Config(hidden_sizes=(), features=("xy",), dtype="float64"))
    trainer.network.parameters[:] = (1, 0)

    assert surface(trainer, GRID)[0, :, 0] == pytest.approx(np.tanh(X * 0.5 / 2))


def test_a_map_can_be_of_one_neuron() -> None:
    trainer = Trainer(Config(hidden_sizes=(2,), activation="linear", dtype="float64"))
    trainer.network.layers[0].weights[:] = [[0, 3], [0, 0]]
    trainer.network.layers[0].biases[:] = 0

    assert surface(trainer, GRID, node=(1, 1))[0, :, 0] == pytest.approx(3 * X)
    assert surface(trainer, GRID, node=(0, 0))[0, :, 0] == pytest.approx(X)


def test_a_neuron_that_is_gone_leaves_the_whole_networks_map() -> None:
    trainer = plain([1, 0, 0])

    assert np.array_equal(surface(trainer, GRID, node=(1, 7)), surface(trainer, GRID))


def test_predictions_are_classes_of_the_shown_points() -> None:
    trainer = plain([1, 0, 0])

    assert np.array_equal(predictions(trainer, trainer.problem.test), trainer.problem.test.raw[:, 0] > 0)


def test_the_answer_at_a_point_is_a_probability_for_each_class() -> None:
    p = 1 / (1 + np.exp(-0.5))

    assert answer(plain([1, 0, 0]), (0.5, 9.0)) == pytest.approx([1 - p, p])


def test_the_answer_of_a_regression_is_its_value() -> None:
    assert answer(plain([2, 0, 1], dataset="reg-plane"), (0.5, 9.0)) == pytest.approx([2])
