from __future__ import annotations

import dataclasses
import json
import math
import pickle
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, EngineError
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Setting
from tui_nn.training.holding import type_over
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7)
"""30 training samples in batches of 7: an epoch does not come out even."""


def trained(config: Config = SMALL, steps: int = 20) -> Trainer:
    """Return a trainer after some steps; 20 steps of SMALL end within an epoch."""
    trainer = Trainer(config)
    advance(trainer, steps)
    return trainer


def advance(trainer: Trainer, steps: int) -> None:
    with np.errstate(all="ignore"):
        for _ in range(steps):
            trainer.advance()
            trainer.record()


def bits(trainer: Trainer) -> tuple[Any, ...]:
    """Return all that training has made, down to the last bit."""
    curves = trainer.history.curves()
    return (
        trainer.step,
        trainer.epoch,
        trainer.network.parameters.tobytes(),
        trainer.optimizer.state.tobytes(),
        trainer.optimizer.steps,
        trainer.batches.state()["order"].tobytes(),
        curves.steps.tobytes(),
        curves.train_loss.tobytes(),
    )


def weights(trainer: Trainer, layer: int) -> np.ndarray:
    return np.array(trainer.network.layers[layer].weights)


def test_training_lowers_the_loss() -> None:
    trainer = Trainer(SMALL)
    before = trainer.measure().train_loss
    advance(trainer, 100)

    assert trainer.measure().train_loss < 0.5 * before


def test_steps_and_epochs_are_counted() -> None:
    # 30 samples in batches of 7: four full ones and one of 2, so step 20 ends the fourth epoch.
    trainer = trained(steps=19)
    assert (trainer.step, trainer.epoch) == (19, 3)

    advance(trainer, 1)
    assert (trainer.step, trainer.epoch) == (20, 4)


def test_the_same_config_gives_the_same_bits() -> None:
    assert bits(trained()) == bits(trained())


@pytest.mark.parametrize("changes", [{"weights_seed": 1}, {"data_seed": 1}])
def test_another_seed_gives_another_run(changes: dict[str, int]) -> None:
    assert bits(trained(SMALL.replace(**changes))) != bits(trained())


def test_the_weights_do_not_depend_on_the_data() -> None:
    first, other = Trainer(SMALL), Trainer(SMALL.replace(data_seed=1, samples=80))

    assert np.array_equal(first.network.parameters, other.network.parameters)


def test_the_data_does_not_depend_on_the_weights() -> None:
    first, other = Trainer(SMALL), Trainer(SMALL.replace(weights_seed=1, hidden_sizes=(9,)))

    assert np.array_equal(first.problem.train.raw, other.problem.train.raw)


def test_a_reset_gives_the_same_first_weights_and_the_same_run() -> None:
    trainer, fresh = trained(), Trainer(SMALL)
    trainer.start()
    assert bits(trainer) == bits(fresh)

    advance(trainer, 20)
    assert bits(trainer) == bits(trained())


def test_a_reset_keeps_the_data() -> None:
    trainer = trained()
    data, version = trainer.problem, trainer.data_version
    trainer.start()

    assert trainer.problem is data
    assert trainer.data_version == version


def test_measuring_changes_nothing() -> None:
    trainer = trained()
    before = bits(trainer)
    trainer.measure()

    assert bits(trainer) == before


RESUMED = [
    *({"optimizer": name} for name in OPTIMIZERS),
    {"remainder": "carry"},
    {"remainder": "drop"},
    {"shuffle": "once"},
    {"regularization": "l1", "regularization_rate": 0.03, "learning_rate": 0.1},
    {"clip_norm": 0.1},
    {"dtype": "float64"},
    {"batch_size": None},
    {"dataset": "rings", "classes": 3},
    {"dataset": "reg-gauss"},
]


@pytest.mark.parametrize("changes", RESUMED, ids=str)
def test_a_run_goes_on_from_a_checkpoint_with_the_same_bits(changes: dict[str, Any]) -> None:
    config = SMALL.replace(**changes)
    trainer = trained(config, steps=18)
    checkpoint = pickle.loads(pickle.dumps(trainer.checkpoint()))
    other = Trainer(config)
    other.load(checkpoint)
    assert bits(other) == bits(trainer)

    advance(trainer, 30)
    advance(other, 30)
    assert bits(other) == bits(trainer)


def test_a_checkpoint_brings_its_config_and_its_data() -> None:
    other = Trainer(Config(dataset="rings", classes=3, hidden_sizes=(5,)))
    version = other.data_version
    other.load(trained().checkpoint())

    assert other.config == SMALL
    assert other.data_version != version
    assert bits(other) == bits(trained())


def test_a_checkpoint_is_not_touched_by_going_on() -> None:
    trainer = trained()
    checkpoint = trainer.checkpoint()
    advance(trainer, 10)
    trainer.load(checkpoint)

    assert bits(trainer) == bits(trained())


def test_a_loaded_run_is_measured_as_it_is() -> None:
    other = Trainer(SMALL)
    other.load(trained(steps=100).checkpoint())

    assert other.recorded == trained(steps=100).measure()


RESHAPING = {"batch_norm", "hidden_sizes", "features"}
"""Settings that change which weights there are."""


def other_value(setting: Setting) -> Any:
    """Return the value that an arrow key leads to from the default."""
    for step in (1, -1):
        value = setting.kind.neighbor(setting.default, step)
        if value != setting.default:
            break
    return value


@pytest.mark.parametrize("name", [name for name in SETTINGS if name not in RESHAPING])
def test_no_setting_but_the_shape_of_the_network_touches_its_weights(name: str) -> None:
    config = SMALL.replace(loss="mse")
    trainer = trained(config)
    before = trainer.network.parameters.copy()
    reconfigure(trainer, config.replace(**{name: other_value(SETTINGS[name])}))

    assert np.array_equal(trainer.network.parameters, before)
    assert (trainer.step, trainer.epoch) == (20, 4)
    advance(trainer, 5)
    assert not np.array_equal(trainer.network.parameters, before)


def test_a_changed_activation_is_used() -> None:
    trainer = trained()
    reconfigure(trainer, SMALL.replace(activation="relu"))

    assert [placed.activation for placed in trainer.network.layers] == ["relu", "relu", "sigmoid"]


def test_adam_remembers_over_a_change_of_another_setting() -> None:
    trainer = trained()
    before = trainer.optimizer.state.copy()
    reconfigure(trainer, SMALL.replace(activation="relu"))

    assert before.any()
    assert np.array_equal(trainer.optimizer.state, before)
    assert trainer.optimizer.steps == 20


def test_another_optimizer_begins_with_nothing_remembered() -> None:
    trainer = trained()
    reconfigure(trainer, SMALL.replace(optimizer="momentum"))

    assert not trainer.optimizer.state.any()
    assert trainer.optimizer.steps == 0


def test_the_learning_rate_of_the_next_step_is_the_new_one() -> None:
    config = SMALL.replace(optimizer="sgd", learning_rate=0.1)
    slow, fast = trained(config), trained(config)
    reconfigure(fast, config.replace(learning_rate=0.2))
    before = slow.network.parameters.astype(np.float64)
    advance(slow, 1)
    advance(fast, 1)

    assert fast.network.parameters - before == pytest.approx(
        2 * (slow.network.parameters - before), rel=1e-4, abs=1e-6
    )


def test_a_new_neuron_starts_small_beside_the_old_ones() -> None:
    trainer = trained()
    first, second = weights(trainer, 0), weights(trainer, 1)
    reconfigure(trainer, SMALL.replace(hidden_sizes=(5, 2)))

    assert weights(trainer, 0).shape == (2, 5)
    assert np.array_equal(weights(trainer, 0)[:, :4], first)
    assert np.array_equal(weights(trainer, 1)[:4], second)
    assert np.abs(weights(trainer, 0)[:, 4]).max() < 0.2
    assert np.abs(weights(trainer, 1)[4]).max() < 0.2


def test_a_neuron_that_goes_leaves_the_others_as_they_are() -> None:
    trainer = trained()
    first, second = weights(trainer, 0), weights(trainer, 1)
    reconfigure(trainer, SMALL.replace(hidden_sizes=(3, 2)))

    assert np.array_equal(weights(trainer, 0), first[:, :3])
    assert np.array_equal(weights(trainer, 1), second[:3])


def test_a_neuron_that_comes_back_has_the_weights_it_had() -> None:
    trainer = trained()
    before = trainer.network.parameters.copy()
    reconfigure(trainer, SMALL.replace(hidden_sizes=(3, 2)))
    reconfigure(trainer, SMALL)

    assert np.array_equal(trainer.network.parameters, before)


def test_a_new_layer_leaves_the_layers_below_it_as_they_are() -> None:
    trainer = trained()
    first, second = weights(trainer, 0), weights(trainer, 1)
    reconfigure(trainer, SMALL.replace(hidden_sizes=(4, 2, 3)))

    assert np.array_equal(weights(trainer, 0), first)
    assert np.array_equal(weights(trainer, 1), second)


def test_features_that_stay_keep_their_weights() -> None:
    trainer = trained()
    before = weights(trainer, 0)
    reconfigure(trainer, SMALL.replace(features=("y", "xy")))

    assert np.array_equal(weights(trainer, 0)[0], before[1])
    assert trainer.problem.train.inputs().shape == (30, 2)


def test_more_classes_leave_the_hidden_layers_as_they_are() -> None:
    trainer = trained()
    first = weights(trainer, 0)
    reconfigure(trainer, SMALL.replace(dataset="rings", classes=3))

    assert np.array_equal(weights(trainer, 0), first)
    assert trainer.network.layer_sizes == (2, 4, 2, 3)


def test_float64_keeps_every_bit_of_float32() -> None:
    trainer = trained()
    before = trainer.network.parameters.copy()
    reconfigure(trainer, SMALL.replace(dtype="float64"))

    assert trainer.network.parameters.dtype == np.float64
    assert np.array_equal(trainer.network.parameters.astype(np.float32), before)


def test_new_first_weights_wait_for_the_reset() -> None:
    trainer, config = trained(), SMALL.replace(weights_seed=9, initializer="he")
    reconfigure(trainer, config)
    trainer.start()

    assert bits(trainer) == bits(Trainer(config))


@pytest.mark.parametrize("changes", [{"noise": 0.4}, {"data_seed": 3}, {"dataset": "circle"}])
def test_new_data_has_a_new_version(changes: dict[str, Any]) -> None:
    trainer = trained()
    version = trainer.data_version
    reconfigure(trainer, SMALL.replace(**changes))

    assert trainer.data_version != version
    assert np.array_equal(trainer.problem.train.raw, Trainer(SMALL.replace(**changes)).problem.train.raw)


def test_one_weight_or_bias_can_be_given_a_value() -> None:
    trainer = trained()
    expected = trainer.network.parameters.copy()
    # Four neurons with inputs x and y: weights row by row, then the biases.
    expected[1 * 4 + 3], expected[2 * 4 + 0] = 0.25, -2
    type_over(trainer.network, 0, source=1, unit=3, value=0.25)
    type_over(trainer.network, 0, source=None, unit=0, value=-2)

    assert np.array_equal(trainer.network.parameters, expected)


@pytest.mark.parametrize(
    ("layer", "source", "unit"), [(3, 0, 0), (-1, 0, 0), (0, 2, 0), (0, 0, 4), (0, None, 4)]
)
def test_a_weight_that_is_not_there_is_refused(layer: int, source: int | None, unit: int) -> None:
    trainer = trained()
    before = bits(trainer)
    with pytest.raises(EngineError, match="no longer exists"):
        type_over(trainer.network, layer, source, unit, 1.0)

    assert bits(trainer) == before


def test_settings_in_passing_leave_network_and_data_alone() -> None:
    trainer = trained()
    network, problem = trainer.network, trainer.problem
    reconfigure(trainer, SMALL.replace(learning_rate=1.0, fps=20, epochs=3))

    assert trainer.network is network
    assert trainer.problem is problem


def test_a_batch_larger_than_the_new_data_is_lowered_with_a_sentence() -> None:
    trainer = trained(SMALL.replace(batch_size=30))
    message = reconfigure(trainer, SMALL.replace(batch_size=30, samples=20))

    assert "30" in message
    assert "10" in message
    assert trainer.config.batch_size == 10
    advance(trainer, 1)
    assert trainer.epoch == 21


def test_a_changed_size_of_the_data_begins_a_new_epoch_and_counts_on() -> None:
    trainer = trained()
    reconfigure(trainer, SMALL.replace(samples=80))
    advance(trainer, 6)

    assert trainer.epoch == 5


def test_a_change_to_many_samples_records_less_often() -> None:
    # 2000 rows of each set are measured for a record: four times as many are trained on in 1600 steps of 10.
    trainer = trained()
    reconfigure(trainer, SMALL.replace(samples=20_000, batch_size=10))

    assert trainer.history.interval >= 1600


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"loss": "mse", "output_activation": "linear", "learning_rate": 1e6}, "learning rate 1e+06"),
        ({"dataset": "reg-plane", "activation": "relu", "learning_rate": 1e5}, "learning rate 100000"),
    ],
    ids=str,
)
def test_numbers_that_grow_too_large_are_trouble_in_words(changes: dict[str, Any], cause: str) -> None:
    trainer = Trainer(SMALL.replace(optimizer="sgd", **changes))
    with np.errstate(all="ignore"):
        while not trainer.has_diverged and trainer.step < 1000:
            trainer.advance()

    assert trainer.has_diverged
    assert f"at step {trainer.step}" in trainer.trouble
    assert cause in trainer.trouble


def test_a_run_that_diverged_has_no_numbers_that_json_cannot_hold() -> None:
    trainer = Trainer(
        SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
    )
    advance(trainer, 30)

    assert trainer.has_diverged
    assert json.dumps(dataclasses.asdict(trainer.measure()), allow_nan=False)


def test_a_reset_ends_the_trouble() -> None:
    config = SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
    trainer = Trainer(config)
    with np.errstate(all="ignore"):
        while not trainer.has_diverged:
            trainer.advance()
    trainer.start()

    assert not trainer.has_diverged
    assert math.isfinite(trainer.measure().train_loss)
