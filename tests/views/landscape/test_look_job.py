from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.training.holding import hold_parameter
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.trainer import Trainer
from tui_nn.views.landscape.look_job import (
    CHUNK_S,
    MOST_ROWS,
    SIZES,
    LandscapeJob,
    chosen_rows,
    coarse_to_fine,
    filter_normalised,
)
from tui_nn.views.landscape.values import Work

SMALL = Config(samples=120, dtype="float64", hidden_sizes=(4, 3))


@dataclass(frozen=True)
class Kept:
    step: int
    parameters: np.ndarray


def trained(config: Config = SMALL, steps: int = 30) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.advance()
    return trainer


def finished(trainer: Trainer, **wanted: Any) -> LandscapeJob:
    job = LandscapeJob(trainer, **{"size": 17, **wanted})
    while job.is_working:
        job.work_on(lambda: 0.0)
    return job


def mean_loss(trainer: Trainer, parameters: np.ndarray, rows: np.ndarray) -> float:
    """Return the binary cross-entropy of a tanh network, written out."""
    a, at = trainer.problem.train.inputs()[rows], 0
    sizes = trainer.network.layer_sizes
    for fan_in, fan_out in pairwise(sizes):
        block = parameters[at : at + (fan_in + 1) * fan_out].reshape(fan_in + 1, fan_out)
        z, at = a @ block[:-1] + block[-1], at + block.size
        a = np.tanh(z)
    t = trainer.problem.train.targets[rows]
    return float(np.mean(np.log1p(np.exp(z[:, 0])) - t * z[:, 0]))


def test_the_middle_is_the_loss_of_the_network_itself() -> None:
    trainer = trained()
    job = finished(trainer)

    rows = chosen_rows(60, trainer.network)
    own = trainer.network.loss_value(trainer.problem.train.inputs()[rows], trainer.problem.train.coded[rows])
    assert job.middle_loss == own
    assert job.values[8, 8] == np.float32(own)
    assert own == pytest.approx(mean_loss(trainer, trainer.network.parameters, rows))


def test_every_point_is_the_loss_of_weights_moved_along_both_directions() -> None:
    trainer = trained()
    job = finished(trainer, seed=5, span=0.5)
    right, up = filter_normalised(trainer.network, 5)

    rows = chosen_rows(60, trainer.network)
    for row, column in ((0, 0), (0, 16), (3, 8), (11, 2)):
        moved = trainer.network.parameters + 0.5 * (column - 8) / 8 * right + 0.5 * (8 - row) / 8 * up
        assert job.values[row, column] == pytest.approx(mean_loss(trainer, moved, rows), rel=1e-6)


@pytest.mark.parametrize(
    "config",
    [
        SMALL,
        Config(dataset="digits", samples=40, hidden_sizes=("3c3", "p2", 8)),
        SMALL.replace(batch_norm=True),
    ],
    ids=["dense", "filters", "batch norm"],
)
def test_each_neurons_part_of_a_direction_is_as_long_as_its_weights(config: Config) -> None:
    network = trained(config, 3).network
    for direction in filter_normalised(network, 1):
        for placed in network.layers:
            size = placed.weights.size
            moves = direction[placed.start : placed.start + size].reshape(placed.weights.shape)
            biases = direction[placed.start + size : placed.start + placed.block.size]
            assert not biases.any()
            expected = np.linalg.norm(placed.weights, axis=0) * placed.layer.is_regularized
            assert np.linalg.norm(moves, axis=0) == pytest.approx(expected, rel=1e-5)


def test_directions_come_from_their_seed() -> None:
    network = trained().network

    first, again, other = (filter_normalised(network, seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.isclose(first, other)[:, network.weight_mask].any()
    assert abs(first[0] @ first[1]) < 0.9 * np.linalg.norm(first[0]) * np.linalg.norm(first[1])


def test_what_is_dead_or_held_does_not_move() -> None:
    trainer = trained()
    trainer.network.load_state({**trainer.network.state(), "alive": np.arange(31) != 0})
    hold_parameter(trainer.network, "freeze", 0, 1, 2, True)

    directions = filter_normalised(trainer.network, 0)

    assert not directions[:, [0, 6]].any()
    assert np.linalg.norm(directions[0, [2]]) > 0


def test_the_same_seed_gives_the_same_landscape() -> None:
    one, same, other = (finished(trained(), seed=seed).values for seed in (1, 1, 2))

    assert one.tobytes() == same.tobytes()
    assert (one != other).any()


def test_every_point_is_computed_once_coarse_ones_first() -> None:
    points = list(coarse_to_fine(17))

    assert sorted((row, column) for row, column, _ in points) == [
        (r, c) for r in range(17) for c in range(17)
    ]
    assert [stride for *_, stride in points] == sorted((stride for *_, stride in points), reverse=True)
    assert points[:25] == [(r, c, 4) for r in range(0, 17, 4) for c in range(0, 17, 4)]


def test_after_the_first_pass_there_is_a_whole_picture(ticking: Callable[[float], Any]) -> None:
    job = LandscapeJob(trained(), size=17)
    clock = ticking(CHUNK_S / 24.5)
    job.work_on(clock)

    assert job.n_done == 25
    assert np.isfinite(job.values).all()
    assert job.values[1, 1] == job.values[0, 0]
    assert job.is_working


def test_a_landscape_stops_when_told(ticking: Callable[[float], Any]) -> None:
    trainer = trained()
    job = LandscapeJob(trainer)
    job.work_on(ticking(1.0))
    job.stop()
    job.work_on(ticking(1.0))

    seen = job.look(trainer)
    assert (seen.work, seen.n_done, seen.n_wanted) == (Work.STOPPED, 1, 65 * 65)


def test_a_finished_landscape_is_not_stopped() -> None:
    job = finished(trained())
    job.stop()

    assert job.work is Work.DONE


def test_computing_changes_nothing_of_the_run() -> None:
    watched, alone = (Trainer(SMALL.replace(dropout=0.2)) for _ in range(2))
    job = LandscapeJob(watched, size=17)
    for _ in range(40):
        watched.advance()
        job.work_on(lambda: 0.0)
        job.look(watched, [Kept(0, watched.network.parameters.copy())])
        alone.advance()

    assert watched.network.parameters.tobytes() == alone.network.parameters.tobytes()
    assert watched.checkpoint().dropout_state == alone.checkpoint().dropout_state


def test_the_landscape_stays_around_its_middle_while_the_network_moves() -> None:
    trainer = trained()
    job = LandscapeJob(trainer, size=17)
    job.work_on(lambda: 0.0)
    for _ in range(20):
        trainer.advance()
    while job.is_working:
        job.work_on(lambda: 0.0)

    assert job.values.tobytes() == finished(trained()).values.tobytes()
    assert job.look(trainer).step == 30


def test_places_are_the_nearest_points_of_the_slice() -> None:
    trainer = trained()
    job = finished(trainer, seed=7)
    right, up = filter_normalised(trainer.network, 7)
    aside = np.random.default_rng(1).normal(size=right.size)
    basis = np.stack([right, up])
    aside -= np.linalg.lstsq(basis.T, aside, rcond=None)[0] @ basis

    here = job.look(trainer)
    trainer.network.parameters += 0.25 * right - 0.5 * up + aside
    there = job.look(trainer)

    assert (here.place.tolist(), here.place_share) == ([0, 0], 1)
    assert there.place == pytest.approx([0.25, -0.5], rel=1e-5)
    way = 0.25 * right - 0.5 * up
    expected = np.linalg.norm(way) / np.linalg.norm(way + aside)
    assert there.place_share == pytest.approx(expected)
    assert there.place_loss == pytest.approx(
        mean_loss(trainer, trainer.network.parameters, chosen_rows(60, trainer.network))
    )


def test_the_path_is_where_the_run_was() -> None:
    trainer = trained()
    job = finished(trainer)
    right, up = filter_normalised(trainer.network, 0)
    moments = [Kept(step, trainer.network.parameters + step * right - up) for step in range(5)]

    path = job.look(trainer, moments).path
    longer = job.look(trainer, [*moments[1:], Kept(9, trainer.network.parameters)]).path

    assert path == pytest.approx(np.array([[step, -1] for step in range(5)]), abs=1e-5)
    assert longer[-1] == pytest.approx([0, 0], abs=1e-6)
    assert len(longer) == 5


def test_moments_of_another_network_are_left_out() -> None:
    trainer = trained()

    assert finished(trainer).look(trainer, [Kept(0, np.zeros(3))]).path.shape == (0, 2)


def test_a_long_path_of_a_large_network_is_projected_over_several_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trainer = trained()
    job = finished(trainer)
    monkeypatch.setattr("tui_nn.views.landscape.look_job.PATH_VALUES", 3 * trainer.network.n_parameters)
    moments = [Kept(step, trainer.network.parameters * (1 + step / 9)) for step in range(8)]

    assert [len(job.look(trainer, moments).path) for _ in range(4)] == [3, 6, 8, 8]


def test_there_is_no_landscape_around_weights_that_are_not_finite() -> None:
    trainer = trained()
    trainer.network.parameters[3] = np.inf

    with pytest.raises(EngineError, match="not finite"):
        LandscapeJob(trainer)


def test_a_landscape_belongs_to_its_architecture_and_its_data() -> None:
    def still_fits(**changes: Any) -> bool:
        trainer = trained()
        job = LandscapeJob(trainer)
        reconfigure(trainer, trainer.config.replace(**changes))
        return job.fits(trainer)

    assert still_fits(learning_rate=0.5, optimizer="sgd", batch_size=3, regularization="l2")
    assert not still_fits(hidden_sizes=(4, 4))
    assert not still_fits(activation="relu")
    assert not still_fits(data_seed=3)
    assert not still_fits(loss="mse")


def test_large_networks_have_fewer_rows_and_points() -> None:
    small, large = Trainer(SMALL), Trainer(Config(dataset="digits", samples=2000, hidden_sizes=(128,)))

    assert len(chosen_rows(10_000, small.network)) == MOST_ROWS
    job = LandscapeJob(large)
    seen = job.look(large)
    assert (seen.n_rows, seen.n_train) == (294, 1000)
    assert job.size == SIZES[1]
    assert np.array_equal(chosen_rows(1000, large.network), chosen_rows(1000, large.network))
