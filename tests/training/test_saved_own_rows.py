"""A run of a person's own arrays is written with them, and goes on without them at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import DATASETS, array_dataset
from tui_nn.data.own import OWN
from tui_nn.data.registry import OWN_DATASETS, keep
from tui_nn.engine import EngineError
from tui_nn.settings.config import Config
from tui_nn.settings.datasets import find_dataset
from tui_nn.training import saving
from tui_nn.training.commands import Restore
from tui_nn.training.saved_run import load_run
from tui_nn.training.saving import save_run
from tui_nn.training.session import Session
from tui_nn.training.trainer import Trainer

ROWS = np.random.default_rng(0).normal(size=(60, 2))
TARGETS = {
    "words": np.where(ROWS[:, 0] > 0, "late", "early"),
    "numbers": np.arange(60) % 11,
    "fractions": ROWS.sum(axis=1),
}


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    yield
    forget()


def forget() -> None:
    """Have no arrays at hand, as in another process."""
    OWN_DATASETS.clear()


def trained(targets: np.ndarray, steps: int, rows: np.ndarray = ROWS, task: str = "auto") -> Trainer:
    kind = array_dataset(OWN, rows, targets, task)
    keep(kind)
    classes = min(kind.max_classes, 5)
    trainer = Trainer(Config(dataset=kind.name, samples=60, classes=classes, hidden_sizes=(4,)))
    advance(trainer, steps)
    return trainer


def advance(trainer: Trainer, steps: int) -> None:
    for _ in range(steps):
        trainer.advance()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.npz"


@pytest.mark.parametrize("name", TARGETS)
def test_it_goes_on_to_the_bit_where_nobody_has_the_arrays(path: Path, name: str) -> None:
    straight = trained(TARGETS[name], 20)
    save_run(path, trained(TARGETS[name], 8))
    forget()

    run = load_run(path)
    checkpoint = run.checkpoint()
    other = Trainer(checkpoint.config)
    other.load(checkpoint)
    advance(other, 12)

    assert np.array_equal(straight.network.parameters, other.network.parameters)
    assert other.problem.dataset.class_names == straight.problem.dataset.class_names


def test_whole_numbers_that_were_a_regression_are_one_again(path: Path) -> None:
    save_run(path, trained(TARGETS["numbers"], 8, task="regression"))
    forget()

    checkpoint = load_run(path).checkpoint()

    assert checkpoint.config.task == "regression"
    assert Trainer(checkpoint.config).problem.dataset.class_names == ()


def test_a_session_takes_the_rows_over_though_it_has_others(path: Path) -> None:
    save_run(path, trained(TARGETS["words"], 8))
    run = load_run(path)
    others = trained(TARGETS["words"][::-1], 0, ROWS + 5.0)
    session = Session(others.config)
    commands: list[Any] = [[Restore(run.checkpoint(), None)]]
    session.run(lambda wait_s: commands.pop() if commands else None, lambda message: None)

    seen = np.concatenate([session.trainer.problem.train.raw, session.trainer.problem.test.raw])
    assert np.array_equal(np.sort(seen[:, 0]), np.sort(ROWS[:, 0]))


def test_arrays_that_are_too_large_are_left_out_and_it_says_what_is_missing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "MOST_OWN_BYTES", 100)
    save_run(path, trained(TARGETS["words"], 8))
    run = load_run(path)

    assert run.checkpoint().step == 8  # where they are at hand
    forget()
    assert run.predict(ROWS).classes is not None
    with pytest.raises(EngineError, match="arrays that are not in the file; `tui_nn"):
        run.checkpoint()


def test_rows_that_do_not_fit_the_names_are_refused(path: Path) -> None:
    save_run(path, trained(TARGETS["words"], 1))
    run = load_run(path)
    run._arrays["own_targets"] = np.zeros(60, np.int64)
    with pytest.raises(EngineError, match="rows it holds are damaged"):
        run.checkpoint()


@pytest.mark.parametrize("words", [("train", "--load"), ("walk", "--load")])
def test_commands_go_on_with_it(path: Path, call: Any, words: tuple[str, str]) -> None:
    save_run(path, trained(TARGETS["words"], 8))
    forget()
    more = ("--epochs", "40") if words[0] == "train" else ()
    ended = call(*words, str(path), *more)

    assert ended.status == 0, ended.stderr


def test_reading_a_file_changes_nothing_of_what_is_open(path: Path) -> None:
    save_run(path, trained(TARGETS["words"], 8, ROWS[:, :1]))
    forget()
    open_run = trained(TARGETS["words"], 8)
    listed = dict(DATASETS)
    load_run(path).checkpoint()

    assert listed == DATASETS
    assert find_dataset(open_run.config.dataset).n_inputs == 2
    save_run(path, open_run)
    advance(open_run, 1)
    assert load_run(path).checkpoint().config == open_run.config


OTHERS = {
    "inputs": (ROWS + 1e-12, ("a", "b"), "auto"),
    "columns": (ROWS[:, :1], ("a", "b"), "auto"),
    "shape": (ROWS.reshape(30, 4).repeat(2, axis=0), ("a", "b"), "auto"),
    "classes": (ROWS, ("b", "a"), "auto"),
    "names": (ROWS, ("a", "c"), "auto"),
    "task": (ROWS, (0, 1), "regression"),
}


@pytest.mark.parametrize("change", OTHERS)
def test_other_rows_have_another_name(change: str) -> None:
    inputs, pair, task = OTHERS[change]
    name = array_dataset(OWN, ROWS, ["a", "b"] * 30).name

    assert name == array_dataset(OWN, ROWS.copy(), ["a", "b"] * 30).name
    assert array_dataset(OWN, inputs, list(pair) * 30, task).name != name


def test_a_file_that_calls_its_rows_own_alone_is_read(path: Path) -> None:
    save_run(path, trained(TARGETS["words"], 8))
    run = load_run(path)
    name = run.settings["dataset"]
    run.settings["dataset"] = "own"

    assert run.config().dataset == name


def test_a_run_that_went_over_to_a_generated_set_asks_for_no_table(tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    trainer = Trainer(Config(table="gone.csv"))
    save_run(path, trainer)

    assert load_run(path).checkpoint().config.dataset == "moons"
