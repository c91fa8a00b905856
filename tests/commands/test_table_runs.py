"""Runs on a person's own table, from the file to the answers: names, units, rows that stay with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DatasetSpec
from tui_nn.data.registry import OWN_DATASETS
from tui_nn.training.saved_run import load_run

RNG = np.random.default_rng(0)
SIZES, COLORS = RNG.uniform(1, 9, 60), RNG.choice(["red", "blue", "green"], 60)
KINDS = ["big" if size + (color == "red") > 5 else "small" for size, color in zip(SIZES, COLORS, strict=True)]
PRICES = [1000 + 250 * size for size in SIZES]
Call = Callable[..., "object"]


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Return the file of a table: two inputs, a class and an amount."""
    path = tmp_path / "things.csv"
    rows = [f"{s:.4f},{c},{k},{p:.3f}" for s, c, k, p in zip(SIZES, COLORS, KINDS, PRICES, strict=True)]
    path.write_text("\n".join(["size,color,kind,price", *rows]))
    return str(path)


@pytest.fixture
def run(table: str, tmp_path: Path, call: Call) -> Callable[..., str]:
    """Return a trainer of runs on the table, saved to a file; their rows are forgotten, as elsewhere."""

    def train(*words: str) -> str:
        path = str(tmp_path / "run.npz")
        ended = call("train", table, "--save", path, "--epochs", "60", *words)
        assert ended.status == 0, ended.stderr  # type: ignore[attr-defined]
        OWN_DATASETS.clear()
        return path

    return train


CLASSES = ("--target", "kind", "--columns", "size,color")


def test_a_run_knows_its_names(run: Callable[..., str]) -> None:
    saved = load_run(run(*CLASSES))

    assert saved.input_names == ("size", "color=blue", "color=green", "color=red")
    assert (saved.class_names, saved.target_name) == (("big", "small"), "kind")


def test_rows_are_found_by_the_names_of_their_columns_in_any_order(
    run: Callable[..., str], tmp_path: Path, call: Call
) -> None:
    path, asked = run(*CLASSES), tmp_path / "asked.csv"
    asked.write_text("Color;other;SIZE\nred;x;8,5\nblue;y;1,25\n")
    found = json.loads(call("predict", path, "--csv", str(asked), "--json").stdout)  # type: ignore[attr-defined]

    assert [answer["name"] for answer in found] == ["big", "small"]
    typed = json.loads(call("predict", path, "8.5,red", "1.25,blue", "--json").stdout)  # type: ignore[attr-defined]
    assert typed == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("size\n1.5\n", "it has no column color: needed are size, color, and it has size"),
        ("size,color\n1.5,pink\n", "line 2, column 2 (color): 'pink' was in no row that was trained on"),
        ("size,color\n,red\n2,red\n", "line 2 has no size (column 1); a value is needed"),
        ("size,color\nwide,red\n", "line 2, column 1 (size): 'wide' is no number"),
    ],
)
def test_a_table_that_lacks_something_is_refused(
    run: Callable[..., str], tmp_path: Path, call: Call, text: str, words: str
) -> None:
    path, asked = run(*CLASSES), tmp_path / "asked.csv"
    asked.write_text(text)
    ended = call("predict", path, "--csv", str(asked))

    assert ended.status == 1  # type: ignore[attr-defined]
    assert words in ended.stderr  # type: ignore[attr-defined]


def test_a_run_is_judged_by_another_table(run: Callable[..., str], table: str, call: Call) -> None:
    path = run(*CLASSES)
    found = json.loads(call("evaluate", path, "--csv", table, "--json").stdout)  # type: ignore[attr-defined]

    assert found["samples"] == 60
    assert found["accuracy"] > 0.9


def test_a_verdict_says_that_samples_were_trained_on(
    run: Callable[..., str], table: str, tmp_path: Path, call: Call
) -> None:
    path = run("--target", "kind", "--columns", "size,color")
    others = tmp_path / "others.csv"
    others.write_text("size,color,kind\n" + "".join(f"{i + 0.5},red,big\n" for i in range(3, 9)))

    trained, fresh = (
        [call("evaluate", path, "--csv", rows, *more).stdout for more in ((), ("--json",))]  # type: ignore[attr-defined]
        for rows in (table, str(others))
    )

    assert "trained on some of these samples" in trained[0]
    assert json.loads(trained[1])["is_test_seen"] is True
    assert "trained on" not in fresh[0]
    assert json.loads(fresh[1])["is_test_seen"] is False


def test_another_table_judges_a_run_whose_own_is_gone(
    run: Callable[..., str], table: str, tmp_path: Path, call: Call
) -> None:
    path = run(*CLASSES, "--without-data")
    others = Path(table).rename(tmp_path / "others.csv")
    ended = call("evaluate", path, "--csv", str(others), "--json")

    assert ended.status == 0, ended.stderr  # type: ignore[attr-defined]
    found = json.loads(ended.stdout)  # type: ignore[attr-defined]
    assert (found["samples"], found["is_test_seen"]) == (60, None)


def test_amounts_are_learned_standardized_and_answered_in_their_units(
    run: Callable[..., str], table: str, call: Call
) -> None:
    path = run("--target", "price", "--columns", "size", "--epochs", "300")
    saved = load_run(path)
    (answer,) = json.loads(call("predict", path, "5", "--json").stdout)  # type: ignore[attr-defined]
    inputs = saved.encode(np.array([[5.0]]))
    scaled = float(saved.network.predict(inputs)[0, 0])
    verdict = json.loads(call("evaluate", path, "--csv", table, "--json").stdout)  # type: ignore[attr-defined]

    assert abs(scaled) < 2
    assert answer["value"] == pytest.approx(1000 + 250 * 5, abs=60)
    assert verdict["baseline_rmse"] == pytest.approx(np.std(PRICES), rel=1e-5)
    assert verdict["rmse"] < 60


def test_the_record_of_amounts_is_in_their_units(table: str, call: Call) -> None:
    ended = call("train", table, "--target", "price", "--columns", "size", "--epochs", "300", "--json")
    record = json.loads(ended.stdout)  # type: ignore[attr-defined]

    assert record["test_rmse"] < 60
    assert record["test_loss"] == pytest.approx((record["test_rmse"] / np.std(PRICES)) ** 2, rel=0.2)


@pytest.mark.parametrize("words", [(), ("--without-data",)])
def test_a_run_goes_on_as_if_it_had_never_been_written(
    run: Callable[..., str], table: str, call: Call, words: tuple[str, ...]
) -> None:
    path = run(*CLASSES, *words)
    went_on = json.loads(call("train", "--load", path, "--epochs", "90", "--json").stdout)  # type: ignore[attr-defined]
    OWN_DATASETS.clear()
    at_once = json.loads(call("train", table, *CLASSES, "--epochs", "90", "--json").stdout)  # type: ignore[attr-defined]

    assert went_on["train_loss"] == at_once["train_loss"]
    assert went_on["dataset"] == at_once["dataset"]


def test_rows_stay_with_the_run_where_the_table_is_gone(
    run: Callable[..., str], table: str, call: Call
) -> None:
    path = run(*CLASSES)
    Path(table).unlink()

    assert call("evaluate", path).status == 0  # type: ignore[attr-defined]


def test_a_run_without_its_rows_says_what_is_missing(run: Callable[..., str], table: str, call: Call) -> None:
    path = run(*CLASSES, "--without-data")
    kept = Path(table).read_text()
    assert call("evaluate", path).status == 0  # type: ignore[attr-defined]
    OWN_DATASETS.clear()
    Path(table).write_text(kept.replace("small", "tiny"))
    changed = call("evaluate", path).stderr  # type: ignore[attr-defined]
    Path(table).unlink()
    gone = call("evaluate", path).stderr  # type: ignore[attr-defined]

    assert "things.csv has others now than it was trained on" in changed
    assert "things.csv cannot be read: " in gone


def test_rows_are_restored_with_all_that_is_known_of_them(
    run: Callable[..., str], table: str, call: Call
) -> None:
    saved = load_run(run(*CLASSES)).own
    call("train", table, *CLASSES, "--epochs", "1")
    (made,) = OWN_DATASETS.values()

    assert isinstance(saved, DatasetSpec)
    for name in ("name", "help", "task", "input_names", "class_names", "target_name", "schema"):
        assert getattr(saved, name) == getattr(made, name)
    assert (saved.has_unlike_columns, saved.scales_target) == (made.has_unlike_columns, made.scales_target)


def test_a_sweep_is_over_a_table_too(table: str, call: Call) -> None:
    words = ("sweep", "--data", table, *CLASSES, "--over", "hidden=none,4", "--epochs", "3", "--json")
    found = json.loads(call(*words).stdout)  # type: ignore[attr-defined]
    alone = json.loads(call("train", table, *CLASSES, "--hidden", "4", "--epochs", "3", "--json").stdout)  # type: ignore[attr-defined]

    assert [run["status"] for run in found["runs"]] == ["finished"] * 2
    assert found["runs"][1]["test_loss"] == pytest.approx(alone["test_loss"], rel=1e-5)
