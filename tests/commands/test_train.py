from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.trainer import Trainer

SHORT = ("train", "--samples", "60", "--batch-size", "7", "--epochs", "4")
EXPLOSIVE = ("--optimizer", "sgd", "--loss", "mse", "--output-activation", "linear", "--learning-rate", "1e6")
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
PATIENCE_S = 30


def record_of(stdout: str) -> dict[str, Any]:
    """Return the one object that is all of the output; NaN and the like are refused."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    assert stdout.count("\n") == 1
    record = json.loads(stdout, parse_constant=refuse)
    assert isinstance(record, dict)
    return record


def test_a_run_that_is_done_leaves_its_record(call: Any) -> None:
    finished = call(*SHORT, "--json")
    record = record_of(finished.stdout)

    assert finished.status == 0
    assert (record["status"], record["epochs"], record["steps"]) == ("finished", 4, 20)


def test_the_record_holds_the_numbers_of_the_last_step(call: Any) -> None:
    record = record_of(call(*SHORT, "--json").stdout)
    trainer = Trainer(Config(samples=60, batch_size=7))
    for _ in range(20):
        trainer.advance()
    metrics = trainer.measure()

    assert record["train_loss"] == metrics.train_loss
    assert record["test_loss"] == metrics.test_loss
    assert record["train_accuracy"] == metrics.train_accuracy
    assert record["test_accuracy"] == metrics.test_accuracy


def test_without_json_the_result_is_told_in_words(call: Any) -> None:
    finished = call(*SHORT)

    assert finished.status == 0
    assert "finished: moons, 2-4-2-1 adam, 4 epochs (20 steps)" in finished.stdout
    assert "test accuracy" in finished.stdout
    assert "best possible accuracy on this data 99.9 %" in finished.stdout


def test_plain_lines_are_written_when_stderr_is_no_terminal(call: Any) -> None:
    lines = call(*SHORT, "--log-every", "2", "--json").stderr.splitlines()

    assert [line.split("  ")[0] for line in lines] == ["epoch 2/4", "epoch 4/4"]
    assert all("train loss 0." in line and "test accuracy" in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_ten_lines_are_written_where_nothing_else_is_asked(call: Any) -> None:
    lines = call("train", "--samples", "60", "--epochs", "50").stderr.splitlines()

    assert [line.split()[1] for line in lines] == [f"{epoch}/50" for epoch in range(5, 51, 5)]


def test_the_last_line_is_of_the_last_epoch(call: Any) -> None:
    lines = call(*SHORT, "--log-every", "3").stderr.splitlines()

    assert [line.split()[1] for line in lines] == ["3/4", "4/4"]


def test_lines_change_no_bit(call: Any) -> None:
    records = [record_of(call(*SHORT, "--json", "--log-every", every).stdout) for every in ("1", "3", "100")]
    timing = {"seconds", "steps_per_second", "samples_per_second"}
    plain = [{key: value for key, value in record.items() if key not in timing} for record in records]

    assert plain[0] == plain[1] == plain[2]


def test_a_run_that_diverges_fails_with_its_record(call: Any) -> None:
    finished = call(*SHORT, *EXPLOSIVE, "--json", "--log-every", "1")
    record = record_of(finished.stdout)
    lines = finished.stderr.splitlines()

    assert finished.status == 1
    assert record["status"] == "diverged"
    assert record["steps"] < 20
    assert len(lines) == len(set(lines))


def test_a_run_that_diverges_says_why(call: Any) -> None:
    finished = call(*SHORT, *EXPLOSIVE)

    assert finished.status == 1
    assert "Diverged: " in finished.stdout
    assert "learning rate 1e+06" in finished.stdout


def test_numbers_that_overflow_in_the_last_step_count_as_diverged(call: Any) -> None:
    # In batches of the whole set an epoch is a step: stop at the first whose loss is no number any more.
    words = ("train", "--samples", "60", "--batch-size", "full", *EXPLOSIVE, "--json")
    records = [call(*words, "--epochs", str(epochs)) for epochs in range(1, 9)]

    for finished in records:
        record = record_of(finished.stdout)
        assert (record["train_loss"] is None) <= (record["status"] == "diverged")
        assert finished.status == (1 if record["status"] == "diverged" else 0)


def test_a_rule_that_is_met_stops_the_run(call: Any) -> None:
    finished = call(*SHORT, "--stop-epochs", "2", "--json")
    record = record_of(finished.stdout)

    assert finished.status == 0
    assert (record["status"], record["epochs"]) == ("stopped", 2)


@pytest.mark.parametrize("lines", [(), ("--log-every", "1"), ("--log-every", "7"), ("--log-every", "100000")])
def test_a_run_that_loses_patience_stops_at_the_same_step_however_it_is_watched(
    call: Any, lines: tuple[str, ...]
) -> None:
    # The loss on the test set is lowest in epoch 25: three epochs later, of 25 steps each, is step 700.
    record = json.loads(call("train", "--patience", "3", "--epochs", "1500", "--json", *lines).stdout)

    assert (record["steps"], record["status"]) == (700, "stopped")
    assert record["train_loss"] == pytest.approx(0.006253, abs=5e-7)


def test_regression_has_its_own_numbers(call: Any) -> None:
    finished = call("train", "--dataset", "reg-plane", "--samples", "60", "--epochs", "3", "--json")
    record = record_of(finished.stdout)

    assert record["train_accuracy"] is None
    assert isinstance(record["test_r2"], float)
    assert "test R²" in finished.stderr


def test_all_samples_can_be_trained_on(call: Any) -> None:
    record = record_of(call(*SHORT, "--train-fraction", "1", "--json").stdout)

    assert (record["test_loss"], record["test_accuracy"]) == (None, None)


def test_a_preset_is_run_with_the_seed_of_the_weights(call: Any) -> None:
    words = ("train", "--preset", "moons-by-hand", "--seed", "1", "--epochs", "2", "--json")
    record = record_of(call(*words).stdout)

    assert (record["data_seed"], record["weights_seed"]) == (0, 1)
    assert (record["layer_sizes"], record["epochs"], record["steps"]) == ([2, 4, 1], 2, 2)


def test_the_same_seed_gives_the_same_bits_in_another_process(call: Any, command: Any) -> None:
    here, there = (record_of(run(*SHORT, "--json").stdout) for run in (call, command))

    assert (here["train_loss"], here["test_loss"]) == (there["train_loss"], there["test_loss"])


def test_two_threads_can_be_asked_for(command: Any) -> None:
    finished = command(*SHORT, "--threads", "2", "--json")

    assert record_of(finished.stdout)["status"] == "finished"


@pytest.fixture
def start(command_environment: Mapping[str, str], tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Return a starter of trainings that go on until they are interrupted."""

    def run(*prefix: str) -> subprocess.Popen[str]:
        words = ("-m", "tui_nn", "train", "--epochs", "100000000", "--log-every", "100", "--json")
        return subprocess.Popen(
            [*prefix, sys.executable, *words],
            cwd=tmp_path,
            env=command_environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_run_with_its_record(start: Any, number: signal.Signals) -> None:
    with start() as process:
        process.stderr.readline()
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 128 + number
    record = record_of(stdout)
    assert record["status"] == "interrupted"
    assert record["epochs"] >= 100
    assert record["steps"] == pytest.approx(25 * record["epochs"], abs=25)
    assert "Traceback" not in stderr


def test_a_hangup_that_is_ignored_stays_ignored(start: Any) -> None:
    with start("bash", "-c", 'trap "" HUP; exec "$@"', "nohup") as process:
        process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        lines = [process.stderr.readline() for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        stdout, _ = process.communicate(timeout=PATIENCE_S)

    assert all(line.startswith("epoch ") for line in lines)
    assert process.returncode == 143
    assert record_of(stdout)["status"] == "interrupted"


def in_terminal(words: list[str], environment: Mapping[str, str], stdout: Path) -> str:
    """Run a command with its stderr on a pseudo-terminal; return what was shown there."""
    master, slave = os.openpty()
    with stdout.open("wb") as out:
        process = subprocess.Popen(words, env=environment, stdin=slave, stdout=out, stderr=slave)
    os.close(slave)
    shown = b""
    while True:
        try:
            data = os.read(master, 1 << 16)
        except OSError:  # Linux says so where the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(master)
    assert process.wait(PATIENCE_S) == 0
    return shown.decode()


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_is_shown_a_bar_with_rate_and_remaining_time(
    command_environment: Mapping[str, str], tmp_path: Path, columns: int
) -> None:
    environment = {**command_environment, "TERM": "xterm-256color", "COLUMNS": str(columns)}
    words = [sys.executable, "-m", "tui_nn", "train", "--epochs", "1000", "--json"]
    shown = in_terminal(words, environment, tmp_path / "out")
    lines = re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown))
    bar = r"epoch +\d+/1000 ━+ [\d,]+ steps/s \d:\d\d:\d\d loss \d\.\d+  test \d+\.\d % *"

    assert any(re.fullmatch(bar, line) for line in lines)
    assert max(map(len, lines)) <= columns
    assert record_of((tmp_path / "out").read_text())["epochs"] == 1000


def test_a_bar_changes_no_bit(call: Any, command_environment: Mapping[str, str], tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tui_nn", *SHORT, "--json"]
    in_terminal(words, {**command_environment, "TERM": "xterm-256color"}, tmp_path / "out")
    shown, plain = record_of((tmp_path / "out").read_text()), record_of(call(*SHORT, "--json").stdout)

    assert (shown["train_loss"], shown["test_loss"]) == (plain["train_loss"], plain["test_loss"])


def test_lines_can_be_asked_for_in_a_terminal(command_environment: Mapping[str, str], tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tui_nn", *SHORT, "--json", "--log-every", "2"]
    shown = in_terminal(words, command_environment, tmp_path / "out")

    assert [line.split("  ")[0] for line in shown.splitlines()] == ["epoch 2/4", "epoch 4/4"]
