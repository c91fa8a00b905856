from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.commands.parts import plain
from tui_nn.engine import load_model
from tui_nn.settings.config import Config
from tui_nn.training.batches import Batches

SHORT = ("train", "--samples", "60", "--batch-size", "7", "--epochs", "4")
"""30 training samples, 5 steps an epoch, 20 in all."""
EXPLOSIVE = ("--optimizer", "sgd", "--loss", "mse", "--output-activation", "linear", "--learning-rate", "1e6")
WORDS_OF_AN_UPDATE = {
    "type",
    "epoch",
    "step",
    "train_loss",
    "test_loss",
    "train_accuracy",
    "test_accuracy",
    "steps_per_second",
}


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def lines_of(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line, parse_constant=refuse) for line in stdout.splitlines()]


def updates_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["type"] == "update"]


def without_times(record: dict[str, Any]) -> dict[str, Any]:
    times = ("seconds", "steps_per_second", "samples_per_second", "type")
    return {name: value for name, value in record.items() if name not in times}


def test_a_stream_begins_with_connected_and_ends_with_the_record(call: Any) -> None:
    finished = call(*SHORT, "--stream")
    lines = lines_of(finished.stdout)

    assert finished.status == 0
    assert finished.stderr == ""
    assert lines[0]["type"] == "connected"
    assert lines[0]["settings"]["samples"] == 60
    assert lines[-1]["type"] == "training_complete"
    assert {line["type"] for line in lines[1:-1]} == {"update", "pause_moment"}


def test_the_shortest_run_has_an_update_before_its_end(call: Any) -> None:
    lines = lines_of(call(*SHORT, "--epochs", "1", "--stream").stdout)

    assert lines[-2].keys() == WORDS_OF_AN_UPDATE
    assert (lines[-2]["epoch"], lines[-2]["step"]) == (1, 5)


@pytest.mark.parametrize(("every", "steps"), [(6, [6, 12, 18, 20]), (10, [10, 20]), (1000, [20])])
def test_an_update_comes_every_so_many_steps_and_at_the_end(call: Any, every: int, steps: list[int]) -> None:
    lines = lines_of(call(*SHORT, "--stream", "--every", str(every)).stdout)

    assert [update["step"] for update in updates_of(lines)] == steps


@pytest.mark.parametrize("remainder", ["use", "drop", "carry"])
@pytest.mark.parametrize("every", [None, "1", "3"])
def test_a_stream_changes_no_bit_of_the_result(call: Any, tmp_path: Path, every: str, remainder: str) -> None:
    given = [*SHORT, "--dropout", "0.2", "--remainder", remainder]
    often = [] if every is None else ["--every", every]
    alone = json.loads(call(*given, "--json", "--save", str(tmp_path / "alone.npz")).stdout)
    streamed = lines_of(call(*given, "--stream", *often, "--save", str(tmp_path / "told.npz")).stdout)[-1]
    networks = [load_model(tmp_path / name).network for name in ("alone.npz", "told.npz")]

    assert without_times(streamed) == without_times(alone)
    assert networks[0].parameters.tobytes() == networks[1].parameters.tobytes()


def test_the_last_update_has_the_numbers_of_the_record(call: Any) -> None:
    lines = lines_of(call(*SHORT, "--stream", "--every", "7").stdout)

    for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
        assert updates_of(lines)[-1][name] == lines[-1][name]


def test_a_regression_streams_its_own_scores(call: Any) -> None:
    lines = lines_of(call(*SHORT, "--dataset", "reg-plane", "--stream", "--every", "20").stdout)
    update = updates_of(lines)[-1]

    assert update["train_accuracy"] is None
    assert update["test_r2"] == lines[-1]["test_r2"]


def test_moments_are_told_once_with_the_step_they_were_seen_at(call: Any) -> None:
    lines = lines_of(call(*SHORT, "--stream", "--every", "1").stdout)
    moments = [(line["moment"], line["step"]) for line in lines if line["type"] == "pause_moment"]

    assert moments[:2] == [("first_forward", 0), ("first_backward", 1)]
    assert len(moments) == len(set(moments))


def test_a_run_that_diverges_says_so_in_its_last_line(call: Any) -> None:
    finished = call(*SHORT, "--stream", "--every", "2", *EXPLOSIVE)
    lines = lines_of(finished.stdout)

    assert finished.status == 1
    assert lines[-1]["status"] == "diverged"
    assert "divergence" in {line.get("moment") for line in lines}


@pytest.mark.parametrize("every", [[], ["--every", "1"], ["--every", "5"], ["--every", "1000"]])
def test_a_rule_ends_a_stream_at_the_step_where_it_ends_any_run(call: Any, every: list[str]) -> None:
    lines = lines_of(call(*SHORT, "--stop-epochs", "2", "--stream", *every).stdout)

    assert (lines[-1]["status"], lines[-1]["steps"]) == ("stopped", 10)
    assert updates_of(lines)[-1]["step"] == 10


def test_a_saved_run_goes_on_in_a_stream(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run.npz")
    call(*SHORT, "--save", path)
    lines = lines_of(call("train", "--load", path, "--epochs", "6", "--stream", "--every", "4").stdout)

    assert (lines[0]["epoch"], lines[0]["step"]) == (4, 20)
    assert [update["step"] for update in updates_of(lines)] == [24, 28, 30]


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (["--every", "5"], "--every"),
        (["--with", "history"], "--with"),
        (["--stream", "--json"], "--json"),
        (["--stream", "--every", "0"], "--every: 0"),
        (["--stream", "--every", "soon"], "--every: soon"),
        (["--stream", "--with", "history,colors"], "--with: colors"),
        (["--stream", "--with", ""], "--with: nothing"),
        (["--stream", "--log-every", "2"], "--log-every"),
    ],
)
def test_flags_that_cannot_be_are_refused_in_one_line(call: Any, flags: list[str], named: str) -> None:
    finished = call(*SHORT, *flags)

    assert (finished.status, finished.stdout) == (2, "")
    assert finished.stderr.startswith(f"tui-nn: {named}")
    assert finished.stderr.count("\n") == 1


def begin(environment: Mapping[str, str], folder: Path, *flags: str) -> subprocess.Popen[str]:
    endless = ["train", "--epochs", "1000000", "--stream", *flags]
    return subprocess.Popen(
        [sys.executable, "-m", "tui_nn", *endless],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_reader_that_leaves_ends_the_run_quietly_and_the_run_is_kept(
    command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    process = begin(command_environment, tmp_path, "--every", "10", "--save", "run.npz")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()

    assert (process.wait(30), told) == (1, "")
    assert load_model(tmp_path / "run.npz").network.n_parameters == 25


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_stream_with_its_record(
    command_environment: Mapping[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    process = begin(command_environment, tmp_path)
    assert process.stdout is not None
    seen = process.stdout.readline()
    while '"update"' not in seen:
        seen = process.stdout.readline()
    process.send_signal(number)
    rest, told = process.communicate(timeout=30)

    assert (process.returncode, told) == (128 + number, "")
    assert lines_of(rest)[-1]["status"] == "interrupted"


@pytest.mark.parametrize("remainder", ["use", "drop", "carry"])
@pytest.mark.parametrize("taken", range(12))
def test_the_steps_until_an_epoch_are_those_that_are_taken(remainder: str, taken: int) -> None:
    batches = Batches.of(Config(samples=46, batch_size=5, remainder=remainder), 23)
    for _ in range(taken):
        batches.take()
    told, counted = batches.steps_until(4), 0
    while batches.epoch < 4:
        batches.take()
        counted += 1

    assert told == counted


def parts_of(call: Any, names: str, *flags: str) -> Any:
    return json.loads(call(*SHORT, "--json", "--with", names, *flags).stdout, parse_constant=refuse)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1.5, np.nan, -np.inf], [1.5, None, None]), ([[1, 2]], [[1, 2]]), (np.nan, None), (2.5, 2.5)],
)
def test_numbers_that_are_not_finite_are_none(values: Any, expected: Any) -> None:
    assert plain(np.array(values)) == expected


def test_the_history_begins_with_the_first_weights_and_ends_with_the_record(call: Any) -> None:
    record = parts_of(call, "history")
    history = record["history"]

    assert history["step"] == list(range(21))
    assert history["test_loss"][-1] == record["test_loss"]
    assert history["train_accuracy"][-1] == record["train_accuracy"]


def test_the_points_are_every_sample_with_its_class(call: Any) -> None:
    points = parts_of(call, "points", "--dataset", "gauss", "--noise", "0")["points"]
    inputs, targets = np.array(points["train"]["inputs"]), np.array(points["train"]["targets"])

    assert inputs.shape == (30, 2)
    assert len(points["test"]["targets"]) == 30
    assert points["class_names"] == ["0", "1"]
    assert len(set(np.sign(inputs[targets == 0].sum(axis=1)))) == 1  # two clouds on a diagonal


def by_hand(record: dict[str, Any], point: np.ndarray) -> float:
    """Return the network's answer, tanh below and a sigmoid on top, from the weights in a record."""
    *hidden, output = record["weights"]
    for layer in hidden:
        point = np.tanh(point @ np.array(layer["weights"]) + np.array(layer["biases"]))
    z = point @ np.array(output["weights"]) + np.array(output["biases"])
    return float(1 / (1 + np.exp(-z[0])))


def test_the_weights_answer_what_the_surface_shows(call: Any) -> None:
    record = parts_of(call, "weights,surface")
    surface = record["surface"]
    shown = np.array(surface["probabilities"])

    assert shown.shape == (50, 50, 2)
    for row, column in [(0, 0), (0, 49), (49, 0), (20, 31)]:
        expected = by_hand(record, np.array([surface["x"][column], surface["y"][row]]))
        assert shown[row, column, 1] == pytest.approx(expected, abs=1e-5)
        assert surface["classes"][row][column] == int(expected > 0.5)


def test_the_surface_of_a_regression_has_values_and_that_of_images_is_none(call: Any) -> None:
    values = parts_of(call, "surface", "--dataset", "reg-plane", "--hidden", "none")["surface"]["values"]
    images = parts_of(call, "surface,activations", "--dataset", "digits", "--epochs", "1")

    differences = np.diff(np.array(values), axis=1)  # without a hidden layer it is a plane
    assert np.allclose(differences, differences[0, 0], atol=1e-5)
    assert images["surface"] is None
    assert len(images["activations"][0]["values"]) == 784


def test_activations_and_gradients_come_with_each_update(call: Any) -> None:
    lines = lines_of(
        call(*SHORT, "--stream", "--every", "10", "--with", "activations,gradients,weights").stdout
    )
    update, record = updates_of(lines)[-1], lines[-1]
    shapes = [np.array(layer["weights"]).shape for layer in update["gradients"]]
    first = update["gradients"][0]
    norm = np.sqrt(np.square(first["weights"]).sum() + np.square(first["biases"]).sum())

    assert [layer["layer"] for layer in update["activations"]] == ["input", "hidden 1", "hidden 2", "output"]
    expected = by_hand(record, np.array(update["activations"][0]["values"]))
    assert update["activations"][-1]["values"][0] == pytest.approx(expected, abs=1e-6)
    assert shapes == [(2, 4), (4, 2), (2, 1)]
    assert first["norm"] == pytest.approx(norm, rel=1e-6)
    assert "weights" not in update
