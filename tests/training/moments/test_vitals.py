from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import Conv2D, Dense, Dropout, Flatten, Network
from tui_nn.settings.config import Config
from tui_nn.training.branching import begin_branch
from tui_nn.training.moments.checkups import Checkup, Checkups
from tui_nn.training.moments.vitals import (
    LOOKED_ROWS,
    Vitals,
    is_flat_somewhere,
    looked_rows,
    measure_vitals,
    moved,
)
from tui_nn.training.snapshot import Metrics
from tui_nn.training.trainer import Trainer


def network(*layers: Any, inputs: int | tuple[int, ...] = 2) -> Network:
    return Network(inputs, layers, loss="mse", rng=np.random.default_rng(3))


def points(n: int = 50, columns: int = 2) -> np.ndarray:
    return np.random.default_rng(4).normal(size=(n, columns)).astype(np.float32)


def test_a_relu_that_answers_zero_to_every_sample_is_dead() -> None:
    net = network(Dense(6, "relu"), Dense(1, "linear"))
    net.layers[0].biases[:] = [-100, 0, -100, 100, 0, 0]

    vitals = measure_vitals(net, points(), 1)

    z = points() @ net.layers[0].weights + net.layers[0].biases
    assert vitals.dead == (int((np.maximum(z, 0).max(axis=0) == 0).sum()), 0)
    assert vitals.dead[0] == 2
    assert vitals.counted == (6, 0)
    assert vitals.saturated == (0, 0)


@pytest.mark.parametrize("name", ["gelu", "silu", "softplus", "mish"])
def test_smooth_relus_can_be_dead_too(name: str) -> None:
    net = network(Dense(4, name), Dense(1, "linear"))
    net.layers[0].biases[:] = [-60, 0, 0, 60]

    assert measure_vitals(net, points(), 1).dead == (1, 0)


def test_a_tanh_near_its_limits_for_nearly_all_samples_is_saturated() -> None:
    net = network(Dense(4, "tanh"), Dense(1, "linear"))
    net.layers[0].biases[:] = [9, -9, 0, 0]

    vitals = measure_vitals(net, points(), 1)

    slopes = 1 - np.tanh(points() @ net.layers[0].weights + net.layers[0].biases) ** 2
    assert vitals.saturated == (int(((slopes < 0.005).mean(axis=0) >= 0.95).sum()), 0)
    assert vitals.saturated[0] == 2
    assert vitals.dead == (0, 0)


def test_an_elu_on_its_floor_is_saturated_and_a_leaky_relu_never_is() -> None:
    for name, saturated in (("elu", 1), ("leaky_relu", 0)):
        net = network(Dense(3, name), Dense(1, "linear"))
        net.layers[0].biases[:] = [-30, 0, 0]

        assert measure_vitals(net, points(), 1).saturated == (saturated, 0)


@pytest.mark.parametrize("name", ["linear", "step", "sine", "softmax"])
def test_activations_that_are_nowhere_flat_or_never_learn_are_not_counted(name: str) -> None:
    assert not is_flat_somewhere(name)


def test_a_sure_output_is_no_trouble() -> None:
    net = network(Dense(2, "tanh"), Dense(1, "sigmoid"))
    net.layers[1].biases[:] = 50

    vitals = measure_vitals(net, points(), 1)

    assert (vitals.counted[-1], vitals.saturated[-1]) == (0, 0)


def test_a_filter_is_dead_where_it_is_silent_at_every_place() -> None:
    net = network(Conv2D(3, 3, activation="relu"), Flatten(), Dropout(0.5), Dense(1), inputs=(1, 6, 6))
    net.layers[0].weights[:] = 1.0
    net.layers[0].biases[:] = [-1e3, 0, 1]
    images = np.abs(points(8, 36)).reshape(8, 1, 6, 6)

    vitals = measure_vitals(net, images, 1)

    assert (vitals.counted, vitals.dead) == ((3, 0), (1, 0))


def test_norms_are_those_of_each_layer_s_gradient_and_parameters() -> None:
    trainer = Trainer(Config(samples=60, hidden_sizes=(5, 3)))
    for _ in range(7):
        trainer.advance()

    vitals = measure_vitals(trainer.network, points(), 7)

    for number, placed in enumerate(trainer.network.layers):
        gradient = math.sqrt((placed.grad_weights**2).sum() + (placed.grad_biases**2).sum())
        weights = math.sqrt((placed.weights**2).sum() + (placed.biases**2).sum())
        assert vitals.gradient_norms[number] == pytest.approx(gradient, rel=1e-5)
        assert vitals.weight_norms[number] == pytest.approx(weights, rel=1e-5)
    assert vitals.gradient_norm == pytest.approx(np.linalg.norm(trainer.network.gradients), rel=1e-5)


def test_before_the_first_step_there_is_no_gradient() -> None:
    vitals = measure_vitals(network(Dense(1)), points(), 0)

    assert math.isnan(vitals.gradient_norms[0])
    assert vitals.gradient_norm == 0.0


def test_motion_is_the_mean_way_of_a_step_as_a_part_of_the_size() -> None:
    then, now = np.array([3.0, 0.0, 4.0]), np.array([3.0, 1.0, 4.0])

    assert moved(10, then, 20, now) == pytest.approx(1 / math.sqrt(26) / 10)
    assert math.isnan(moved(10, then, 20, now[:2]))
    assert math.isnan(moved(10, then, 10, now))


def test_large_networks_are_looked_at_with_fewer_samples() -> None:
    large = Network(784, [Dense(1024, "relu"), Dense(10)], loss="mse", rng=np.random.default_rng(0))

    assert looked_rows(network(Dense(1)), 1000) == LOOKED_ROWS
    assert looked_rows(network(Dense(1)), 30) == 30
    assert 16 <= looked_rows(large, 1000) < LOOKED_ROWS


def checkup(step: int) -> Checkup:
    return Checkup(step, Metrics(), Vitals(step, (), (), (), (), (), math.nan))


def test_checkups_are_halved_when_they_are_full() -> None:
    checkups = Checkups(interval=2, capacity=8)
    for step in range(0, 201):
        if checkups.is_due(step):
            checkups.add(checkup(step))

    steps = [c.step for c in checkups.all]
    assert len(steps) < 8
    assert steps[0] == 0
    assert set(np.diff(steps)) == {checkups.interval}


def test_a_run_that_went_back_forgets_later_checkups() -> None:
    checkups = Checkups()
    for step in (0, 1, 2, 3, 1):
        checkups.add(checkup(step))

    assert [c.step for c in checkups.all] == [0, 1]
    assert [c.step for c in checkups.since(1)] == [1]


def test_a_trainer_looks_at_itself_when_it_records() -> None:
    trainer = Trainer(Config(samples=60))
    for _ in range(4):
        trainer.advance()
        trainer.record()

    assert [c.step for c in trainer.checkups.all] == [0, 1, 2, 3, 4]
    assert trainer.checkups.last is not None
    assert trainer.checkups.last.metrics == trainer.recorded
    assert 0 < trainer.checkups.last.vitals.motion < 1


def test_a_branch_keeps_the_checkups_before_it() -> None:
    trainer = Trainer(Config(samples=60))
    for _ in range(6):
        trainer.advance()
        trainer.record()
    trainer.rewind_to_step(3)
    begin_branch(trainer)

    assert [c.step for c in trainer.checkups.all] == [0, 1, 2, 3]


def test_looking_at_itself_changes_nothing_of_a_run() -> None:
    trainers = [Trainer(Config(samples=60, dropout=0.2, batch_norm=True)) for _ in range(2)]
    for number, trainer in enumerate(trainers):
        for _ in range(20):
            trainer.advance()
            if number:
                trainer.record()

    np.testing.assert_array_equal(trainers[0].network.parameters, trainers[1].network.parameters)


def test_a_large_network_is_looked_at_less_often_but_at_its_first_step() -> None:
    trainer = Trainer(Config(dataset="digits", samples=400, hidden_sizes=(32,), batch_size=100))
    for _ in range(18):
        trainer.advance()
        trainer.record()

    # 4 times 200 rows are trained on in 8 steps of 100.
    assert [c.step for c in trainer.checkups.all] == [0, 1, 8, 16]
