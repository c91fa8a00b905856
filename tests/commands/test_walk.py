from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.commands.walk import tell
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer
from tui_nn.views.walk.look.walking import look_at_walk
from tui_nn.views.walk.values import WalkRequest

XOR = ["--dataset", "xor", "--hidden", "2", "--dtype", "float64"]
POINT = ["--input", "-1.2,0.5", "--answer", "1"]


def refused(finished: Any, status: int = WRONG_USE) -> str:
    """Return the one line of a refusal."""
    assert finished.status == status
    assert finished.stdout == ""
    assert finished.stderr.startswith("tui-nn: ")
    assert finished.stderr.count("\n") == 1
    return str(finished.stderr)


def stages_of(call: Any, *words: str) -> list[dict[str, Any]]:
    finished = call("walk", *words, "--json")
    assert finished.status == 0, finished.stderr
    found: list[dict[str, Any]] = json.loads(finished.stdout)
    return found


def test_every_stage_is_printed_in_order(call: Any) -> None:
    finished = call("walk", *XOR, *POINT)
    titles = [line for line in finished.stdout.splitlines() if line.partition("/")[0].isdecimal()]

    assert finished.status == 0
    assert finished.stdout.startswith("-1.2, 0.5, class 1, through xor 2-2-1 adam at step 0\n")
    assert titles[0] == "1/12  input: x"
    assert titles[1] == "2/12  hidden 1: preactivations z"
    assert titles[5] == "6/12  loss L: binary_cross_entropy"
    assert titles[-1] == "12/12  update: adam"


def test_the_numbers_follow_from_the_weights(call: Any) -> None:
    stages = stages_of(call, *XOR, *POINT)
    _, z1, a1, z2, a2, loss, *_ = (stage["values"] for stage in stages)
    for j in range(2):
        z = -1.2 * z1["weights"][0][j] + 0.5 * z1["weights"][1][j] + z1["biases"][j]
        assert z1["z"][j] == pytest.approx(z)
        assert a1["a"][j] == pytest.approx(math.tanh(z))
    z = sum(a1["a"][j] * z2["weights"][j][0] for j in range(2)) + z2["biases"][0]
    assert a2["a"][0] == pytest.approx(1 / (1 + math.exp(-z)))
    assert loss["loss"][0] == pytest.approx(-math.log(a2["a"][0]))
    assert f"1            {z1['biases'][0]:+.4f}" not in stages[1]["lines"][0]
    assert stages[2]["lines"][1].split() == ["1", f"{z1['z'][0]:+.4f}", f"{a1['a'][0]:+.4f}"]


@pytest.mark.parametrize(
    "words",
    [["--input", "-1.2,0.5"], ["--input=-1.2,0.5"], ["--input", "-1.2 0.5"], ["--input", "-1.2;0.5"]],
    ids=" ".join,
)
def test_a_negative_point_can_be_a_word_of_its_own(call: Any, words: list[str]) -> None:
    assert stages_of(call, *XOR, *words)[0]["values"]["x"] == [-1.2, 0.5]


def test_without_a_target_it_goes_forward_and_says_how_to_give_one(call: Any) -> None:
    finished = call("walk", *XOR, "--input", "1,2")

    assert finished.status == 0
    assert "loss" not in finished.stdout.rpartition("\n\n")[0]
    assert "--answer CLASS" in finished.stdout.splitlines()[-1]


def test_a_sample_of_the_data_is_named(call: Any) -> None:
    trainer = Trainer(Config(dataset="xor", hidden_sizes=(2,), dtype="float64"))
    stages = stages_of(call, *XOR, "--example", "test 12")

    assert stages[0]["values"]["x"] == pytest.approx(trainer.problem.test.raw[11].tolist())
    assert stages[-1]["kind"] == "update"
    assert stages_of(call, *XOR) == stages_of(call, *XOR, "--example", "train 1"), "without a name the first"


def test_it_is_trained_first_if_epochs_are_given(call: Any) -> None:
    trainer = Trainer(Config(dataset="xor", hidden_sizes=(2,), dtype="float64"))
    while trainer.epoch < 3:
        trainer.advance()
    walk = look_at_walk(trainer, WalkRequest())

    assert "at step 75\n" in call("walk", *XOR, "--epochs", "3").stdout
    assert stages_of(call, *XOR, "--epochs", "3")[-1]["lines"] == [
        line.text for line in walk.stages[-1].lines
    ]


def test_a_saved_run_is_walked_through_where_it_is(call: Any, tmp_path: Path) -> None:
    trainer = Trainer(Config(dropout=0.3, batch_norm=True))
    for _ in range(30):
        trainer.advance()
    save_run(tmp_path / "run.npz", trainer)
    walk = look_at_walk(trainer, WalkRequest(Example("train", 4)))
    stages = stages_of(call, "--load", str(tmp_path / "run.npz"), "--example", "train 5")

    assert [stage["lines"] for stage in stages] == [[line.text for line in s.lines] for s in walk.stages]


def test_the_lines_of_the_engine_can_be_shown(call: Any) -> None:
    assert "    def connect(self, placed: PlacedLayer" in call("walk", *XOR, "--code").stdout
    assert "def connect" in stages_of(call, *XOR, "--code")[1]["code"]["Dense.connect"][0]


def test_a_drawing_walks_through_the_network_that_ships(call: Any, tmp_path: Path) -> None:
    drawing = tmp_path / "one.txt"
    drawing.write_text("....\n" + "..#.\n" * 8)
    words = ["--load", "default", "--samples", "100", "--batch-size", "10", "--digit", str(drawing)]

    assert "at step" in call("walk", *words).stdout.splitlines()[0]
    assert stages_of(call, *words, "--answer", "1")[-1]["kind"] == "update"


@pytest.mark.parametrize("name", ["tf-playground", "forward-pass", "blobs-adam", "visualizer-3d"])
def test_presets_can_be_walked_through(call: Any, name: str) -> None:
    assert stages_of(call, "--preset", name)[-1]["kind"] == "update"


def test_plain_ascii_is_plain_ascii(call: Any) -> None:
    assert not call("walk", *XOR).stdout.isascii()
    assert call("walk", *XOR, "--ascii").stdout.isascii()


def test_there_is_a_pause_before_each_stage_but_the_first() -> None:
    walk = look_at_walk(Trainer(Config(hidden_sizes=())), WalkRequest())
    waits: list[float] = []
    tell(walk, "first line", False, 0.8, waits.append)

    assert waits == [0.8] * (len(walk.stages) - 1)


def test_nothing_waits_without_a_terminal(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(seconds: float) -> None:
        raise AssertionError(seconds)

    monkeypatch.setattr("tui_nn.commands.walk.time.sleep", wait)

    assert call("walk", *XOR, "--interval", "500").status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--input", "1,2,3"], "--input: 3 numbers were given"),
        (["--input", "left,right"], "--input: 'left,right' is no example"),
        (["--input", "train 3"], "--input: train 3 is not allowed; numbers such as"),
        (["--input", "nan,1"], "--input: only finite numbers"),
        (["--input", "1,2", "--answer", "blue"], "--answer: 'blue' is no class; the classes are 0, 1"),
        (["--example", "1,2"], "--example: 1,2 is not allowed; a name such as"),
        (["--example", "train 0"], "--example: 'train 0' is no example"),
        (["--example", "test 900"], "--example: test 900 is not allowed; the test set has 250"),
        (["--example", "train 1", "--answer", "1"], "--answer: train 1 has its own"),
        (["--example", "train 1", "--input", "1,2"], "--input and --example both choose an example"),
        (["--interval", "-5"], "--interval: -5 is not allowed; a whole number from 0 to 600,000"),
        (["--digit", "nowhere.txt"], "--digit: moons holds no drawings"),
        (["--walk-interval", "1"], "--walk-interval: 1 is not allowed"),
        (["--preset", "nothing"], "--preset: nothing is not allowed"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(call: Any, words: list[str], said: str) -> None:
    assert said in refused(call("walk", *words))


def test_a_file_that_is_none_ends_with_status_1(call: Any, tmp_path: Path) -> None:
    assert "nowhere.npz" in refused(call("walk", "--load", str(tmp_path / "nowhere.npz")), FAILED)


def test_a_training_that_diverges_ends_with_status_1(call: Any) -> None:
    words = ["--dataset", "reg-plane", "--optimizer", "sgd", "--learning-rate", "10000", "--epochs", "5"]
    finished = call("walk", *words)

    assert finished.status == FAILED
    assert "tui-nn: the training diverged" in finished.stderr
