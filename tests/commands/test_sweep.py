"""`tui-nn sweep` from its words to its table."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

SHORT = ("--samples", "40", "--batch-size", "8", "--epochs", "3")
ONE = ("--workers", "1")
OF_THE_CLOCK = {"seconds", "steps_per_second", "samples_per_second"}
PATIENCE_S = 60


def result_of(finished: Any) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    assert finished.stdout.count("\n") == 1
    result: dict[str, Any] = json.loads(finished.stdout, parse_constant=refuse)
    return result


def test_each_value_is_run_with_each_seed_as_train_would_run_it(call: Any) -> None:
    over = ("--over", "learning_rate=0.003,0.03", "--over", "hidden=4;8,8", "--seeds", "2")
    finished = call("sweep", *over, *SHORT, "--json")
    result = result_of(finished)

    assert finished.status == 0
    assert [(r["learning_rate"], r["hidden_sizes"], r["seed"]) for r in result["runs"]] == [
        (rate, hidden, seed) for rate in (0.003, 0.03) for hidden in ([4], [8, 8]) for seed in (0, 1)
    ]
    for row in result["runs"]:
        hidden = ",".join(map(str, row["hidden_sizes"]))
        flags = f"--learning-rate={row['learning_rate']} --hidden={hidden} --seed={row['seed']}".split()
        record = json.loads(call("train", *SHORT, *flags, "--json").stdout)
        for name in record.keys() - OF_THE_CLOCK:  # trained together, which can change the last digits
            expected = record[name]
            assert row[name] == (pytest.approx(expected, rel=1e-4) if name.endswith("loss") else expected)
    losses = [row["test_loss"] for row in result["runs"]]
    assert result["best"] == losses.index(min(losses))
    assert result["seconds"] > 0


def test_a_set_of_images_in_the_grid_has_the_settings_that_suit_it(call: Any) -> None:
    words = ("--over", "dataset=moons,digits", "--samples", "40", "--epochs", "1")
    rows = result_of(call("sweep", *words, *ONE, "--json"))["runs"]

    assert [row["layer_sizes"] for row in rows] == [[2, 4, 2, 1], [784, 128, 10]]


def test_seeds_alone_are_a_sweep_and_begin_where_they_are_told(call: Any) -> None:
    rows = result_of(call("sweep", "--seeds", "3", "--seed", "7", *SHORT, *ONE, "--json"))["runs"]

    assert [(row["seed"], row["data_seed"], row["weights_seed"]) for row in rows] == [
        (i, i, i) for i in (7, 8, 9)
    ]


def test_a_seed_that_varies_by_itself_leaves_the_other(call: Any) -> None:
    rows = result_of(call("sweep", "--over", "weights_seed=1,2", *SHORT, *ONE, "--json"))["runs"]

    assert [(row["data_seed"], row["weights_seed"], row["seed"]) for row in rows] == [(0, 1, 1), (0, 2, 2)]


def test_what_is_planned_is_said_before_and_the_table_is_sorted_by_what_is_best(call: Any) -> None:
    finished = call("sweep", "--over", "learning_rate=0.0001,0.1", "--seeds", "2", *SHORT, *ONE)

    assert finished.stderr.startswith("4 runs, 1 worker: about ")
    header, *rows, last = finished.stdout.splitlines()
    assert header.split()[:4] == ["learning", "rate", "seed", "epochs"]
    losses = [float(row.split()[5]) for row in rows[:4]]
    assert losses == sorted(losses)
    assert "sorted by test loss" in last


def test_a_value_that_is_refused_says_so_in_its_row_and_the_others_run(call: Any) -> None:
    finished = call("sweep", "--over", "learning_rate=0.01,-1,much", *SHORT, *ONE, "--json")
    rows = result_of(finished)["runs"]

    assert finished.status == 0
    assert [row["status"] for row in rows] == ["finished", "refused", "refused"]
    assert rows[1]["trouble"] == "--learning-rate: -1 is not allowed; a number above 0, at most 1e+06"
    assert rows[2]["trouble"].startswith("--learning-rate: much is not allowed")
    assert rows[1].keys() - {"trouble"} == rows[0].keys()


def test_values_that_do_not_go_together_say_so_in_their_rows(call: Any) -> None:
    words = ("--over", "loss=mse;hinge", "--over", "dataset=moons,reg-plane", *SHORT, *ONE, "--json")
    rows = result_of(call("sweep", *words))["runs"]

    assert [row["status"] for row in rows] == ["finished", "finished", "finished", "refused"]


def test_runs_that_all_diverge_are_said_in_a_sentence(call: Any) -> None:
    explosive = ("--optimizer", "sgd", "--loss", "mse", "--output-activation", "linear")
    finished = call("sweep", "--over", "learning_rate=1e5,1e6", *explosive, *SHORT, *ONE, "--json")
    result = result_of(finished)

    assert finished.status == 1
    assert result["best"] is None
    assert [row["status"] for row in result["runs"]] == ["diverged", "diverged"]
    assert finished.stderr.splitlines()[-1] == (
        "tui-nn: no run came to a good end: all diverged, failed or were refused"
    )


REFUSED = {
    "nothing varies": ((), "nothing varies"),
    "an app's setting": (("--over", "screen=digits,inside"), "screen cannot vary"),
    "a setting that does nothing": (("--over", "momentum=0.5,0.9"), "momentum cannot vary here"),
    "a rate of no penalty": (
        ("--over", "regularization_rate=0.01,0.1"),
        "regularization_rate cannot vary here: it does nothing while regularization is none",
    ),
    "a penalty of no rate": (
        ("--over", "regularization=l1,l2", "--over", "noise=0,0.1"),
        "regularization cannot vary here: it does nothing while regularization_rate is 0",
    ),
    "dropout of no layer": (
        ("--over", "dropout=0,0.1", "--hidden", "none"),
        "dropout cannot vary here: it does nothing while hidden_sizes is none",
    ),
    "no such setting": (("--over", "learning_rte=1,2"), "did you mean learning"),
    "every value refused": (("--over", "learning_rate=-1,0"), "--learning-rate: -1 is not allowed"),
    "a setting twice": (("--over", "noise=0", "--over", "noise=0.1"), "noise is given twice"),
    "a grid of a million": (
        ("--over", f"samples={','.join(map(str, range(100, 1100)))}", "--seeds", "1000"),
        "a grid of 1,000,000 runs is not allowed; at most 100,000",
    ),
    "a range in a grid": (("--over", "learning_rate=1e-4..1"), "learning_rate is a range"),
    "a part of a grid": (("--over", "noise=0,0.1", "--runs", "1"), "--runs: a grid has all its 2 runs"),
    "no such search": (("--over", "noise=0,0.1", "--search", "best"), "--search: best is not allowed"),
    "no seeds": (("--seeds", "0"), "--seeds: 0 is not allowed"),
    "no workers": (("--seeds", "2", "--workers", "0"), "--workers: 0 is not allowed"),
    "a seed moved and held": (("--seeds", "2", "--data-seed", "3"), "--data-seed cannot be held"),
    "a seed moved twice": (("--seeds", "2", "--over", "data_seed=1,2"), "moves data_seed already"),
    "a folder as journal": (("--seeds", "2", "--journal", "/"), "it is a folder, and not a file"),
    "no folder for the run": (("--seeds", "2", "--save", "/nowhere/x"), "--save: /nowhere/x is not allowed"),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_said_in_one_line(words: tuple[str, ...], sentence: str, call: Any) -> None:
    finished = call("sweep", *words, "--json")

    assert finished.status in (1, 2)
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert sentence in finished.stderr


def test_the_best_run_is_saved_with_its_weights_and_curves(call: Any, tmp_path: Path) -> None:
    file = str(tmp_path / "best.npz")
    result = result_of(
        call("sweep", "--over", "learning_rate=0.001,0.1", *SHORT, *ONE, "--save", file, "--json")
    )
    best = result["runs"][result["best"]]
    record = json.loads(call("train", "--load", file, "--epochs", "4", "--json").stdout)

    assert (record["epochs"], record["steps"]) == (4, best["steps"] // 3 * 4)


def test_random_draws_are_as_many_as_asked_for_and_the_same_again(call: Any) -> None:
    words = (
        "--search",
        "random",
        "--runs",
        "5",
        "--over",
        "learning_rate=1e-4..1",
        "--over",
        "hidden=2;4;8,8",
    )
    first, second = (result_of(call("sweep", *words, *SHORT, *ONE, "--json"))["runs"] for _ in range(2))

    assert len(first) == 5
    assert [row["learning_rate"] for row in first] == [row["learning_rate"] for row in second]
    assert len({row["learning_rate"] for row in first}) == 5


def test_a_journal_trains_only_what_it_does_not_hold(call: Any, tmp_path: Path) -> None:
    journal = ("--journal", str(tmp_path / "j"))
    first = result_of(call("sweep", "--seeds", "2", *SHORT, *ONE, *journal, "--json"))["runs"]
    more = call("sweep", "--seeds", "3", *SHORT, *ONE, *journal, "--json")

    assert result_of(more)["runs"][:2] == first  # to the seconds: they were not trained again
    assert more.stderr.startswith("3 runs (2 in the journal), 1 worker")
    assert len((tmp_path / "j").read_text().splitlines()) == 1 + 3


def test_a_sweep_that_is_killed_goes_on_where_it_was(
    command: Any, command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    journal = tmp_path / "j"
    words = ["sweep", "--seeds", "12", "--epochs", "300", "--workers", "2", "--journal", str(journal)]
    killed = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", *words],
        env=command_environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + PATIENCE_S
    while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    known = journal.read_bytes().count(b"\n") - 1

    finished = command(*words, "--json")

    assert finished.status == 0
    assert [row["seed"] for row in json.loads(finished.stdout)["runs"]] == list(range(12))
    keys = [json.loads(line)["key"] for line in journal.read_text().splitlines()[1:]]
    assert len(keys) == len(set(keys)) == 12
    assert f"12 runs ({known} in the journal)" in finished.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_sweep_prints_what_has_ended(
    number: signal.Signals, command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    journal = tmp_path / "j"
    words = ["sweep", "--seeds", "200", "--epochs", "100", "--json", "--journal", str(journal)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", *words],
        env=command_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + PATIENCE_S
    while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
        assert time.monotonic() < until
        time.sleep(0.01)
    os.killpg(process.pid, number)  # as a terminal does: its workers get it too
    stdout, stderr = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 128 + number
    assert "Traceback" not in stderr
    assert 2 <= len(json.loads(stdout)["runs"]) < 200


def test_the_picture_has_an_axis_for_each_setting_and_goes_where_the_table_does_not(call: Any) -> None:
    words = ("sweep", "--over", "learning_rate=0.1,0.01", "--over", "hidden=4;8,8", *SHORT, *ONE, "--plot")
    drawn, with_json = call(*words), call(*words, "--json")

    for text in (drawn.stdout, with_json.stderr):
        head = next(line for line in text.splitlines() if line.rstrip().endswith("test loss"))
        assert head.split() == ["learning", "rate", "hidden", "layers", "test", "loss"]
    result_of(with_json)


def test_a_setting_that_does_something_in_some_runs_varies(call: Any) -> None:
    words = ("--over", "momentum=0.5,0.9", "--over", "optimizer=adam,momentum")
    rows = result_of(call("sweep", *words, *SHORT, *ONE, "--json"))["runs"]

    assert {row["status"] for row in rows} == {"finished"}


def test_a_full_disk_under_the_journal_is_said_and_no_result_is_lost(
    call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, block: bytes, start: int) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    journal = tmp_path / "j"
    finished = call("sweep", "--seeds", "2", *SHORT, *ONE, "--journal", str(journal), "--json")

    assert finished.status == 1
    assert [row["status"] for row in result_of(finished)["runs"]] == ["finished", "finished"]
    assert finished.stderr.splitlines()[-1] == f"tui-nn: {journal} was not written: No space left on device"


def test_runs_in_which_a_setting_does_nothing_are_said_to_come_out_alike(call: Any) -> None:
    over = ("--over", "regularization=none,l2", "--over", "regularization_rate=0.01,0.1")

    finished = call("sweep", *over, *SHORT, *ONE, "--json")

    words = "regularization_rate does nothing in 2 of 4 runs, in which regularization is none"
    assert f"tui-nn: {words}: these come out alike" in finished.stderr.splitlines()
    losses = [row["test_loss"] for row in result_of(finished)["runs"]]
    assert losses[0] == losses[1]
    assert len(set(losses)) == 3


@pytest.mark.parametrize("n_settings", [1, 2, 3, 4, 5])
def test_no_row_is_wider_than_eighty_columns(call: Any, n_settings: int) -> None:
    varied = [
        "learning_rate=0.003,1e30",
        "hidden=4;8,8",
        "noise=0.1,0.2",
        "optimizer=sgd,adam",
        "batch_size=8,16",
    ]
    over = [word for text in varied[:n_settings] for word in ("--over", text)]

    lines = call("sweep", *over, "--seeds", "2", *SHORT, *ONE).stdout.splitlines()

    rows = [line for line in lines if " told apart " not in line and " is better than " not in line]
    assert max(map(len, rows)) <= 80
    assert any("refused: --learning-rate: 1e30" in line for line in rows)
    if n_settings > 1:
        group = next(line for line in lines if "median" in line)
        assert group.split()[-4:] == ["median", "min", "max", "p"]
