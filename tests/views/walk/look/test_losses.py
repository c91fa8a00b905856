"""Which outputs the stage of the loss lists: all of a few, in order; of many those that are farthest off."""

from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, Dense, Network
from tui_nn.views.walk.look.names import name_parts
from tui_nn.views.walk.look.walk import walk

INPUTS, RATE = np.array([[0.3, -0.8, 1.1]]), 0.1


def listed(n_outputs: int) -> tuple[list[str], list[str], np.ndarray]:
    """Return all lines of the stage of a loss, the names that its table lists, and what each is off by."""
    network = Network((3,), [Dense(n_outputs)], loss="mse", rng=np.random.default_rng(1), dtype="float64")
    targets = np.random.default_rng(2).normal(size=(1, n_outputs))
    optimizer = OPTIMIZERS["sgd"].create(network.n_parameters, "float64")
    placed = network.layers[0]
    off = INPUTS[0] @ placed.weights + placed.biases - targets[0]
    walked = walk(network, optimizer, INPUTS, targets, RATE, name_parts(network))
    lines = next(stage for stage in walked.stages if stage.kind == "loss").lines
    heads = [place for place, line in enumerate(lines) if line.role == "head"]
    names = [line.text.split()[0] for line in lines[heads[0] + 1 : heads[1]]]
    return [line.text for line in lines], names, off


@pytest.mark.parametrize("n_outputs", [2, 16])
def test_up_to_sixteen_outputs_are_listed_in_their_order(n_outputs: int) -> None:
    lines, names, _ = listed(n_outputs)

    assert names == [str(number) for number in range(1, n_outputs + 1)]
    assert not any("largest first" in line for line in lines)


@pytest.mark.parametrize("n_outputs", [17, 40])
def test_of_more_the_sixteen_that_are_farthest_from_their_targets_come_first(n_outputs: int) -> None:
    lines, names, off = listed(n_outputs)

    assert names == [str(output + 1) for output in np.argsort(-np.abs(off))[:16]]
    assert lines[0] == f"16 of {n_outputs} outputs, largest first"


def test_the_four_that_add_most_are_worked_out() -> None:
    lines, _, off = listed(6)
    begin = lines.index("numbers filled in")

    worked_out = [line.split()[0] for line in lines[begin + 1 : -1]]
    assert worked_out == [str(output + 1) for output in np.argsort(-(off**2))[:4]]
