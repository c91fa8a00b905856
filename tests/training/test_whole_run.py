"""A run with nobody watching is the run of `tui-nn train`, to the bit."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tui_nn.settings.config import Config
from tui_nn.training.problem import make_problem
from tui_nn.training.whole_run import train_whole, train_with_curves

SHORT = {"samples": 60, "batch_size": 7, "epochs": 12}
OF_THE_CLOCK = {"seconds", "steps_per_second", "samples_per_second"}
RUNS: dict[str, dict[str, Any]] = {
    "plain": {},
    "regression": {"dataset": "reg-plane"},
    "dropout and a schedule": {"dropout": 0.2, "schedule": "cosine"},
    "stopped by patience": {"patience": 2, "epochs": 400, "learning_rate": 0.1},
    "stopped by loss": {"stop_loss": 0.3, "epochs": 400},
    "stopped by accuracy": {"stop_accuracy": 0.8, "epochs": 400},
    "stopped after epochs": {"stop_epochs": 3},
    "no test set": {"train_fraction": 1.0},
    "diverged": {"optimizer": "sgd", "loss": "mse", "output_activation": "linear", "learning_rate": 1e6},
}


def without_clock(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in OF_THE_CLOCK}


def words_of(settings: dict[str, Any]) -> list[str]:
    return [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]


@pytest.mark.parametrize("settings", RUNS.values(), ids=RUNS)
def test_its_record_is_that_of_the_command(settings: dict[str, Any], call: Any) -> None:
    given = {**SHORT, **settings}
    told = json.loads(call("train", "--json", *words_of(given)).stdout)

    _, record = train_whole(Config(**given))

    assert without_clock(record) == without_clock(told)
    assert record["seconds"] > 0


def test_runs_that_share_their_data_are_as_if_they_did_not() -> None:
    config = Config(**SHORT)
    problem = make_problem(config)

    first, second = (train_whole(config, problem)[0] for _ in range(2))

    alone, _ = train_whole(config)
    np.testing.assert_array_equal(first.network.parameters, alone.network.parameters)
    np.testing.assert_array_equal(second.network.parameters, alone.network.parameters)


def test_with_curves_it_ends_at_the_same_weights() -> None:
    config = Config(**SHORT, speed=None)

    session = train_with_curves(config)

    np.testing.assert_array_equal(
        session.trainer.network.parameters, train_whole(config)[0].network.parameters
    )
    assert session.trainer.history.state()["records"]
