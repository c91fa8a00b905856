from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.comparing.comparison import Comparison
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7, hidden_sizes=(4,))
RATES = [SMALL.replace(learning_rate=rate) for rate in (0.003, 0.01, 0.03)]
MIXED = [*RATES, SMALL.replace(hidden_sizes=(3, 2)), SMALL.replace(optimizer="sgd"), RATES[0]]
"""Some of one shape, apart from one another, some of another."""


def alone(config: Config, steps: int, trainer: Trainer | None = None) -> Trainer:
    trainer = trainer or Trainer(config, timeline_bytes=0)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            trainer.advance()
            if trainer.history.is_due(trainer.step):
                trainer.record()
    return trainer


def assert_same(comparison: Comparison, position: int, wanted: Trainer) -> None:
    found = comparison.checkpoint(position)
    assert (found.step, found.config) == (wanted.step, wanted.config)
    np.testing.assert_allclose(found.parameters, wanted.network.parameters, rtol=0, atol=1e-5)


def test_every_run_is_what_it_would_be_alone() -> None:
    comparison = Comparison.of(MIXED)

    comparison.advance(30)

    for position, (config, standing) in enumerate(zip(MIXED, comparison.standings(), strict=True)):
        wanted = alone(config, 30)
        assert_same(comparison, position, wanted)
        assert (standing.config, standing.step, standing.epoch) == (config, 30, wanted.epoch)
        assert standing.metrics.test_loss == pytest.approx(wanted.measure().test_loss, abs=1e-4)
        found, curves = comparison.curves(position), wanted.history.curves()
        assert found.steps.tolist() == curves.steps.tolist()
        np.testing.assert_allclose(found.train_loss, curves.train_loss, atol=1e-4)


def test_a_comparison_from_a_moment_goes_on_from_there() -> None:
    moment = alone(SMALL, 12).checkpoint()

    comparison = Comparison.from_moment(moment, RATES)
    comparison.advance(10)

    assert_same(comparison, 2, alone(SMALL, 22))
    assert [standing.step for standing in comparison.standings()] == [22] * 3
    assert not np.array_equal(comparison.checkpoint(0).parameters, comparison.checkpoint(1).parameters)


def test_maps_of_all_runs_come_in_one_call() -> None:
    points = np.random.default_rng(0).uniform(-6, 6, (40, 2))
    comparison = Comparison.of(MIXED)
    comparison.advance(20)

    for position, surface in enumerate(comparison.surfaces(points)):
        wanted = alone(MIXED[position], 20)
        np.testing.assert_allclose(
            surface, wanted.network.predict(wanted.problem.on_plane(points)), atol=1e-4
        )


@pytest.mark.parametrize(
    "changes", [{"learning_rate": 0.1}, {"hidden_sizes": (6,)}, {"batch_size": 5}, {"noise": 0.3}], ids=str
)
def test_a_changed_run_goes_on_from_where_it_is_and_the_others_as_before(changes: dict[str, Any]) -> None:
    comparison = Comparison.of(RATES)
    comparison.advance(15)

    comparison.change(1, RATES[1].replace(**changes))
    comparison.advance(15)

    assert [standing.step for standing in comparison.standings()] == [30] * 3
    assert comparison.standings()[1].config == RATES[1].replace(**changes)
    for position in (0, 2):
        assert_same(comparison, position, alone(RATES[position], 30))


def test_an_added_run_is_as_far_as_the_others() -> None:
    comparison = Comparison.of(RATES)
    comparison.advance(15)
    added = SMALL.replace(weights_seed=5)

    comparison.add(added)
    comparison.advance(5)

    assert len(comparison) == 4
    assert_same(comparison, 3, alone(added, 20))
    assert_same(comparison, 0, alone(RATES[0], 20))


def test_a_run_that_is_dropped_leaves_the_others_as_they_were() -> None:
    comparison = Comparison.of(RATES)
    comparison.advance(15)

    comparison.drop(1)
    comparison.advance(5)

    assert [standing.config for standing in comparison.standings()] == [RATES[0], RATES[2]]
    assert_same(comparison, 1, alone(RATES[2], 20))


def test_a_run_that_is_taken_over_can_go_on_there_and_here() -> None:
    comparison = Comparison.of([config.replace(dropout=0.2) for config in RATES])
    comparison.advance(15)

    taken = Trainer(RATES[0], timeline_bytes=0)
    taken.load(comparison.checkpoint(1))
    alone(SMALL, 9, taken)
    comparison.advance(9)

    assert_same(comparison, 1, taken)


def test_ended_runs_stay_as_they_ended_until_they_are_changed_or_reset() -> None:
    stopping = RATES[1].replace(stop_epochs=1)
    wild = RATES[2].replace(optimizer="sgd", loss="mse", output_activation="linear", activation="linear")
    comparison = Comparison.of([RATES[0], stopping, wild.replace(learning_rate=1e6), RATES[2]])
    comparison.advance(40)

    standings = comparison.standings()
    kinds = [None if standing.outcome is None else standing.outcome.status for standing in standings]
    assert kinds == [None, "stopped", "diverged", None]
    assert standings[1].epoch == 1
    assert standings[0].step == 40

    comparison.change(1, stopping.replace(stop_epochs=None))
    comparison.advance(1)
    assert comparison.standings()[1].step == standings[1].step + 1
    comparison.reset()
    assert [standing.step for standing in comparison.standings()] == [0] * 4
    assert all(standing.outcome is None for standing in comparison.standings())


def test_a_comparison_is_over_when_every_run_has_ended() -> None:
    comparison = Comparison.of([config.replace(stop_epochs=2) for config in RATES])
    assert not comparison.is_over

    comparison.advance(100)

    assert comparison.is_over


def test_networks_that_cannot_be_stacked_are_compared_too() -> None:
    digits = Config(dataset="digits", samples=60, hidden_sizes=("2c3", "p2"), batch_size=20)
    comparison = Comparison.of([digits, digits.replace(weights_seed=1)])

    comparison.advance(2)

    assert_same(comparison, 1, alone(digits.replace(weights_seed=1), 2))
