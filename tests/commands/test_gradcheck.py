from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tui_nn.cli import FAILED, WRONG_USE
from tui_nn.engine import ACTIVATIONS

DIGITS = "--dataset digits --samples 40 --batch-size 10"
CONFIGS = [
    "--preset tf-playground",
    "--preset visualizer-3d",
    "--dataset reg-gauss --loss huber --activation gelu",
    "--dataset pinwheel --classes 4 --activation elu,sine --features x,y,xy --standardize",
    "--dataset clusters --loss hinge --activation mish --hidden 5 --batch-norm --dropout 0.3",
    "--hidden none --regularization l2 --regularization-rate 1 --clip-norm 0.001",
    f"{DIGITS} --hidden 3c3,p2,bn,4 --activation relu --per-layer 20 --rows 3",
]


def record_of(finished: Any) -> dict[str, Any]:
    assert finished.stderr == ""
    record = json.loads(finished.stdout)
    assert isinstance(record, dict)
    return record


@pytest.mark.parametrize("words", CONFIGS)
def test_gradients_of_any_config_pass(call: Any, words: str) -> None:
    finished = call("gradcheck", *words.split(), "--json")
    record = record_of(finished)

    assert finished.status == 0
    assert record["passed"] is True
    assert all(layer["relative_error"] < 1e-6 for layer in record["layers"])


def test_every_parameter_of_a_small_network_is_checked(call: Any) -> None:
    record = record_of(call("gradcheck", "--hidden", "4,2", "--json"))
    checked = [layer["checked"] + layer["left_out"] for layer in record["layers"]]

    assert checked == [(2 + 1) * 4, (4 + 1) * 2, (2 + 1) * 1]
    assert record["parameters"] == sum(checked)
    assert (record["layer_sizes"], record["dtype"], record["samples"]) == ([2, 4, 2, 1], "float64", 10)


def test_a_table_names_each_layer(call: Any) -> None:
    finished = call("gradcheck", "--hidden", "4,2")
    lines = [line.split() for line in finished.stdout.splitlines() if line]

    assert finished.status == 0
    assert lines[0][:2] == ["moons,", "2-4-2-1"]
    assert lines[1] == ["layer", "activation", "checked", "left", "out", "relative", "error", "verdict"]
    assert [line[2:5] + line[-1:] for line in lines[2:5]] == [
        ["tanh", "12", "0", "passed"],
        ["tanh", "10", "0", "passed"],
        ["sigmoid", "3", "0", "passed"],
    ]
    assert lines[5][:5] == ["passed:", "25", "of", "25", "parameters"]


def test_a_wrong_derivative_is_found_in_its_layer(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(ACTIVATIONS["sine"], derivative=lambda z, a: 1.01 * ACTIVATIONS["tanh"].derivative(z, a))
    monkeypatch.setitem(ACTIVATIONS, "sine", wrong)
    words = ("gradcheck", "--hidden", "3,3", "--activation", "tanh,sine")
    told, record = call(*words), record_of(call(*words, "--json"))

    assert told.status == FAILED
    assert told.stdout.count("FAILED") >= 2
    assert [layer["passed"] for layer in record["layers"]][1:] == [False, True]
    assert record["passed"] is False


def test_what_lies_near_a_kink_is_left_out_and_counted(call: Any) -> None:
    # A bias of zero puts every patch of blank paper exactly on the kink of ReLU.
    words = f"gradcheck {DIGITS} --hidden 2c3 --activation relu --rows 2".split()
    finished = call(*words)
    conv = record_of(call(*words, "--json"))["layers"][0]

    assert finished.status == 0
    assert conv["left_out"] >= 2
    assert conv["checked"] + conv["left_out"] == 2 * (3 * 3 + 1)
    assert "left out, because the step crosses a kink" in finished.stdout


def test_a_step_function_everywhere_leaves_nothing_to_learn_yet_agrees(call: Any) -> None:
    record = record_of(call("gradcheck", "--activation", "step", "--json"))

    assert record["passed"] is True


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("--rows 0", "--rows: 0 is not allowed"),
        ("--rows many", "--rows: many is not allowed"),
        ("--per-layer 1.5", "--per-layer: 1.5 is not allowed"),
        ("--hidden 0", "none"),
        ("--loss binary_cross_entropy --dataset reg-plane", "--loss"),
        ("circle", "unrecognized arguments: circle"),
    ],
)
def test_wrong_use_is_refused_in_one_line(call: Any, words: str, part: str) -> None:
    finished = call("gradcheck", *words.split())

    assert (finished.status, finished.stdout, finished.stderr.count("\n")) == (WRONG_USE, "", 1)
    assert part in finished.stderr
