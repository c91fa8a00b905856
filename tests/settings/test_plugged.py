"""A data set out of a Python file with one function, or out of an installed package."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest

from tui_nn.cli import main

STRIPES = """
import numpy as np

def _hidden():
    raise SystemExit

def stripes(samples, noise, classes, rng):
    points = rng.uniform(-5.0, 5.0, (samples, 2))
    return points, np.floor((points[:, 0] + 5.0) / 2.0).astype(np.int64) % 2
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "stripes.py"
    path.write_text(STRIPES)
    return path


def test_a_file_with_one_function_is_a_data_set(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--dataset", "stripes.py", "--hidden", "8", "--epochs", "2", "--json"]) == 0
    record = json.loads(capfd.readouterr().out)

    assert (record["dataset"], record["layer_sizes"]) == ("stripes.py", [2, 8, 1])


def test_a_function_of_numbers_is_a_regression(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        "def line(samples, noise, classes, rng):\n    x = rng.random((samples, 3))\n    return x, x[:, 0]\n"
    )
    assert main(["train", "--dataset", "stripes.py", "--epochs", "2", "--json"]) == 0
    record = json.loads(capfd.readouterr().out)

    assert (record["layer_sizes"], record["train_accuracy"]) == ([3, 4, 2, 1], None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1\n", "defines 0 functions"),
        ("def a(): pass\ndef b(): pass\n", "defines 2 functions"),
        ("def a(*given): return 1 / 0\n", "stripes.py failed: ZeroDivisionError"),
        ("def a(*given): return [[1.0]], [0]\n", "needed are (samples, inputs) and (samples,)"),
        ("import nothing_at_all\n", "cannot be run: ModuleNotFoundError"),
        ("def a(n, *given): return [[float('nan')]] * n, [0] * n\n", "no finite number"),
        ("def a(n, *given): return [[1.0]] * n, [0] * n\n", "classes that count from 0, two at least"),
    ],
)
def test_a_file_that_makes_no_data_is_refused_in_a_sentence(
    text: str, says: str, file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file.write_text(text)
    assert main(["train", "--dataset", "stripes.py", "--json"]) == 2
    told = capfd.readouterr()

    assert told.out == ""
    assert told.err.startswith("tui-nn: --dataset: ")
    assert says in told.err


def test_a_line_and_a_saved_run_run_no_python(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mark = file.with_name("was_run")
    assert main(["train", "--dataset", "stripes.py", "--epochs", "1", "--save", "run.npz"]) == 0
    file.write_text(f"open({str(mark)!r}, 'w').close()\n{STRIPES}")
    from tui_nn.data.registry import OWN_DATASETS

    OWN_DATASETS.clear()
    assert main(["train", "--share", "dataset=stripes.py"]) == 2
    assert "it names stripes.py, and a line opens no file by itself" in capfd.readouterr().err
    assert main(["train", "--load", "run.npz", "--epochs", "3"]) != 0
    assert not mark.exists()


def made(samples: int, noise: float, classes: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    points = rng.uniform(-1.0, 1.0, (samples, 2))
    return points, (points[:, 0] > 0).astype(np.int64)


def test_a_package_can_bring_one_by_an_entry_point(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Entry:
        name = "half-plane"

        def load(self) -> object:
            return made

    asked: list[str] = []
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: asked.append(group) or [Entry()])
    assert main(["train", "--dataset", "half-plane", "--epochs", "1", "--json"]) == 0

    assert asked[0] == "tui_nn.datasets"
    assert json.loads(capfd.readouterr().out)["dataset"] == "half-plane"
    assert EntryPoint("half-plane", "package:made", "tui_nn.datasets").group == asked[0]


def test_a_line_can_name_a_file_whose_name_begins_as_that_of_arrays(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file.rename(file.with_name("own_stripes.py"))
    assert main(["train", "--dataset", "own_stripes.py", "--epochs", "1", "--save", "run.npz"]) == 0
    capfd.readouterr()

    assert main(["share", "run.npz"]) == 0
    assert capfd.readouterr().out.startswith("dataset=own_stripes.py&")
