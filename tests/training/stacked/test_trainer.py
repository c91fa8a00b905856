from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.stacked.trainer import Outcome, StackedTrainer
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7, hidden_sizes=(4,), epochs=5)


def alone(config: Config, steps: int) -> Trainer:
    trainer = Trainer(config, timeline_bytes=0)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            trainer.advance()
    return trainer


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.3}, {"remainder": "carry"}], ids=str)
def test_a_run_that_is_taken_out_goes_on_as_it_would_have(changes: dict[str, Any]) -> None:
    configs = [SMALL.replace(weights_seed=seed, **changes) for seed in range(3)]
    stacked = StackedTrainer.of(configs)
    stacked.train(13)

    taken = stacked.solo(1)
    for _ in range(11):
        taken.advance()

    whole = alone(configs[1], 24)
    np.testing.assert_allclose(taken.network.parameters, whole.network.parameters, rtol=0, atol=1e-6)
    assert (taken.step, taken.epoch) == (24, whole.epoch)
    assert taken.batches.peek().tolist() == whole.batches.peek().tolist()
    assert taken.checkpoint().dropout_state == whole.checkpoint().dropout_state


@pytest.mark.parametrize("rates", [(0.01, 0.03, 0.02), (0.01, 1e6, 0.02), (1e6, 0.01, 0.02)], ids=str)
def test_runs_with_one_seed_go_on_alone_in_the_orders_of_rows_they_would_have_taken(
    rates: tuple[float, ...],
) -> None:
    wild = {"optimizer": "sgd", "loss": "mse", "activation": "linear", "output_activation": "linear"}
    configs = [SMALL.replace(**wild, learning_rate=rate) for rate in rates]
    stacked = StackedTrainer.of(configs)
    stacked.train(43)

    for position in stacked.running:
        taken, whole = stacked.solo(position), alone(configs[position], 43)
        for _ in range(12):
            assert taken.batches.take().tolist() == whole.batches.take().tolist()


def test_runs_are_stacked_from_the_moment_where_they_are() -> None:
    trainers = [alone(SMALL.replace(weights_seed=seed), 8) for seed in range(3)]

    stacked = StackedTrainer(trainers)
    stacked.train(10)

    assert stacked.step == 18
    whole = alone(SMALL.replace(weights_seed=2), 18)
    np.testing.assert_allclose(stacked.solo(2).network.parameters, whole.network.parameters, atol=1e-6)


def test_a_run_that_diverges_stops_alone_with_the_words_it_would_have_had() -> None:
    configs = [SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", activation="linear")]
    configs = [configs[0].replace(learning_rate=rate) for rate in (0.01, 1e6, 0.03)]
    stacked = StackedTrainer.of(configs)
    stacked.train(60)

    wild = Trainer(configs[1], timeline_bytes=0)
    with np.errstate(all="ignore"):
        while not wild.has_diverged:
            wild.advance()

    assert stacked.running == (0, 2)
    assert stacked.outcomes == [None, Outcome("diverged", wild.trouble), None]
    assert stacked.solo(1).step == wild.step
    for position in (0, 2):
        mine = stacked.solo(position).network.parameters
        np.testing.assert_allclose(mine, alone(configs[position], 60).network.parameters, atol=1e-6)


def test_all_runs_may_diverge() -> None:
    wild = SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
    stacked = StackedTrainer.of([wild, wild.replace(weights_seed=1)])

    stacked.train(100)
    stacked.epoch()

    assert stacked.running == ()
    assert all(outcome is not None and outcome.status == "diverged" for outcome in stacked.outcomes)
    for position, found in enumerate(stacked.measure()):
        ended = alone(stacked.solo(position).config, stacked.solo(position).step)
        assert ended.has_diverged
        assert found.train_loss == pytest.approx(ended.measure().train_loss, rel=1e-3)


def test_each_run_ends_at_its_own_last_epoch() -> None:
    stacked = StackedTrainer.of([SMALL.replace(epochs=epochs) for epochs in (1, 3, 2)])
    seen = []
    while stacked.running:
        stacked.epoch()
        seen.append(stacked.running)

    assert seen == [(1, 2), (1,), ()]
    assert [stacked.solo(position).epoch for position in range(3)] == [1, 3, 2]
    assert stacked.outcomes == [Outcome("finished")] * 3


def test_losses_and_accuracies_are_those_of_the_runs_alone() -> None:
    configs = [SMALL.replace(weights_seed=seed, data_seed=seed) for seed in range(3)]
    stacked = StackedTrainer.of(configs)
    stacked.train(20)

    for found, config in zip(stacked.measure(), configs, strict=True):
        wanted = alone(config, 20).measure()
        assert found.train_loss == pytest.approx(wanted.train_loss, abs=1e-6)
        assert found.test_loss == pytest.approx(wanted.test_loss, abs=1e-6)
        assert (found.train_accuracy, found.test_accuracy) == (wanted.train_accuracy, wanted.test_accuracy)


def test_the_surface_is_what_each_network_answers() -> None:
    points = np.random.default_rng(0).uniform(-6, 6, (50, 2))
    configs = [SMALL.replace(weights_seed=seed, standardize=seed == 1, data_seed=seed) for seed in range(3)]
    stacked = StackedTrainer.of(configs)
    stacked.train(20)

    surfaces = stacked.surface(points)

    assert surfaces.shape == (3, 50, 1)
    for position in range(3):
        trainer = stacked.solo(position)
        wanted = trainer.network.predict(trainer.problem.on_plane(points))
        np.testing.assert_allclose(surfaces[position], wanted, atol=1e-6)


def test_runs_with_other_networks_are_refused_in_words() -> None:
    with pytest.raises(EngineError, match="same layers"):
        StackedTrainer.of([SMALL, SMALL.replace(hidden_sizes=(5,))])


@pytest.mark.parametrize("changes", [{"batch_size": 9}, {"samples": 80}, {"remainder": "drop"}], ids=str)
def test_runs_whose_batches_are_not_in_step_are_refused_in_words(changes: dict[str, Any]) -> None:
    with pytest.raises(EngineError, match="in step"):
        StackedTrainer.of([SMALL, SMALL.replace(**changes)])


def test_runs_at_different_steps_are_refused_in_words() -> None:
    with pytest.raises(EngineError, match="same step"):
        StackedTrainer([alone(SMALL, 3), alone(SMALL, 4)])
