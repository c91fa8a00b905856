"""`tui-nn predict MODEL --digit FILE`: drawings in text, and what the shipped network makes of them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.data import fit_drawing, format_drawing, to_pixels
from tui_nn.data.drawing_files import read_digits
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

ONE = np.zeros((28, 28), dtype=bool)
ONE[4:24, 13:15] = True
SEVEN = np.zeros((28, 28), dtype=bool)
SEVEN[5:7, 8:20] = True
SEVEN[5:24, 18:20] = True


def write(path: Path, *drawings: Any) -> str:
    """Write drawings to a file as text; return its path."""
    path.write_text("\n".join(format_drawing(drawing) for drawing in drawings), encoding="utf-8")
    return str(path)


def refused(finished: Any, status: int) -> str:
    """Return the one line of a refusal."""
    assert finished.status == status
    assert finished.stdout == ""
    assert finished.stderr.startswith("tui-nn: ")
    assert finished.stderr.count("\n") == 1
    return str(finished.stderr)


def test_drawings_are_read_cropped_scaled_and_centered(tmp_path: Path) -> None:
    images = read_digits(write(tmp_path / "drawings.txt", ONE, SEVEN))

    assert images.dtype == np.uint8
    assert np.array_equal(images, to_pixels(np.stack([fit_drawing(ONE), fit_drawing(SEVEN)])))


@pytest.mark.parametrize("shape", [(10, 6), (60, 100), (28, 27)])
def test_a_drawing_of_another_size_is_fitted(tmp_path: Path, shape: tuple[int, int]) -> None:
    drawing = np.zeros(shape, dtype=bool)
    drawing[1:-1, 2] = True
    images = read_digits(write(tmp_path / "drawing.txt", drawing))

    assert images.shape == (1, 28, 28)
    assert images.max() == 255


def test_json_holds_a_class_and_ten_probabilities_for_each_drawing(call: Any, tmp_path: Path) -> None:
    finished = call("predict", "default", "--digit", write(tmp_path / "two.txt", ONE, SEVEN), "--json")
    records = json.loads(finished.stdout)

    assert finished.status == 0
    assert [record["class"] for record in records] == [1, 7]
    assert [set(record) for record in records] == [{"class", "probabilities"}] * 2
    for record in records:
        assert len(record["probabilities"]) == 10
        assert sum(record["probabilities"]) == pytest.approx(1, abs=1e-5)
        assert int(np.argmax(record["probabilities"])) == record["class"]


def test_the_same_is_printed_as_a_table_of_eighty_columns(call: Any, tmp_path: Path) -> None:
    finished = call("predict", "default", "--digit", write(tmp_path / "two.txt", ONE, SEVEN))
    header, first, second = (line.split() for line in finished.stdout.splitlines())

    assert header == ["#", "class", *(part for digit in "0123456789" for part in (digit, "%"))]
    assert (first[:2], second[:2]) == (["1", "1"], ["2", "7"])
    assert sum(map(float, first[2:])) == pytest.approx(100, abs=0.6)
    assert max(map(len, finished.stdout.splitlines())) <= 80


def test_drawings_can_come_from_standard_input(call: Any, tmp_path: Path) -> None:
    text = Path(write(tmp_path / "drawing.txt", SEVEN)).read_bytes()
    with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(text))):
        finished = call("predict", "default", "--digit", "-", "--json")

    assert [record["class"] for record in json.loads(finished.stdout)] == [7]


def test_another_network_can_be_asked(call: Any, tmp_path: Path) -> None:
    trainer = Trainer(Config(dataset="digits", samples=60, batch_size=10, hidden_sizes=(5,)))
    save_run(tmp_path / "model.npz", trainer)
    path = write(tmp_path / "drawing.txt", ONE)
    finished = call("predict", str(tmp_path / "model.npz"), "--digit", path, "--json")
    [record] = json.loads(finished.stdout)
    x = to_pixels(fit_drawing(ONE)).reshape(1, -1) / 255
    first, last = trainer.network.layers
    z = np.tanh(x @ first.weights + first.biases) @ last.weights + last.biases
    expected = np.exp(z[0]) / np.exp(z[0]).sum()

    assert record["probabilities"] == pytest.approx(expected.tolist(), abs=1e-5)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"....\n....\n", "drawing 1 is empty"),
        (b"##\n##\n\n..\n..\n", "drawing 2 is empty"),
        (b"", "there is no drawing"),
        (b"\n \n\n", "there is no drawing"),
        (b"##x\n", "line 1 holds 'x'"),
        (b"#" * 1001, "larger than 1000 x 1000"),
        (b"\xff\xfe#\0", "neither rows of '#' and '.' nor a PNG or PGM picture"),
    ],
)
def test_a_file_without_drawings_is_named_and_nothing_is_guessed(
    call: Any, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "drawing.txt"
    path.write_bytes(content)
    line = refused(call("predict", "default", "--digit", str(path), "--json"), FAILED)

    assert str(path) in line
    assert said in line


def test_a_file_that_is_missing_or_huge_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileError, match=r"nowhere\.txt cannot be read: No such file"):
        read_digits(str(tmp_path / "nowhere.txt"))
    with pytest.raises(FileError, match="cannot be read: it is a folder"):
        read_digits(str(tmp_path))
    monkeypatch.setattr("tui_nn.data.drawing_files.MAX_BYTES", 100)
    with pytest.raises(FileError, match="too large"):
        read_digits(write(tmp_path / "drawing.txt", ONE))


def test_a_network_of_points_takes_no_drawings(call: Any, tmp_path: Path) -> None:
    save_run(tmp_path / "moons.npz", Trainer(Config(samples=20)))
    path = write(tmp_path / "drawing.txt", ONE)
    line = refused(call("predict", str(tmp_path / "moons.npz"), "--digit", path), WRONG_USE)

    assert "--digit: " in line
    assert "2 numbers, not drawings" in line


@pytest.mark.parametrize("more", [["1,2"], ["--csv", "rows.csv"]])
def test_drawings_and_points_do_not_mix(call: Any, tmp_path: Path, more: list[str]) -> None:
    path = write(tmp_path / "drawing.txt", ONE)

    assert "not from both" in refused(call("predict", "default", "--digit", path, *more), WRONG_USE)


def test_an_installation_without_the_network_says_so(
    call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_nn.files.assets._PACKAGE", tmp_path)
    line = refused(call("predict", "default", "--digit", write(tmp_path / "drawing.txt", ONE)), FAILED)

    assert "lacks assets/digits.npz" in line
