"""`tui-nn share FILE`, and its line as the first word of another command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import main
from tui_nn.commands import train
from tui_nn.training.saved_run import load_run


@pytest.fixture
def saved(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """Return the path of a trained 4-2 network."""
    path = str(tmp_path / "run.npz")
    assert train.main(["--dataset", "xor", "--noise", "0.123", "--epochs", "3", "--save", path]) == 0
    capfd.readouterr()
    return path


def share(capfd: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["share", *words]) == 0
    return capfd.readouterr().out.removesuffix("\n")


def test_a_run_is_one_line_with_its_weights(saved: str, capfd: pytest.CaptureFixture[str]) -> None:
    line = share(capfd, saved)

    assert line.startswith("dataset=xor&noise=0.123&epochs=3&weights=")
    assert len(line) <= 400
    assert line.isprintable()
    assert " " not in line


def test_the_line_gives_network_and_settings_back(
    saved: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    line, again = share(capfd, saved), str(tmp_path / "again.npz")
    # a rate so small that no weight moves: what is saved is what the line held
    assert main(["train", line, "--learning-rate", "1e-30", "--optimizer", "sgd", "--save", again]) == 0

    before, after = load_run(saved), load_run(again)
    np.testing.assert_array_equal(after.network.parameters, before.network.parameters)
    assert (after.config().dataset, after.config().noise) == ("xor", 0.123)


def test_more_weights_than_a_line_holds_are_left_out_and_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "run.npz")
    assert main(["train", "dataset=spiral&hidden=8,8", "--epochs", "1", "--save", path]) == 0
    capfd.readouterr()
    assert main(["share", path]) == 0
    told = capfd.readouterr()

    assert told.out == "dataset=spiral&hidden=8,8&epochs=1\n"
    assert told.err == "The weights are left out: 105 are too many for a line.\n"


def test_what_is_kept_beside_weights_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "run.npz")
    assert main(["train", "--batch-norm", "--epochs", "1", "--save", path]) == 0
    capfd.readouterr()
    assert main(["share", path]) == 0

    assert "batch normalization keeps more than weights" in capfd.readouterr().err


def test_flags_stand_over_the_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "dataset=xor&epochs=2&samples=40", "--dataset", "circle", "--json"]) == 0
    record: dict[str, Any] = json.loads(capfd.readouterr().out)

    assert (record["dataset"], record["epochs"]) == ("circle", 2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["share"], "share needs a model file"),
        (["train", "datset=xor"], "share line: datset is not a setting; did you mean dataset?"),
        (["datset=xor"], "share line: datset is not a setting; did you mean dataset?"),
        (
            ["train", "dataset=/none/at/all"],
            "share line: it needs /none/at/all, which is not here; --dataset",
        ),
        (
            ["train", "dataset=/"],
            "share line: it names /, and a line opens no file by itself; add --dataset /",
        ),
        (
            ["train", "hidden=3&weights=AAAA"],
            "share line: weights: it holds 0.75 of them, and this network has",
        ),
        (["train", "a\x1b[2Jb=3"], "share line: a\\x1b[2Jb is not a setting"),
    ],
)
def test_a_line_that_cannot_be_used_is_wrong_use(
    words: list[str], says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    told = capfd.readouterr()

    assert told.out == ""
    assert says in told.err
    assert told.err.count("\n") == 1


def test_a_file_that_is_no_run_is_a_file_that_failed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["share", str(tmp_path / "none.npz")]) == 1
    assert "No such file" in capfd.readouterr().err


def test_a_saved_run_can_be_the_first_word_too(saved: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["train", saved, "--epochs", "5", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["epochs"] == 5


def test_a_file_of_no_other_kind_is_a_table(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a=b.txt"
    path.write_text("text")

    assert main([str(path)]) == 1
    assert "a=b.txt cannot be used: line 1 names columns (text)" in capfd.readouterr().err


ADDRESS = (
    "https://playground.tensorflow.org/#activation=relu&regularization=L2&batchSize=12&dataset=spiral"
    "&regDataset=reg-gauss&learningRate=0.001&regularizationRate=0.003&noise=35&networkShape=5,3&seed=abc"
    "&showTestData=true&discretize=false&percTrainData=70&x=true&y=true&xTimesY=true&xSquared=false"
    "&ySquared=false&cosX=true&sinX=false&cosY=true&sinY=false&collectStats=false&tutorial=dendrites"
    "&problem=classification&initZero=false&hideText=true&playButton_hide=true&noise_hide=true"
)


def test_an_address_is_trained_saved_and_made_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "run.npz")
    assert main(["train", ADDRESS, "--epochs", "2", "--save", path]) == 0
    capfd.readouterr()
    assert main(["share", path, "--as", "tfp"]) == 0
    told = capfd.readouterr()

    assert told.out == ADDRESS + "\n"
    assert told.err == "Weights and training are not in an address.\n"
    line = share(capfd, path)
    assert len(line) <= 500
    assert share(capfd, line, "--as", "tfp") == ADDRESS, "by way of a line"
    assert share(capfd, share(capfd, line)) == line, "weights and all"


def test_an_address_becomes_a_line_and_a_line_an_address(capfd: pytest.CaptureFixture[str]) -> None:
    assert share(capfd, ADDRESS, "--as", "tfp") == ADDRESS
    assert share(capfd, "preset=tf-playground&dataset=xor", "--as", "tfp").startswith(
        "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=xor&"
    )


def test_a_run_that_the_page_cannot_have_is_refused(saved: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["share", saved, "--as", "tfp"]) == 1
    assert "TensorFlow Playground has no " in (said := capfd.readouterr().err)
    assert "no optimizer adam (it has sgd)" in said
    assert main(["share", saved, "--as", "png"]) == 2


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a table of two columns and a class, in the folder that we are in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "own.csv"
    rows = (f"{i % 7},{100 * (i % 5)},{'yes' if i % 7 > 3 else 'no'}" for i in range(60))
    path.write_text("a,b,kind\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def line_of_table(table: Path, capfd: pytest.CaptureFixture[str]) -> str:
    assert main(["train", "own.csv", "--epochs", "2", "--target", "kind", "--save", "own.npz"]) == 0
    capfd.readouterr()
    return share(capfd, "own.npz")


class Terminal(io.StringIO):
    """Standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


def test_a_line_names_the_file_of_own_data(line_of_table: str) -> None:
    assert line_of_table.startswith("data=own.csv&target=kind&epochs=2&weights=")


def test_the_file_is_opened_when_a_flag_names_it_too(
    line_of_table: str, table: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", line_of_table, "--json"]) == 2
    said = "share line: it names own.csv, and a line opens no file by itself; add --data own.csv"
    assert said in capfd.readouterr().err
    assert main(["train", line_of_table, "--data", str(table), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["layer_sizes"] == [2, 8, 1]


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("yes\n", 0), ("\n", 2), ("n\n", 2), ("", 2)])
def test_a_person_at_a_terminal_is_asked(
    answer: str,
    status: int,
    line_of_table: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert main(["train", line_of_table, "--json"]) == status
    told = capfd.readouterr()

    assert "The line opens own.csv. Allow this? [y/N] " in told.err
    assert bool(told.out) == (status == 0)


def test_a_file_that_is_missing_is_named(
    line_of_table: str, table: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table.unlink()
    assert main(["train", line_of_table]) == 2
    assert (
        "share line: it needs own.csv, which is not here; --data says where it is" in capfd.readouterr().err
    )


def test_rows_from_standard_input_have_no_name(
    table: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(table.read_bytes())))
    assert main(["train", "-", "--epochs", "1", "--save", "own.npz"]) == 0
    assert main(["share", "own.npz"]) == 1
    assert "Its rows came on standard input, which no line can name" in capfd.readouterr().err


def test_the_folders_of_this_machine_are_not_told(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(inner)
    assert main(["train", str(table), "--epochs", "1", "--save", "own.npz"]) == 0
    capfd.readouterr()

    assert share(capfd, "own.npz").startswith("data=~/own.csv&")
