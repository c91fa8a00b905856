"""Whatever comes from outside, no control of a terminal comes out of a command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import write_idx

Call = Callable[..., Any]
HOSTILE = "evil\x1b]0;owned\x07\x9b2J\x7f\u202e"
COLORS = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def image_folder(at: Path) -> Path:
    at.mkdir()
    rng = np.random.default_rng(0)
    write_idx(at / "train-images-idx3-ubyte", rng.integers(0, 256, (40, 6, 6), dtype=np.uint8))
    write_idx(at / "train-labels-idx1-ubyte", (np.arange(40) % 3).astype(np.uint8))
    (at / "classes.txt").write_text("".join(f"{HOSTILE}{i}\n" for i in range(3)), encoding="utf-8")
    return at


def damaged_version(model: Path) -> None:
    """Rewrite a model's header so that its version is hostile."""
    with np.load(model) as arrays:
        members = dict(arrays)
    header = json.loads(members["header"].tobytes().decode())
    header["version"] = HOSTILE
    members["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(model, **members)


def assert_tame(finished: Any, *words: str) -> None:
    written = finished.stdout + finished.stderr
    assert not CONTROL.search(COLORS.sub("", written)), repr(written)
    for word in words:
        assert word in written


@pytest.mark.parametrize(
    "words",
    [
        ("train", "--epochs", "1", "--plot"),
        ("train", "--epochs", "1", "--plot", "--color", "256"),
        ("train", "--epochs", "1", "--json", "--plot"),
        ("walk", "--epochs", "1"),
        ("gradcheck",),
    ],
)
def test_names_of_classes_and_folders(call: Call, tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = image_folder(tmp_path / f"set{HOSTILE}")

    finished = call(*words, "--dataset", str(folder), "--hidden", "4")

    assert finished.status == 0
    assert_tame(finished)


def test_names_of_classes_in_predictions(call: Call, tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "set")
    model = str(tmp_path / f"m{HOSTILE}.npz")
    saved = call("train", "--epochs", "1", "--dataset", str(folder), "--hidden", "4", "--save", model)
    assert_tame(saved)
    point = ",".join(["0"] * 36)

    assert_tame(call("predict", model, point), "evil\\x1b]0;owned\\x07")
    assert_tame(call("predict", model, point, "--json"))
    assert_tame(call("predict", model, f"1,{HOSTILE}"), "\\x1b]0")


def test_names_of_settings_files_and_variables_in_errors(call: Call, tmp_path: Path) -> None:
    for words in [
        (HOSTILE,),
        (f"--{HOSTILE}",),
        ("train", f"--{HOSTILE}"),
        ("train", "--dataset", HOSTILE),
        ("train", "--preset", HOSTILE),
        ("train", "--learning-rate", HOSTILE),
        ("train", "--hidden", HOSTILE),
        ("train", "--load", str(tmp_path / HOSTILE)),
        ("train", "--save", str(tmp_path / HOSTILE / HOSTILE)),
        ("train", "--log-every", HOSTILE),
        ("walk", "--input", HOSTILE),
        ("walk", "--example", HOSTILE),
        ("walk", "--digit", HOSTILE, "--dataset", "digits"),
        ("gradcheck", "--rows", HOSTILE),
        ("predict", str(tmp_path / HOSTILE), "1,2"),
        ("data", HOSTILE),
        ("data", "mnist", "--from", HOSTILE),
        ("bench", "--only", HOSTILE),
    ]:
        finished = call(*words)
        assert finished.status, words
        assert_tame(finished, "\\x1b]0")
    for name in ("TUI_NN_LEARNING_RATE", "TUI_NN_PRESET", "TUI_NN_SEED", "TUI_NN_DATASET"):
        assert_tame(call("train", **{name: HOSTILE}), "\\x1b]0;")


def test_the_name_of_the_terminal(call: Call) -> None:
    assert_tame(call(TERM=HOSTILE))


def test_the_version_of_a_model_file(call: Call, tmp_path: Path) -> None:
    model = tmp_path / "m.npz"
    call("train", "--epochs", "1", "--save", str(model))
    damaged_version(model)

    assert_tame(call("predict", str(model), "1,2"), "evil\\x1b]0;owned")


def test_the_header_and_the_cells_of_a_table(call: Call, tmp_path: Path) -> None:
    model, rows = tmp_path / "m.npz", tmp_path / f"{HOSTILE}.csv"
    call("train", "--epochs", "1", "--save", str(model))
    for text in (f"x,{HOSTILE}\n1,2\n", f"x,y\n1,{HOSTILE}\n", HOSTILE):
        rows.write_text(text, encoding="utf-8")
        finished = call("predict", str(model), "--csv", str(rows))
        assert_tame(finished)
