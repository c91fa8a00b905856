"""`tui-nn explain MODEL --ablation`: the table of what a saved network loses without each neuron."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.settings.config import Config
from tui_nn.training.evaluation import evaluate
from tui_nn.training.holding import hold_neuron
from tui_nn.training.saving import save_run
from tui_nn.training.trainer import Trainer

Model = Callable[..., tuple[str, Trainer]]


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """Return a maker of saved models, a few steps old: the path, and the trainer that it came from."""

    def make(**settings: Any) -> tuple[str, Trainer]:
        trainer = Trainer(Config(**settings))
        for _ in range(60):
            trainer.advance()
        path = tmp_path / "model.npz"
        save_run(path, trainer)
        return str(path), trainer

    return make


def test_json_holds_what_cutting_each_neuron_gives(call: Any, model: Model) -> None:
    path, trainer = model(standardize=True)
    finished = call("explain", path, "--ablation", "--json")
    found = json.loads(finished.stdout)
    whole = evaluate(trainer.network, trainer.problem)

    assert finished.status == 0
    assert (found["part"], found["rows"], found["rows_of"]) == ("test", 250, 250)
    assert (found["loss"], found["accuracy"]) == (whole.test_loss, whole.test_accuracy)
    assert len(found["neurons"]) == 4 + 2
    for entry in found["neurons"]:
        cut = trainer.network.copy()
        hold_neuron(cut, "cut", (entry["layer"], entry["number"] - 1), True)
        without = evaluate(cut, trainer.problem)
        assert (entry["loss"], entry["accuracy"]) == (without.test_loss, without.test_accuracy)
        assert entry["loss_change"] == pytest.approx(without.test_loss - whole.test_loss)
        assert entry["accuracy_change"] == pytest.approx(without.test_accuracy - whole.test_accuracy)


def test_the_most_needed_neuron_comes_first(call: Any, model: Model) -> None:
    path, _ = model()
    neurons = json.loads(call("explain", path, "--ablation", "--json").stdout)["neurons"]
    changes = [entry["loss_change"] for entry in neurons]
    lines = call("explain", "--ablation", path).stdout.splitlines()

    assert changes == sorted(changes, reverse=True)
    assert lines[0] == "250 test rows, the most needed neuron first"
    assert [line[:18].strip() for line in lines[3:9]] == [entry["name"] for entry in neurons]
    assert max(map(len, lines)) <= 80


def test_a_regression_has_r2_in_place_of_the_accuracy(call: Any, model: Model) -> None:
    path, trainer = model(dataset="reg-plane", loss="mse")
    found = json.loads(call("explain", path, "--ablation", "--json").stdout)

    assert found["r2"] == evaluate(trainer.network, trainer.problem).test_r2
    assert "r2_change" in found["neurons"][0]
    assert "R² change" in call("explain", path, "--ablation").stdout


@pytest.mark.parametrize("words", [(), ("a.npz", "b.npz")])
def test_it_takes_one_model(call: Any, words: tuple[str, ...]) -> None:
    finished = call("explain", "--ablation", *words)

    assert (finished.status, finished.stdout) == (WRONG_USE, "")
    assert "needs one model file" in finished.stderr


def test_what_cannot_be_read_or_has_nothing_to_silence_is_one_sentence(call: Any, model: Model) -> None:
    path, _ = model(hidden_sizes=())
    none = call("explain", path, "--ablation")
    missing = call("explain", f"{path}.missing", "--ablation")

    assert (none.status, missing.status) == (FAILED, FAILED)
    assert none.stderr.endswith("has no ablation: There is no hidden neuron to silence.\n")
    assert "No such file" in missing.stderr
