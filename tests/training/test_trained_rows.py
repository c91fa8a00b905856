"""Samples once trained on never become an unseen test set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import DATASETS, array_dataset
from tui_nn.settings.config import Config
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.saved_run import load_run
from tui_nn.training.saving import save_run
from tui_nn.training.trained_rows import is_any_known, row_keys
from tui_nn.training.trainer import Trainer

OWN = "own-rows"


@pytest.fixture(autouse=True)
def own_rows() -> Iterator[None]:
    rng = np.random.default_rng(0)
    DATASETS[OWN] = array_dataset(OWN, rng.normal(size=(40, 3)), rng.integers(0, 2, 40))
    yield
    del DATASETS[OWN]


def rows(**settings: Any) -> Config:
    return Config(**{"dataset": OWN, **settings})


def trained(config: Config, steps: int = 3) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.advance()
    return trainer


MOONS = Config(samples=60)


@pytest.mark.parametrize(
    ("dataset", "changes", "is_seen"),
    [
        (OWN, {"data_seed": 1}, True),
        (OWN, {"train_fraction": 0.3}, True),
        (OWN, {"train_fraction": 0.7}, False),  # the same rows in the same order: only fewer are tested
        ("moons", {"train_fraction": 0.3}, True),
        ("moons", {"data_seed": 1}, False),
        ("moons", {"noise": 0.3}, False),
        ("moons", {"dataset": "xor"}, False),
        (OWN, {"learning_rate": 0.1}, False),
        (OWN, {"hidden_sizes": (3,)}, False),
        (OWN, {"loss": "mse"}, False),
    ],
    ids=str,
)
def test_a_change_that_tests_on_what_was_trained_on_is_noticed(
    dataset: str, changes: dict[str, object], is_seen: bool
) -> None:
    config = rows(dataset=dataset)
    trainer = trained(config)
    words = reconfigure(trainer, config.replace(**changes))

    assert trainer.trained.is_test_seen is is_seen
    assert ("counts as seen" in words) is is_seen


def test_a_split_that_was_never_trained_on_leaves_the_test_set_unseen() -> None:
    trainer = trained(rows(), steps=0)
    reconfigure(trainer, rows(data_seed=1))

    assert not trainer.trained.is_test_seen


def test_other_data_in_between_are_no_way_round() -> None:
    trainer = trained(rows())
    reconfigure(trainer, MOONS)
    reconfigure(trainer, rows(data_seed=1))

    assert trainer.trained.is_test_seen


def test_going_back_to_the_old_split_untrained_makes_it_unseen_again() -> None:
    trainer = trained(rows())
    reconfigure(trainer, rows(data_seed=1))
    reconfigure(trainer, rows())

    assert not trainer.trained.is_test_seen


def test_a_reset_forgets_what_was_trained_on() -> None:
    trainer = trained(rows())
    reconfigure(trainer, rows(data_seed=1))
    trainer.start_over()

    assert not trainer.trained.is_test_seen


def test_a_file_is_no_way_round(tmp_path: Path) -> None:
    first = trained(MOONS)
    reconfigure(first, MOONS.replace(train_fraction=0.3))
    save_run(tmp_path / "run", first)
    second = Trainer(MOONS)
    second.load(load_run(tmp_path / "run").checkpoint())

    assert second.trained.is_test_seen


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.uint8])
@pytest.mark.parametrize("shape", [(50, 3), (50, 5, 7)])
def test_keys_tell_samples_apart(dtype: type, shape: tuple[int, ...]) -> None:
    raw = (np.random.default_rng(1).random(shape) * 200).astype(dtype)
    other = raw.copy()
    other.reshape(len(raw), -1)[:, -1] += 1

    assert len(set(row_keys(raw).tolist())) == 50
    assert is_any_known(raw[7:9], row_keys(raw))
    assert not is_any_known(other, row_keys(raw))
