from __future__ import annotations

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.holding import hold_neuron, hold_parameter
from tui_nn.training.trainer import Trainer
from tui_nn.views.map.values import Grid
from tui_nn.views.network.look import look_at_network
from tui_nn.views.network.values import MOST_UNITS, Insides, InsidesRequest

GRID = Grid(columns=4, rows=2, x_low=-2, x_high=2, y_low=-1, y_high=1)


def look(trainer: Trainer, **request: object) -> Insides:
    return look_at_network(trainer, InsidesRequest(GRID, **request))


def test_the_insides_hold_every_layer() -> None:
    seen = look(Trainer(Config(hidden_sizes=(3, 2))), probe=(0.5, -0.25))

    assert [w.shape for w in seen.weights] == [(2, 3), (3, 2), (2, 1)]
    assert [b.shape for b in seen.biases] == [(3,), (2,), (1,)]
    assert [m.shape for m in seen.maps] == [(2, 2, 4), (3, 2, 4), (2, 2, 4), (1, 2, 4)]
    assert seen.activations[0] == pytest.approx([0.5, -0.25])


def test_of_a_large_layer_the_neurons_that_weigh_most_are_held() -> None:
    trainer = Trainer(Config(samples=40, hidden_sizes=(30,)))
    trainer.network.parameters[:] = 0.01
    strong = [3, 7, 8, 11, 12, 14, 15, 20, 21, 22, 23, 24, 26, 27, 28, 29]
    trainer.network.layers[1].weights[strong] = -2.0
    trainer.network.layers[0].weights[1, 29] = 5.0
    seen = look(trainer)

    assert seen.units[1].tolist() == strong
    assert seen.weights[0][1, -1] == 5.0
    assert seen.weights[1].tolist() == [[-2.0]] * MOST_UNITS
    assert [m.shape[0] for m in seen.maps] == [2, 16, 1]
    assert seen.activations[1].shape == (30,), "the strip shows all"


def test_the_neuron_under_the_cursor_is_held_and_what_weighs_most_for_it() -> None:
    trainer = Trainer(Config(samples=40, hidden_sizes=(30, 30)))
    trainer.network.parameters[:] = 0.01
    trainer.network.layers[1].weights[:16, :] = 1.0
    trainer.network.layers[1].weights[14:, 25] = 3.0
    seen = look(trainer, kept=(2, 25))

    assert 25 in seen.units[2]
    assert seen.units[1].tolist() == list(range(14, 30))


def test_links_of_filters_are_those_of_their_windows() -> None:
    trainer = Trainer(Config(dataset="digits", samples=40, hidden_sizes=("2c3", "p2", 5)))
    network = trainer.network
    pixel = (1, 28 * 28 + 3 * 28 + 4)  # filter 2, row 4, column 5
    seen = look(trainer, kept=pixel)
    place = seen.units[1].tolist().index(pixel[1])
    expected = np.zeros((28, 28))
    expected[2:5, 3:6] = network.layers[0].weights[:, 1].reshape(3, 3)

    assert seen.shapes == ((1, 28, 28), (2, 28, 28), (2, 14, 14), (5,), (10,))
    assert seen.weights[0][:, place] == pytest.approx(expected.ravel()[seen.units[0]], rel=1e-6)
    assert set(np.unique(seen.weights[1])) <= {0.0, 1.0}, "a pool takes the largest"
    assert seen.biases[1].tolist() == [0.0] * 16


def test_gradients_come_only_when_asked_for() -> None:
    trainer = Trainer(Config(samples=40, hidden_sizes=(3,)))
    trainer.advance()

    assert look(trainer).grad_weights == ()
    seen = look(trainer, coloring="gradients")
    np.testing.assert_array_equal(seen.grad_weights[0], trainer.network.layers[0].grad_weights)
    np.testing.assert_array_equal(seen.grad_biases[1], trainer.network.layers[1].grad_biases)


def test_activations_can_be_those_of_an_example() -> None:
    trainer = Trainer(Config(samples=40, hidden_sizes=(3,)))
    seen = look(trainer, example=Example("test", 2))

    assert seen.activations[0] == pytest.approx(trainer.problem.test.raw[2], rel=1e-6)
    assert seen.example == "test 3"
    assert look(trainer, example=Example("typed", 0, (1.0,))).example == "", "it does not fit: the mean"


def test_what_is_held_is_told_by_link_and_by_neuron() -> None:
    trainer = Trainer(Config(samples=40, hidden_sizes=(3, 2)))
    assert look(trainer).held_links == ()
    hold_parameter(trainer.network, "freeze", 0, 1, 0, True)
    hold_parameter(trainer.network, "cut", 1, 0, 0, True)
    hold_neuron(trainer.network, "cut", (2, 1), True)
    hold_neuron(trainer.network, "freeze", (1, 1), True)
    hold_neuron(trainer.network, "cut", (0, 0), True)
    seen = look(trainer)

    assert seen.held_links[0].tolist() == [[0, 0, 0], [1, 0, 0]]
    assert seen.held_links[1].tolist() == [[2, 0], [0, 0], [0, 0]]
    assert [units.tolist() for units in seen.held_units] == [[2, 0], [0, 1, 0], [0, 2], [0]]


def test_a_picture_of_a_very_large_network_stays_small() -> None:
    trainer = Trainer(Config(dataset="digits", samples=40, hidden_sizes=(1024, 1024)))
    seen = look(trainer, coloring="gradients")
    arrays = [*seen.weights, *seen.grad_weights, *seen.activations, *seen.maps]

    assert sum(array.nbytes for array in arrays) < 50_000
