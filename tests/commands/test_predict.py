from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.commands.predict import name_points
from tui_nn.data import DATASETS, array_dataset
from tui_nn.settings.config import Config
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., tuple[str, Trainer]]:
    """Return a maker of saved models, a few steps old: the path, and the trainer that it came from."""

    def make(**settings: Any) -> tuple[str, Trainer]:
        trainer = Trainer(Config(**settings))
        for _ in range(30):
            trainer.advance()
        path = tmp_path / "model.npz"
        save_run(path, trainer)
        return str(path), trainer

    return make


def refused(finished: Any, status: int) -> str:
    """Return the one line of a refusal."""
    assert finished.status == status
    assert finished.stdout == ""
    assert finished.stderr.startswith("tui-nn: ")
    assert finished.stderr.count("\n") == 1
    return str(finished.stderr)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def by_hand(trainer: Trainer, point: list[float]) -> float:
    """Return the probability of class 1, from the weights, with plain formulas."""
    a = np.array(point)
    first, second, last = trainer.network.layers
    for layer in (first, second):
        a = np.tanh(a @ layer.weights + layer.biases)
    return float(sigmoid(a @ last.weights + last.biases)[0])


def test_json_is_a_list_of_class_and_probabilities(call: Any, model: Any) -> None:
    path, trainer = model()
    finished = call("predict", path, "0.5,1.2", "-1.2,0.5", "--json")
    expected = [by_hand(trainer, point) for point in ([0.5, 1.2], [-1.2, 0.5])]
    records = json.loads(finished.stdout)

    assert finished.status == 0
    assert [record.keys() for record in records] == [{"class", "probabilities"}] * 2
    assert [record["class"] for record in records] == [int(p > 0.5) for p in expected]
    for record, p in zip(records, expected, strict=True):
        assert record["probabilities"] == pytest.approx([1 - p, p], abs=1e-5)


@pytest.mark.parametrize(
    "words",
    [
        ["-1.2,0.5", "3,4"],
        ["--input", "-1.2,0.5", "3,4"],
        ["--input", "-1.2,0.5", "--input", "3,4"],
        ["--input=-1.2,0.5", "--input=3,4"],
        ["-1.2, 0.5", "3 4"],
        ["-1.2;.5e0", "+3,4e0"],
        ["--", "-1.2,0.5", "3,4"],
    ],
    ids=" ".join,
)
def test_points_can_be_written_in_many_ways_and_keep_their_order(
    call: Any, model: Any, words: list[str]
) -> None:
    path, trainer = model()
    records = json.loads(call("predict", path, *words, "--json").stdout)

    expected = [by_hand(trainer, point) for point in ([-1.2, 0.5], [3.0, 4.0])]
    assert [r["probabilities"][1] for r in records] == pytest.approx(expected, abs=1e-5)


def test_a_real_command_takes_negative_values_as_separate_words(command: Any, model: Any) -> None:
    path, trainer = model()
    finished = command("predict", path, "--input", "-1.2,0.5", "--json")

    assert finished.stderr == ""
    assert json.loads(finished.stdout)[0]["probabilities"][1] == pytest.approx(
        by_hand(trainer, [-1.2, 0.5]), abs=1e-5
    )


def test_one_sample_may_come_as_single_numbers(call: Any, model: Any) -> None:
    path, trainer = model()
    records = json.loads(call("predict", path, "-1.2", "-.5", "--json").stdout)

    assert [r["probabilities"][1] for r in records] == pytest.approx(
        [by_hand(trainer, [-1.2, -0.5])], abs=1e-5
    )


def test_without_json_a_table_is_printed(call: Any, model: Any) -> None:
    path, trainer = model()
    lines = call("predict", path, "0.5,1.2", "-1.2,0.5").stdout.splitlines()
    p = by_hand(trainer, [-1.2, 0.5])

    assert lines[0].split() == ["x,y", "class", "p(0)", "p(1)"]
    assert lines[2].split() == [
        "-1.2,0.5",
        str(int(p > 0.5)),
        f"{100 * (1 - p):.1f}",
        "%",
        f"{100 * p:.1f}",
        "%",
    ]


def test_regression_prints_values(call: Any, model: Any) -> None:
    path, trainer = model(dataset="reg-plane", hidden_sizes=())
    weights, biases = trainer.network.layers[0].weights, trainer.network.layers[0].biases
    expected = float(np.array([1.0, -2.0]) @ weights[:, 0] + biases[0])

    assert json.loads(call("predict", path, "1,-2", "--json").stdout) == [
        {"value": pytest.approx(expected, abs=1e-6)}
    ]
    assert call("predict", path, "1,-2").stdout.split() == ["x,y", "value", "1,-2", f"{expected:.4f}"]


def test_a_class_with_a_name_is_called_by_it(call: Any, model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = np.random.default_rng(0).standard_normal((12, 3))
    monkeypatch.setitem(DATASETS, "pets", array_dataset("pets", inputs, ["cat", "dog", "emu"] * 4))
    path, _ = model(dataset="pets", samples=12, batch_size=4, loss="hinge")
    monkeypatch.delitem(DATASETS, "pets")
    record = json.loads(call("predict", path, "1,2,3", "--json").stdout)[0]

    assert record["name"] == ["cat", "dog", "emu"][record["class"]]
    assert record["probabilities"] is None
    assert call("predict", path, "1,2,3").stdout.split() == ["x1,x2,x3", "class", "1,2,3", record["name"]]


def test_columns_of_a_csv_file_are_found_by_name(call: Any, model: Any, tmp_path: Path) -> None:
    path, trainer = model()
    (tmp_path / "rows.csv").write_text("y;label;x\n1,2;a;0,5\n", encoding="utf-8")
    record = json.loads(call("predict", path, "--csv", str(tmp_path / "rows.csv"), "--json").stdout)[0]

    assert record["probabilities"][1] == pytest.approx(by_hand(trainer, [0.5, 1.2]), abs=1e-5)


@pytest.mark.parametrize("head", ["", "x,y\n", "\ufeffx,y\r\n", "\n"])
def test_rows_of_a_csv_file_are_answered(call: Any, model: Any, tmp_path: Path, head: str) -> None:
    path, trainer = model()
    (tmp_path / "rows.csv").write_text(f"{head}0.5,1.2\n\n-1.2, 0.5\n", encoding="utf-8")
    records = json.loads(call("predict", path, "--csv", str(tmp_path / "rows.csv"), "--json").stdout)

    expected = [by_hand(trainer, point) for point in ([0.5, 1.2], [-1.2, 0.5])]
    assert [r["probabilities"][1] for r in records] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ([], ["predict needs a model file", "tui-nn train --save"]),
        (["0.5,1.2"], ["predict needs a model file"]),
        (["--input", "0.5,1.2"], ["predict needs a model file"]),
        (["MODEL"], ["no points"]),
        (["MODEL", "1"], ["1 is 1 number, but the model takes 2 numbers (x, y)"]),
        (["MODEL", "1,2,3"], ["1,2,3 is 3 numbers", "takes 2"]),
        (["MODEL", "1,2", "3"], ["3 is 1 number"]),
        (["MODEL", "1", "2", "3"], ["1 is 1 number"]),
        (["MODEL", "nan,1"], ["nan,1 is no sample"]),
        (["MODEL", "-inf,1"], ["-inf,1 is no sample"]),
        (["MODEL", "1,1e999"], ["1,1e999 is no sample"]),
        (["MODEL", "a,b"], ["a,b is no sample"]),
        (["MODEL", ""], ["nothing is no sample"]),
        (["MODEL", "1,,2"], ["1,,2 is no sample"]),
        (["MODEL", "9" * 500 + ",1"], ["999... is no sample"]),
        (["MODEL", "1,2", "--csv", "rows.csv"], ["not from both"]),
        (["MODEL", "1,2", "--bogus"], ["--bogus"]),
    ],
    ids=str,
)
def test_wrong_use_is_refused_in_one_line(call: Any, model: Any, words: list[str], parts: list[str]) -> None:
    path, _ = model()
    line = refused(call("predict", *(path if word == "MODEL" else word for word in words)), WRONG_USE)

    assert all(part in line for part in parts)


def test_a_file_that_is_not_there_fails(call: Any, tmp_path: Path) -> None:
    line = refused(call("predict", str(tmp_path / "none.npz"), "1,2"), FAILED)

    assert f"{tmp_path}/none.npz cannot be read: No such file" in line


def test_a_damaged_model_fails(call: Any, model: Any) -> None:
    path, _ = model()
    whole = Path(path).read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        Path(path).write_bytes(whole[:cut])

        assert "cannot be loaded" in refused(call("predict", path, "1,2"), FAILED)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "no rows"),
        (b"x,y\n", "no rows"),
        (b"a,b\n1,2\n", "no column of it is called x"),
        (b"x,y\n1,2\n3\n", "line 3 is 1 number"),
        (b"1,2\nthree,4\n", "line 2 is no sample"),
        (b"\xff\xfe\x00", "no text"),
    ],
)
def test_a_csv_file_that_cannot_be_used_fails(
    call: Any, model: Any, tmp_path: Path, content: bytes, part: str
) -> None:
    path, _ = model()
    (tmp_path / "rows.csv").write_bytes(content)

    assert part in refused(call("predict", path, "--csv", str(tmp_path / "rows.csv")), FAILED)


def test_a_csv_file_that_is_not_there_fails(call: Any, model: Any) -> None:
    path, _ = model()

    assert "/nowhere.csv cannot be read" in refused(call("predict", path, "--csv", "/nowhere.csv"), FAILED)


def test_points_are_named_and_flags_left_alone() -> None:
    words = ["m.npz", "-1,2", "--json", "--input", "-3,4", "5,6", "--csv", "-", "-h"]

    assert name_points(words) == [
        *("m.npz", "--input=-1,2", "--json", "--input", "-3,4", "--input=5,6", "--csv", "-", "-h")
    ]


def test_pixels_of_an_image_come_from_a_csv_file(call: Any, model: Any, tmp_path: Path) -> None:
    path, trainer = model(dataset="digits", samples=60, batch_size=10, hidden_sizes=(5,))
    image = trainer.problem.test.raw[0]
    (tmp_path / "rows.csv").write_text(",".join(map(str, image.reshape(-1).tolist())))
    record = json.loads(call("predict", path, "--csv", str(tmp_path / "rows.csv"), "--json").stdout)[0]

    a = image.reshape(-1) / 255
    first, last = trainer.network.layers
    z = np.tanh(a @ first.weights + first.biases) @ last.weights + last.biases
    expected = np.exp(z) / np.exp(z).sum()
    assert record["probabilities"] == pytest.approx(expected.tolist(), abs=1e-5)
    (tmp_path / "rows.csv").write_text(",".join(["300"] * 784))
    assert "from 0" in refused(call("predict", path, "--csv", str(tmp_path / "rows.csv")), FAILED)
