from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.record import make_record
from tui_nn.training.snapshot import Metrics
from tui_nn.training.trainer import Trainer

KEYS = [
    *("dataset", "data_seed", "weights_seed", "layer_sizes", "parameters", "epochs", "steps"),
    *("seconds", "steps_per_second", "samples_per_second", "train_loss", "test_loss"),
    *("train_accuracy", "test_accuracy", "best_possible_accuracy", "status"),
]
REGRESSION_KEYS = ["train_r2", "test_r2", "train_rmse", "test_rmse"]


def record(seconds: float = 2.0, steps: int = 10, **changes: Any) -> dict[str, Any]:
    trainer = Trainer(Config(samples=60, batch_size=7, **changes))
    for _ in range(steps):
        trainer.advance()
    return make_record(trainer, trainer.measure(), seconds, "finished")


def test_a_record_has_the_names_of_the_settings_page_in_their_order() -> None:
    assert list(record()) == KEYS


def test_a_regression_has_its_own_names_too() -> None:
    made = record(dataset="reg-plane")

    assert list(made) == KEYS + REGRESSION_KEYS
    assert (made["train_accuracy"], made["test_accuracy"], made["best_possible_accuracy"]) == (None,) * 3
    assert all(isinstance(made[name], float) for name in REGRESSION_KEYS)


def test_a_record_says_what_was_run() -> None:
    made = record(data_seed=3, weights_seed=4, hidden_sizes=(5,))

    assert (made["dataset"], made["data_seed"], made["weights_seed"]) == ("moons", 3, 4)
    assert made["layer_sizes"] == [2, 5, 1]
    assert made["parameters"] == 2 * 5 + 5 + 5 * 1 + 1
    assert made["status"] == "finished"


def test_speeds_follow_from_steps_and_seconds() -> None:
    # 30 training samples in 5 steps an epoch: 6 samples a step.
    made = record(seconds=2.0, steps=10)

    assert (made["steps"], made["epochs"], made["seconds"]) == (10, 2, 2.0)
    assert made["steps_per_second"] == 5
    assert made["samples_per_second"] == 30


@pytest.mark.parametrize(("remainder", "samples_per_step"), [("use", 6), ("drop", 7), ("carry", 7.5)])
def test_samples_per_second_count_what_was_trained_on(remainder: str, samples_per_step: float) -> None:
    # 30 samples in batches of 7: 5 steps with the remainder, 4 without; carried, 4 steps train on all 30.
    assert record(remainder=remainder)["samples_per_second"] == pytest.approx(5 * samples_per_step)


def test_no_speed_is_claimed_where_no_time_has_passed() -> None:
    assert record(seconds=0.0, steps=0)["steps_per_second"] is None
    assert record(seconds=0.0, steps=0)["samples_per_second"] is None


def test_the_best_possible_accuracy_stands_beside() -> None:
    assert 0.99 < record()["best_possible_accuracy"] <= 1


def test_without_a_test_set_its_numbers_are_null() -> None:
    made = record(train_fraction=1.0)

    assert (made["test_loss"], made["test_accuracy"]) == (None, None)
    assert made["train_loss"] is not None


def test_what_is_not_a_number_is_null() -> None:
    trainer = Trainer(Config())
    made = make_record(trainer, Metrics(train_loss=math.nan, test_loss=math.inf), math.nan, "diverged")

    assert (made["train_loss"], made["test_loss"], made["seconds"]) == (None,) * 3
    assert json.dumps(made, allow_nan=False)
