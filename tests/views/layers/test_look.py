from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.trainer import Trainer
from tui_nn.views.layers.look import gradient_spread, look_at_layers, spread, strongest
from tui_nn.views.layers.values import BINS, GRADIENT_DECADES, Layers, LayersRequest


def trained(steps: int = 20, **settings: Any) -> Trainer:
    trainer = Trainer(Config(**{"samples": 100, "hidden_sizes": (6, 4), **settings}))
    for _ in range(steps):
        trainer.advance()
        trainer.record()
    return trainer


def look(trainer: Trainer, **request: Any) -> Layers:
    layers = look_at_layers(trainer, LayersRequest(**request))
    assert layers is not None
    return layers


def activations_by_hand(trainer: Trainer) -> list[np.ndarray]:
    """Return each layer's activations for the whole training set, in plain NumPy (tanh, then sigmoid)."""
    a = trainer.problem.train.inputs().astype(np.float64)
    found = []
    for placed in trainer.network.layers:
        z = a @ placed.weights.astype(np.float64) + placed.biases
        a = np.tanh(z) if placed is not trainer.network.layers[-1] else 1 / (1 + np.exp(-z))
        found.append(a)
    return found


def test_histograms_count_what_numpy_counts() -> None:
    trainer = trained()
    layers = look(trainer)

    assert layers.n_samples == 50
    for health, outputs, placed in zip(
        layers.layers, activations_by_hand(trainer), trainer.network.layers, strict=True
    ):
        for seen, values in ((health.activations, outputs), (health.weights, placed.weights)):
            assert seen is not None
            # An activation of the engine may lie on the other side of a bin's edge than ours, by rounding.
            expected, _ = np.histogram(values, BINS, (seen.low, seen.high))
            assert np.abs(seen.counts - expected).sum() <= 4
            assert seen.counts.sum() == seen.n_values == values.size
        sizes = np.log10(np.abs(placed.grad_weights))
        expected, _ = np.histogram(sizes, BINS, GRADIENT_DECADES)
        assert health.gradients is not None
        assert np.abs(health.gradients.counts - expected).sum() <= 2


def test_zero_gradients_are_counted_apart() -> None:
    seen = gradient_spread(np.array([0.0, 0.0, 1e-3, -1e-3, 1e9, 1e-30]))

    assert (seen.n_values, seen.n_zeros) == (6, 2)
    assert (seen.counts[0], seen.counts[-1], seen.counts.sum()) == (1, 1, 4)


def test_an_axis_begins_at_zero_where_nothing_is_negative() -> None:
    assert (spread(np.array([0.0, 3.0]), 4.0).low, spread(np.array([-1e-9, 3.0]), 4.0).low) == (0.0, -4.0)


def test_values_beyond_the_axis_are_counted_at_its_ends_and_missing_ones_nowhere() -> None:
    seen = spread(np.array([-9.0, 9.0, math.nan, math.inf, 0.1]), 1.0)

    assert (seen.counts[0], seen.counts[-1], seen.counts.sum()) == (1, 1, 3)


def test_axes_that_still_fit_are_kept() -> None:
    trainer = trained()
    wide = look(trainer).bounds
    kept = look(trainer, bounds=tuple((2 * a, 2 * w) for a, w in wide))

    assert kept.bounds == tuple((2 * a, 2 * w) for a, w in wide)
    assert kept.layers[0].weights is not None
    assert kept.layers[0].weights.high == 2 * wide[0][1]


def test_counts_of_dead_and_saturated_neurons_are_those_of_numpy() -> None:
    trainer = trained(60, activation="relu", bias_init=-0.4, hidden_sizes=(16, 16))
    a = trainer.problem.train.inputs().astype(np.float64)
    for health, placed in zip(look(trainer).layers[:-1], trainer.network.layers[:-1], strict=True):
        a = np.maximum(a @ placed.weights + placed.biases, 0)
        assert health.counted == 16
        assert health.dead == int((a.max(axis=0) < 1e-6).sum())
    assert look(trainer).layers[1].dead > 0


def test_a_small_matrix_is_shown_whole_with_the_names_of_its_inputs() -> None:
    trainer = trained(features=("x", "y", "xy"))
    matrix = look(trainer).matrix

    np.testing.assert_array_equal(matrix.values, trainer.network.layers[0].weights)
    np.testing.assert_array_equal(matrix.biases, trainer.network.layers[0].biases)
    assert matrix.is_whole
    assert (matrix.name, matrix.layer, len(matrix.input_names)) == ("hidden 1", 1, 3)
    assert matrix.largest == pytest.approx(np.abs(trainer.network.layers[0].block).max())


def test_a_layer_that_is_not_there_is_the_nearest_that_is() -> None:
    trainer = trained()

    assert look(trainer, layer=0).matrix.name == "hidden 1"
    assert look(trainer, layer=9).matrix.name == "output"


def test_of_a_large_matrix_the_strongest_of_each_block_is_shown() -> None:
    weights = np.random.default_rng(0).normal(size=(10, 7))
    small = strongest(weights, 4, 3)

    rows, columns = [0, 2, 5, 7, 10], [0, 2, 4, 7]
    for i in range(4):
        for j in range(3):
            block = weights[rows[i] : rows[i + 1], columns[j] : columns[j + 1]].ravel()
            assert small[i, j] == block[np.abs(block).argmax()]


def test_a_large_network_answers_in_half_a_megabyte() -> None:
    trainer = trained(2, dataset="digits", samples=100, hidden_sizes=(1024, 1024), batch_size=10)
    layers = look(trainer, layer=1, most_inputs=120, most_neurons=200)

    assert layers.matrix.values.shape == (120, 200)
    assert not layers.matrix.is_whole
    assert len(pickle.dumps(layers)) < 500_000


def test_filters_are_shown_as_kernels_and_the_strongest_where_there_are_many() -> None:
    trainer = trained(
        2, dataset="digits", samples=60, hidden_sizes=("4c3", "p2", "6c3", 10), activation="relu"
    )
    first, second = look(trainer).matrix, look(trainer, layer=3, most_kernels=10).matrix

    weights = trainer.network.layers[0].weights
    assert first.kernels is not None
    np.testing.assert_array_equal(first.kernels[2], weights[:, 2].reshape(3, 3))
    assert first.kernel_names == ("1", "2", "3", "4")
    assert second.kernels is not None
    assert second.kernels.shape == (10, 3, 3)
    assert second.words == "the 10 strongest of 24 kernels"
    sizes = np.square(trainer.network.layers[2].weights.T.reshape(24, 9)).sum(axis=1)
    expected = sorted(np.argsort(-sizes)[:10])
    assert second.kernel_names == tuple(f"{k // 4 + 1}.{k % 4 + 1}" for k in expected)


def test_a_layer_without_weights_says_so() -> None:
    trainer = trained(2, dataset="digits", samples=60, hidden_sizes=("4c3", "p2", 10), activation="relu")
    layers = look(trainer, layer=2)

    assert layers.layers[1].weights is None
    assert layers.layers[1].gradients is None
    assert math.isnan(layers.layers[1].gradient_norm)
    assert layers.matrix.words.startswith("hidden 2 has no weights.")


def test_gradient_norms_are_recorded_by_step() -> None:
    trainer = trained(30)
    layers = look(trainer)

    assert layers.steps.tolist() == list(range(31))
    assert np.isnan(layers.gradient_norms[0]).all()
    last = [np.linalg.norm(placed.grad_block) for placed in trainer.network.layers]
    np.testing.assert_allclose(layers.gradient_norms[-1], last, rtol=1e-5)


def test_norms_of_another_number_of_layers_are_left_out() -> None:
    trainer = trained(5)
    reconfigure(trainer, trainer.config.replace(hidden_sizes=(6, 4, 4)))
    for _ in range(3):
        trainer.advance()
        trainer.record()

    assert look(trainer).steps.tolist() == [6, 7, 8]


def test_before_the_first_step_there_are_no_gradients() -> None:
    assert look(trained(0)).layers[0].gradients is None


def test_looking_changes_nothing() -> None:
    looked, alone = (trained(5, dropout=0.3, batch_norm=True) for _ in range(2))
    for _ in range(10):
        look(looked)
        looked.advance()
        alone.advance()

    np.testing.assert_array_equal(looked.network.parameters, alone.network.parameters)
    np.testing.assert_array_equal(looked.network.statistics, alone.network.statistics)


def test_weights_that_are_not_finite_can_be_looked_at() -> None:
    trainer = trained(2)
    trainer.network.parameters[:3] = [math.nan, math.inf, -math.inf]

    assert look(trainer).layers[0].weights is not None
