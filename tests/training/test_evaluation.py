from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.evaluation import CHUNK, evaluate
from tui_nn.training.trainer import Trainer


def silent(**changes: object) -> Trainer:
    """Return a trainer whose network has no hidden layer and says 0 (before the last activation) to all."""
    return Trainer(Config(hidden_sizes=(), initializer="zeros", **changes))


def test_an_undecided_network_has_the_loss_of_a_coin() -> None:
    metrics = evaluate((trainer := silent(samples=100)).network, trainer.problem)

    assert metrics.train_loss == pytest.approx(math.log(2))
    assert metrics.test_loss == pytest.approx(math.log(2))


def test_accuracy_is_the_fraction_of_hits() -> None:
    trainer = silent(samples=100)
    trainer.network.parameters[-1] = 1.0  # the bias: class 1 everywhere
    metrics = evaluate(trainer.network, trainer.problem)

    assert metrics.train_accuracy == trainer.problem.train.targets.mean()
    assert metrics.test_accuracy == trainer.problem.test.targets.mean()


def test_regression_has_r2_and_rmse_and_no_accuracy() -> None:
    trainer = silent(dataset="reg-plane", samples=100, dtype="float64")
    trainer.network.parameters[-1] = 0.25
    metrics = evaluate(trainer.network, trainer.problem)
    targets = trainer.problem.test.targets
    squares = ((targets - 0.25) ** 2).sum()

    assert (metrics.train_accuracy, metrics.test_accuracy) == (None, None)
    assert metrics.test_rmse == pytest.approx(math.sqrt(squares / len(targets)))
    assert metrics.test_r2 == pytest.approx(1 - squares / ((targets - targets.mean()) ** 2).sum())
    assert metrics.test_loss == pytest.approx(squares / len(targets))


def test_a_perfect_plane_has_r2_of_one() -> None:
    trainer = silent(dataset="reg-plane", samples=100, noise=0.0, dtype="float64")
    trainer.network.parameters[:] = (0.1, 0.1, 0)

    assert evaluate(trainer.network, trainer.problem).test_r2 == pytest.approx(1)


def test_without_a_test_set_its_numbers_are_none() -> None:
    metrics = evaluate((trainer := silent(train_fraction=1.0)).network, trainer.problem)

    assert metrics.train_loss is not None
    assert (metrics.test_loss, metrics.test_accuracy) == (None, None)


def test_large_sets_are_measured_whole() -> None:
    trainer = Trainer(Config(samples=2 * CHUNK + 500, train_fraction=0.9, dtype="float64"))
    part, network = trainer.problem.train, trainer.network

    assert len(part) > 2 * CHUNK
    assert evaluate(network, trainer.problem).train_loss == pytest.approx(
        network.loss_value(part.inputs(), part.coded)
    )


def test_a_bound_looks_at_the_first_rows() -> None:
    trainer = Trainer(Config(samples=500))
    rows = slice(0, 40)
    hits = trainer.network.loss.decode(trainer.network.predict(trainer.problem.train.inputs()[rows]))

    assert evaluate(trainer.network, trainer.problem, most_rows=40).train_accuracy == np.mean(
        hits == trainer.problem.train.targets[rows]
    )


def test_the_penalty_is_not_part_of_the_loss() -> None:
    plain = Trainer(Config(samples=100))
    penalized = Trainer(Config(samples=100, regularization="l2", regularization_rate=1.0))

    assert plain.measure() == penalized.measure()
