"""`tui-nn train` with --save and --load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.files.assets import asset_path
from tui_nn.settings.config import Config
from tui_nn.training.saved_run import load_run
from tui_nn.training.shipped import digits_config
from tui_nn.training.trainer import Trainer

SETTINGS = (
    "--samples",
    "90",
    "--batch-size",
    "7",
    "--remainder",
    "carry",
    "--dropout",
    "0.1",
    "--hidden",
    "5",
)
EXPLOSIVE = ("--optimizer", "sgd", "--loss", "mse", "--output-activation", "linear", "--learning-rate", "1e6")


def arrays(path: Path) -> dict[str, Any]:
    """Return all that a file holds, but the header, which holds the seconds."""
    with np.load(path) as file:
        return {name: file[name] for name in file if name != "header"}


def refused(finished: Any, status: int) -> str:
    assert finished.status == status
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    return str(finished.stderr)


def test_a_run_in_two_parts_is_the_run_in_one(call: Any, tmp_path: Path) -> None:
    part, rest, whole = (str(tmp_path / name) for name in ("part", "rest", "whole"))
    call("train", *SETTINGS, "--epochs", "5", "--save", part)
    call("train", "--load", part, "--epochs", "12", "--save", rest)
    call("train", *SETTINGS, "--epochs", "12", "--save", whole)
    found, expected = arrays(Path(rest)), arrays(Path(whole))

    assert found.keys() == expected.keys()
    for name, array in expected.items():
        assert np.array_equal(found[name], array, equal_nan=array.dtype.kind == "f"), name


@pytest.mark.parametrize("epochs", ["3", "26", "27"])
def test_patience_goes_on_across_files(call: Any, tmp_path: Path, epochs: str) -> None:
    part, rest = str(tmp_path / "part"), str(tmp_path / "rest")
    call("train", "--patience", "3", "--epochs", epochs, "--save", part)
    record = json.loads(call("train", "--load", part, "--epochs", "1500", "--json", "--save", rest).stdout)
    again = json.loads(call("train", "--load", rest, "--epochs", "1500", "--json").stdout)

    assert (record["steps"], record["status"]) == (700, "stopped")
    assert (again["steps"], again["status"]) == (700, "stopped")
    assert again["train_loss"] == record["train_loss"]


def test_a_schedule_goes_on_where_the_run_stopped(call: Any, tmp_path: Path) -> None:
    words = (
        "train",
        *SETTINGS,
        "--schedule",
        "cosine",
        "--epochs",
        "9",
        "--learning-rate",
        "0.123456789012345",
    )
    part, whole = str(tmp_path / "part"), str(tmp_path / "whole")
    call(*words, "--stop-epochs", "4", "--save", part)
    call("train", "--load", part, "--stop-epochs", "none", "--save", part)
    call(*words, "--save", whole)

    assert np.array_equal(arrays(Path(part))["parameters"], arrays(Path(whole))["parameters"])


def test_a_loaded_run_keeps_its_settings_but_for_the_flags(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run")
    call("train", *SETTINGS, "--epochs", "2", "--save", path)
    finished = call(
        *("train", "--load", path, "--epochs", "4", "--hidden", "5,3", "--json"),
        TUI_NN_SAMPLES="20",
        TUI_NN_EPOCHS="99",
    )
    record = json.loads(finished.stdout)

    assert (record["layer_sizes"], record["epochs"]) == ([2, 5, 3, 1], 4)


def test_the_record_of_a_run_that_went_on_counts_all_of_it(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run")
    call("train", "--samples", "40", "--batch-size", "5", "--epochs", "3", "--save", path)
    record = json.loads(call("train", "--load", path, "--epochs", "5", "--json").stdout)

    assert (record["epochs"], record["steps"]) == (5, 20)


def test_a_model_that_was_saved_can_be_asked(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run.npz")
    saved = call("train", "--samples", "40", "--epochs", "2", "--save", path)
    asked = call("predict", path, "0.5,-1.2", "--json")

    assert (saved.status, asked.status) == (0, 0)
    assert len(json.loads(asked.stdout)[0]["probabilities"]) == 2


def test_a_run_with_nothing_left_says_how_to_go_on(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run")
    call("train", "--samples", "40", "--epochs", "3", "--save", path)

    assert "has trained 3 epochs; continue with --epochs 6" in refused(
        call("train", "--load", path), WRONG_USE
    )


@pytest.mark.parametrize("place", ["missing/run.npz", ".", ""])
def test_a_place_that_takes_no_file_is_refused_before_training(call: Any, tmp_path: Path, place: str) -> None:
    path = str(tmp_path / place) if place else ""

    assert "--save: " in refused(call("train", "--epochs", "1000000", "--save", path), WRONG_USE)


def test_a_file_that_cannot_be_loaded_fails(call: Any, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a model")

    assert "No such file" in refused(call("train", "--load", str(tmp_path / "none")), FAILED)
    assert "cannot be loaded" in refused(call("train", "--load", str(tmp_path / "text")), FAILED)


def test_flags_that_do_not_fit_the_loaded_run_are_refused(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run")
    call("train", "--samples", "40", "--epochs", "2", "--save", path)
    finished = call("train", "--load", path, "--epochs", "4", "--batch-size", "30")

    assert "--batch-size: 30 is not allowed" in refused(finished, WRONG_USE)


def test_a_run_that_diverged_leaves_the_file_as_it_was(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("kept")
    finished = call("train", "--samples", "60", *EXPLOSIVE, "--save", str(path), "--json")

    assert finished.status == FAILED
    assert json.loads(finished.stdout)["status"] == "diverged"
    assert "was not saved: the run diverged" in finished.stderr
    assert path.read_text() == "kept"


def test_the_moments_are_kept_where_they_are_asked_for(call: Any, tmp_path: Path) -> None:
    plain, kept = (str(tmp_path / name) for name in ("plain", "kept"))
    call("train", *SETTINGS, "--epochs", "2", "--save", plain)
    call("train", *SETTINGS, "--epochs", "2", "--save", kept, "--save-timeline")

    assert "extra.frames" not in arrays(Path(plain))
    # 45 training samples in batches of 7, the remainder carried: 12 steps in two epochs, and the beginning.
    assert arrays(Path(kept))["extra.frame_places"][:, 0].tolist() == list(range(13))
    np.testing.assert_array_equal(arrays(Path(plain))["parameters"], arrays(Path(kept))["parameters"])


def test_the_moments_of_a_run_that_goes_on_are_those_of_the_whole(call: Any, tmp_path: Path) -> None:
    part, rest, whole = (str(tmp_path / name) for name in ("part", "rest", "whole"))
    call("train", *SETTINGS, "--epochs", "5", "--save", part, "--save-timeline")
    call("train", "--load", part, "--epochs", "12", "--save", rest, "--save-timeline")
    call("train", *SETTINGS, "--epochs", "12", "--save", whole, "--save-timeline")

    np.testing.assert_array_equal(arrays(Path(rest))["extra.frames"], arrays(Path(whole))["extra.frames"])


def test_moments_without_a_file_are_refused(call: Any) -> None:
    words = refused(call("train", *SETTINGS, "--save-timeline"), WRONG_USE)

    assert "--save FILE" in words


def test_damaged_moments_are_refused_in_a_line(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    call("train", *SETTINGS, "--epochs", "2", "--save", str(path), "--save-timeline")
    with np.load(path) as file:
        members = dict(file)
    members["extra.frames"][0, 0] = np.inf
    np.savez(path, **members)

    assert "timeline is damaged" in refused(call("train", "--load", str(path), "--epochs", "9"), FAILED)


def shipped_loss(config: Config) -> float:
    """Return the test loss of the shipped digits network before it is trained further."""
    trainer = Trainer(config)
    trainer.network.parameters[:] = load_run(asset_path("digits.npz")).network.parameters
    loss = trainer.measure().test_loss
    assert loss is not None
    return loss


@pytest.mark.parametrize("epochs", [1, 5, 20])
@pytest.mark.parametrize("rate", ["0.03", "3"])
def test_going_on_from_the_shipped_network_never_costs_accuracy(call: Any, epochs: int, rate: str) -> None:
    words = ("--samples", "400", "--data-seed", "2", "--learning-rate", rate, "--epochs", str(epochs))

    finished = call("train", "--load", "default", *words, "--json")

    record = json.loads(finished.stdout)
    before = shipped_loss(digits_config().replace(samples=400, data_seed=2, epochs=epochs))
    assert (record["status"], record["epochs"]) == ("finished", epochs)
    assert record["test_loss"] <= before
    if rate == "3":
        assert record["kept_epoch"] < epochs


def test_the_weights_that_were_kept_are_said_and_written(call: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "run.npz")
    words = ("--samples", "400", "--learning-rate", "3", "--epochs", "2", "--save", path)

    finished = call("train", "--load", "default", *words)

    assert "Kept the weights it began with: their test loss was the lowest." in finished.stdout
    shipped = load_run(asset_path("digits.npz")).network.parameters
    np.testing.assert_array_equal(load_run(Path(path)).network.parameters, shipped)


def test_flags_that_make_another_network_than_the_shipped_one_are_refused(call: Any) -> None:
    finished = call("train", "--load", "default", "--hidden", "5", "--epochs", "1")

    assert "a network of a different shape" in refused(finished, WRONG_USE)
