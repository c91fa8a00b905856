from __future__ import annotations

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer
from tui_nn.views.hidden.look import LATTICE_LINES, LATTICE_POINTS, MOST_LINES, look_at_hidden
from tui_nn.views.hidden.values import HiddenSpace, HiddenSpaceRequest

EXACT = Config(samples=80, dtype="float64", hidden_sizes=(5, 2, 3))


def trained(config: Config = EXACT, steps: int = 40) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.advance()
    return trainer


def look(trainer: Trainer, layer: int, **wanted: object) -> HiddenSpace:
    space = look_at_hidden(trainer, HiddenSpaceRequest(layer, **wanted))
    assert space is not None
    return space


def activations(trainer: Trainer, layer: int) -> np.ndarray:
    """Return what a hidden layer (from 1) makes of the training set."""
    return trainer.network.trace(trainer.problem.train.inputs()).activations[layer - 1]


def next_sums(trainer: Trainer, layer: int) -> np.ndarray:
    """Return the next layer's preactivations of the training set."""
    return trainer.network.trace(trainer.problem.train.inputs()).preactivations[layer]


def on_line(space: HiddenSpace, number: int, along: float) -> np.ndarray:
    """Return a point of a drawn line: its nearest to the middle, moved along it."""
    a, b, c = space.cuts.coefficients[:, number]
    return -c * np.array([a, b]) / (a * a + b * b) + along * np.array([-b, a])


def test_samples_lie_at_their_activations() -> None:
    trainer = trained()

    space = look(trainer, 1, pair=(3, 1))

    assert space.positions == pytest.approx(activations(trainer, 1)[:, [3, 1]], rel=1e-6)
    assert space.labels.tolist() == trainer.problem.train.targets.tolist()
    assert not space.is_test.any()


def test_the_input_is_the_data_itself() -> None:
    trainer = trained()

    assert look(trainer, 0).positions == pytest.approx(trainer.problem.train.raw, rel=1e-6)


def test_test_samples_come_on_request() -> None:
    trainer = trained()

    space = look(trainer, 2, has_test=True)

    assert (len(space.positions), int(space.is_test.sum())) == (80, 40)
    expected = trainer.network.trace(trainer.problem.test.inputs()).activations[1]
    assert space.positions[space.is_test] == pytest.approx(expected, rel=1e-6)


def test_the_lattice_is_the_plane_through_the_layer() -> None:
    trainer = trained()
    low, high = trainer.problem.dataset.domain[0]
    ticks, steps = np.linspace(low, high, LATTICE_LINES), np.linspace(low, high, LATTICE_POINTS)

    lattice = look(trainer, 2).lattice

    assert lattice.shape == (2 * LATTICE_LINES, LATTICE_POINTS, 2)
    for number, (x, y) in {3: (ticks[3], steps[7]), LATTICE_LINES + 4: (steps[7], ticks[4])}.items():
        expected = trainer.network.trace(np.array([[x, y]])).activations[1][0]
        assert lattice[number, 7] == pytest.approx(expected, rel=1e-5)


def test_the_lattice_of_the_input_is_straight() -> None:
    lattice = look(trained(), 0).lattice

    assert np.ptp(lattice[:LATTICE_LINES, :, 0], axis=1) == pytest.approx(np.zeros(LATTICE_LINES))
    assert np.ptp(lattice[LATTICE_LINES:, :, 1], axis=1) == pytest.approx(np.zeros(LATTICE_LINES))


def test_main_directions_are_those_of_the_singular_values() -> None:
    trainer = trained()
    values = activations(trainer, 1)
    _, sizes, vectors = np.linalg.svd(values - values.mean(axis=0))

    space = look(trainer, 1)

    assert space.pair is None
    assert np.abs(np.sum(space.basis * vectors[:2], axis=1)) == pytest.approx([1, 1], abs=1e-6)
    assert space.shares == pytest.approx(tuple(sizes[:2] ** 2 / np.sum(sizes**2)))
    assert space.positions == pytest.approx((values - values.mean(axis=0)) @ space.basis.T, abs=1e-6)


def test_main_directions_keep_their_signs_while_it_trains() -> None:
    trainer = trained(EXACT.replace(learning_rate=0.1, hidden_sizes=(8,), activation="relu"), 1)
    before = look(trainer, 1)
    for _ in range(60):
        trainer.advance()
        now = look(trainer, 1, basis=before.basis)
        assert (np.sum(now.basis * before.basis, axis=1) > 0).all()
        before = now


@pytest.mark.parametrize("layer", [0, 2])
def test_on_a_drawn_line_the_next_neuron_is_zero(layer: int) -> None:
    trainer = trained()
    space = look(trainer, layer)
    placed = trainer.network.layers[layer]

    assert space.cuts.is_exact
    assert space.cuts.units == tuple(range(placed.units))
    for number, unit in enumerate(space.cuts.units):
        for along in (-3.0, 0.0, 2.0):
            z = on_line(space, number, along) @ placed.weights[:, unit] + placed.biases[unit]
            assert z == pytest.approx(0.0, abs=1e-9)


def test_the_lines_of_two_neurons_agree_with_the_next_sums_of_every_sample() -> None:
    trainer = trained()
    space = look(trainer, 2)

    z = space.positions @ space.cuts.coefficients[:-1] + space.cuts.coefficients[-1]

    assert z == pytest.approx(next_sums(trainer, 2), abs=1e-5)


@pytest.mark.parametrize("pair", [None, (0, 4)], ids=["principal components", "two neurons"])
def test_in_more_than_two_dimensions_lines_are_those_of_the_plane_through_the_mean(pair: object) -> None:
    trainer = trained()
    values, placed = activations(trainer, 1), trainer.network.layers[1]
    mean = values.mean(axis=0)

    space = look(trainer, 1, pair=pair)

    assert not space.cuts.is_exact
    directions = space.basis.astype(float) if pair is None else np.eye(5)[list(pair)]
    middle = np.zeros(2) if pair is None else mean[list(pair)]
    for number, unit in enumerate(space.cuts.units):
        point = mean + (on_line(space, number, 1.5) - middle) @ directions
        assert point @ placed.weights[:, unit] + placed.biases[unit] == pytest.approx(0.0, abs=1e-6)


def test_behind_the_last_hidden_layer_the_line_is_where_the_class_changes() -> None:
    trainer = trained(EXACT.replace(hidden_sizes=(4, 2)), 200)
    space = look(trainer, 2)

    assert space.cuts.is_decision
    side = space.positions @ space.cuts.coefficients[:2, 0] + space.cuts.coefficients[2, 0]
    outputs = trainer.network.predict(trainer.problem.train.inputs())
    assert ((side > 0) == (outputs[:, 0] > 0.5)).all()


@pytest.mark.parametrize(
    "changes",
    [
        {"loss": "softmax_cross_entropy"},
        {"loss": "mse", "output_activation": "linear"},
        {"loss": "mse", "output_activation": "tanh"},
        {"loss": "half_mse"},
        {"loss": "hinge"},
        {"batch_norm": True},
    ],
    ids=lambda changes: " ".join(map(str, changes.values())),
)
def test_the_decision_is_a_straight_line_with_every_loss(changes: dict[str, object]) -> None:
    trainer = trained(EXACT.replace(hidden_sizes=(4, 2), **changes), 200)
    space = look(trainer, 2)
    side = space.positions @ space.cuts.coefficients[:2, 0] + space.cuts.coefficients[2, 0]
    decided = trainer.network.loss.decode(trainer.network.predict(trainer.problem.train.inputs()))

    assert ((side > 0) == (decided == 1)).all()
    assert 0 < decided.sum() < len(decided), "both classes are predicted, so that the test says something"


def test_of_many_classes_the_largest_sum_decides() -> None:
    trainer = trained(EXACT.replace(dataset="rings", classes=4, hidden_sizes=(4, 2)), 200)
    space = look(trainer, 2)

    z = space.positions @ space.cuts.coefficients[:-1] + space.cuts.coefficients[-1]

    assert space.cuts.takes_largest
    outputs = trainer.network.predict(trainer.problem.train.inputs())
    assert (z.argmax(axis=1) == outputs.argmax(axis=1)).all()


def test_batch_norm_belongs_to_the_line() -> None:
    trainer = trained(EXACT.replace(hidden_sizes=(2, 3), batch_norm=True))
    space = look(trainer, 1)

    z = space.positions @ space.cuts.coefficients[:-1] + space.cuts.coefficients[-1]

    trace = trainer.network.trace(trainer.problem.train.inputs())
    assert z == pytest.approx(trace.preactivations[3], abs=1e-5)


def test_one_neuron_is_a_line_of_numbers_with_the_next_cut_on_it() -> None:
    trainer = trained(EXACT.replace(hidden_sizes=(3, 1)))
    space = look(trainer, 2)

    assert (space.n_axes, space.pair, space.lattice) == (1, None, None)
    assert space.positions == pytest.approx(activations(trainer, 2), rel=1e-6)
    slope, offset = space.cuts.coefficients[:, 0]
    placed = trainer.network.layers[2]
    assert -offset / slope * placed.weights[0, 0] + placed.biases[0] == pytest.approx(0)


def test_the_output_itself_is_cut_halfway() -> None:
    space = look(trained(), 4)

    slope, offset = space.cuts.coefficients[:, 0]
    assert -offset / slope == pytest.approx(0.5)


def test_a_layer_that_is_gone_is_the_last_one() -> None:
    assert look(trained(), 9).layer == 4


def test_a_neuron_that_is_gone_leaves_the_main_directions() -> None:
    assert look(trained(), 1, pair=(1, 7)).pair is None


def test_of_many_next_neurons_the_strongest_are_drawn() -> None:
    trainer = trained(EXACT.replace(hidden_sizes=(2, 30)))
    space = look(trainer, 1)

    strength = np.linalg.norm(trainer.network.layers[1].weights, axis=0)
    assert set(space.cuts.units) == set(np.argsort(-strength)[:MOST_LINES].tolist())
    assert space.cuts.n_units == 30


def test_digits_have_no_lattice() -> None:
    trainer = trained(Config(dataset="digits", samples=200, hidden_sizes=(12,)), 1)
    space = look(trainer, 1)

    assert space.lattice is None
    assert space.class_names == tuple("0123456789")
    assert look(trainer, 0).basis.shape == (2, 784)


def test_before_a_convolution_there_are_no_lines() -> None:
    trainer = trained(Config(dataset="digits", samples=60, hidden_sizes=("2c3", "p2", 10)), 1)

    assert [look(trainer, layer).cuts is None for layer in range(5)] == [True, True, False, False, False]


def test_numbers_that_are_not_finite_are_no_error() -> None:
    trainer = trained()
    trainer.network.parameters[:] = np.nan

    space = look(trainer, 2)

    assert not space.is_finite
    assert len(space.positions) == 0


def test_looking_changes_no_bit() -> None:
    watched, unwatched = Trainer(EXACT), Trainer(EXACT)
    for _ in range(20):
        watched.advance()
        unwatched.advance()
        for layer in range(5):
            look(watched, layer, has_test=True)

    assert watched.network.parameters.tobytes() == unwatched.network.parameters.tobytes()
