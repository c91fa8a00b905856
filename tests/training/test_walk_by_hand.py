"""A 2-2-1 network on one xor example, worked by hand: every number on the way is derived in a comment."""

from __future__ import annotations

from math import exp, log, tanh

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.trainer import Trainer
from tui_nn.views.walk.look.walking import look_at_walk
from tui_nn.views.walk.values import Stage, Walk, WalkRequest

# Weights: the first neuron is an OR, the second an AND of the signs; the output takes one from the other.
#
#     x1 ──  0.5 ──┐            x1 ──  0.5 ──┐
#                  ├─ b  0.25                ├─ b -0.25          a1 ──  2 ──┐
#     x2 ──  0.5 ──┘            x2 ──  1.0 ──┘                   a2 ── -1 ──┴─ b 0.5
X1, X2, T = 1.0, -0.5, 1.0
SETTINGS = {
    "dataset": "xor",
    "hidden_sizes": (2,),
    "activation": "tanh",
    "optimizer": "sgd",
    "learning_rate": 0.5,
    "dtype": "float64",
}

# Forward.
Z1 = 0.5 * X1 + 0.5 * X2 + 0.25  # 0.5 - 0.25 + 0.25 = 0.5
Z2 = 0.5 * X1 + 1.0 * X2 - 0.25  # 0.5 - 0.5 - 0.25 = -0.25
A1 = tanh(Z1)  # tanh 0.5 = 0.4621
A2 = tanh(Z2)  # tanh -0.25 = -0.2449
Z = 2 * A1 - 1 * A2 + 0.5  # 0.9242 + 0.2449 + 0.5 = 1.6692
A = 1 / (1 + exp(-Z))  # 1 / (1 + 0.1884) = 0.8415

# Loss: t = 1, so only -log a is left.
L = -log(A)  # 0.1726

# Backward. The slope of the sigmoid is part of the cross-entropy: delta = a - t.
DELTA = A - T  # -0.1585
GRAD_V1, GRAD_V2, GRAD_C = A1 * DELTA, A2 * DELTA, DELTA  # -0.0733, 0.0388, -0.1585
BELOW1, BELOW2 = 2 * DELTA, -1 * DELTA  # dL/da: -0.3171, 0.1585
SLOPE1, SLOPE2 = 1 - A1**2, 1 - A2**2  # 0.7864, 0.9400
DELTA1, DELTA2 = BELOW1 * SLOPE1, BELOW2 * SLOPE2  # -0.2494, 0.1490
GRAD_W = {  # (source, neuron): x delta
    ("x", 1): X1 * DELTA1,
    ("y", 1): X2 * DELTA1,
    ("x", 2): X1 * DELTA2,
    ("y", 2): X2 * DELTA2,
}

# Update: p - 0.5 g.
AFTER = {
    "h1 x→1": 0.5 - 0.5 * GRAD_W["x", 1],  # 0.5 + 0.1247 = 0.6247
    "h1 y→1": 0.5 - 0.5 * GRAD_W["y", 1],
    "h1 x→2": 0.5 - 0.5 * GRAD_W["x", 2],
    "h1 y→2": 1.0 - 0.5 * GRAD_W["y", 2],
    "h1 b1": 0.25 - 0.5 * DELTA1,
    "h1 b2": -0.25 - 0.5 * DELTA2,
    "out 1→1": 2.0 - 0.5 * GRAD_V1,  # 2 + 0.0366 = 2.0366
    "out 2→1": -1.0 - 0.5 * GRAD_V2,
    "out b1": 0.5 - 0.5 * GRAD_C,  # 0.5 + 0.0793 = 0.5793
}


@pytest.fixture(scope="module")
def walk() -> Walk:
    trainer = Trainer(Config(**SETTINGS))
    hidden, output = trainer.network.layers
    hidden.weights[:] = [[0.5, 0.5], [0.5, 1.0]]  # rows: from x1, from x2
    hidden.biases[:] = [0.25, -0.25]
    output.weights[:] = [[2.0], [-1.0]]
    output.biases[:] = [0.5]
    return look_at_walk(trainer, WalkRequest(Example("typed", 0, (X1, X2), T)))


def lines_of(stage: Stage) -> list[str]:
    return [" ".join(line.text.split()) for line in stage.lines]


def four(*values: float) -> str:
    return " ".join(f"{value:+.4f}" for value in values)


def test_the_numbers_derived_above_are_those_in_the_comments() -> None:
    assert [round(v, 4) for v in (Z1, Z2, A1, A2, Z, A)] == [0.5, -0.25, 0.4621, -0.2449, 1.6692, 0.8415]
    assert [round(v, 4) for v in (L, DELTA, SLOPE1, SLOPE2)] == [0.1726, -0.1585, 0.7864, 0.94]


def test_the_stages_come_in_the_order_of_the_arithmetic(walk: Walk) -> None:
    assert [(stage.kind, stage.layer) for stage in walk.stages] == [
        ("input", 0),
        ("preactivations", 1),
        ("activations", 1),
        ("preactivations", 2),
        ("activations", 2),
        ("loss", 2),
        ("delta", 2),
        ("gradients", 2),
        ("below", 2),
        ("delta", 1),
        ("gradients", 1),
        ("update", 2),
    ]


def test_forward(walk: Walk) -> None:
    given, z1, a1, z, a = map(lines_of, walk.stages[:5])

    assert f"x {four(X1)}" in given
    assert f"y {four(X2)}" in given
    assert f"1 {four(0.25, 0.25, Z1)}" in z1, "w x summed, b, z"
    assert f"2 {four(0.0, -0.25, Z2)}" in z1
    assert z1[3:6] == [
        "neuron 1: w × x, largest first",
        "x +0.5000 × +1.0000 = +0.5000",
        "y +0.5000 × -0.5000 = -0.2500",
    ]
    assert f"1 {four(Z1, A1)}" in a1
    assert "1 tanh(0.5000) = +0.4621" in a1
    assert "2 tanh(-0.2500) = -0.2449" in a1
    assert f"1 {four(2 * A1 - A2, 0.5, Z)}" in z
    assert "1 1 / (1 + exp(-1.6692)) = +0.8415" in a


def test_the_loss(walk: Walk) -> None:
    loss = lines_of(walk.stages[5])

    assert f"1 {four(A, T, L)}" in loss
    assert "1 -(1 log 0.8415 + (1 - 1) × log(1 - 0.8415)) = +0.1726" in loss
    assert loss[-1] == f"L {four(L)}"


def test_backward(walk: Walk) -> None:
    delta, top, below, hidden, bottom = map(lines_of, walk.stages[6:11])

    assert f"1 {four(A, T, DELTA)}" in delta
    assert "1 (0.8415 - 1) / 1 = -0.1585" in delta
    assert f"1 → 1 {four(A1)} × {four(DELTA)} = {four(GRAD_V1)}" in top
    assert f"2 → 1 {four(A2)} × {four(DELTA)} = {four(GRAD_V2)}" in top
    assert top[-1] == f"1 {four(GRAD_C)}"
    assert f"1 {four(BELOW1)}" in below
    assert f"2 {four(BELOW2)}" in below
    assert f"1 {four(BELOW1, SLOPE1, DELTA1)}" in hidden
    assert f"2 {four(BELOW2, SLOPE2, DELTA2)}" in hidden
    assert "1 1 - 0.4621² = +0.7864" in hidden
    for (source, neuron), gradient in GRAD_W.items():
        x, local = {"x": X1, "y": X2}[source], {1: DELTA1, 2: DELTA2}[neuron]
        assert f"{source} → {neuron} {four(x)} × {four(local)} = {four(gradient)}" in bottom
    assert bottom[-2:] == [f"1 {four(DELTA1)}", f"2 {four(DELTA2)}"]


def test_the_update(walk: Walk) -> None:
    found = {line.text[:10].strip(): line.text.split()[-1] for line in walk.stages[-1].lines[2:11]}

    assert found == {name: four(value) for name, value in AFTER.items()}
    assert [line.text for line in walk.stages[-1].lines][12] == "0.5000 - 0.5 × (-0.2494)", (
        "the largest in full"
    )
