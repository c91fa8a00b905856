"""What a walk names of a convolution on the way back: pixels of the layer below, each with its own number."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, Conv2D, Dense, Network
from tui_nn.views.walk.look.names import name_parts
from tui_nn.views.walk.look.walk import walk
from tui_nn.views.walk.values import Stage

NAMED = re.compile(r"(f\d+\(\d+,\d+\))\s+(\S+)$")


@pytest.fixture
def stages() -> tuple[Network, dict[tuple[str, int], Stage]]:
    """Return a network whose second convolution makes 2 maps of 3 x 3 out of 3 of 5 x 5, and its walk."""
    rng = np.random.default_rng(4)
    layers = [Conv2D(3, 3), Conv2D(2, 3, padding="valid"), Dense(2, "softmax")]
    network = Network((1, 5, 5), layers, loss="softmax_cross_entropy", rng=rng, dtype="float64")
    optimizer = OPTIMIZERS["sgd"].create(network.n_parameters, "float64")
    before = network.parameters.copy()
    walked = walk(network, optimizer, rng.normal(size=(1, 25)), np.eye(2)[:1], 0.1, name_parts(network))
    network.parameters[:] = before
    return network, {(stage.kind, stage.layer): stage for stage in walked.stages}


def spread_by_hand(weights: np.ndarray, delta: np.ndarray) -> np.ndarray:
    """Return dL/dx (3, 5, 5): each weight of a filter hands its share of each delta to the pixel it saw."""
    kernels, below = weights.reshape(3, 3, 3, 2), np.zeros((3, 5, 5))
    for c, i, j, f in np.ndindex(kernels.shape):
        for y, x in np.ndindex(3, 3):
            below[c, y + i, x + j] += kernels[c, i, j, f] * delta[f, y, x]
    return below


def test_the_largest_errors_are_those_of_the_pixels_that_are_named(
    stages: tuple[Network, dict[tuple[str, int], Stage]],
) -> None:
    network, by_kind = stages
    delta = by_kind["gradients", 2].values["delta"].reshape(2, 3, 3)
    below = spread_by_hand(network.layers[1].weights, delta)
    lines = [line.text for line in by_kind["below", 2].lines]
    rows = [found.groups() for line in lines if (found := NAMED.match(line))]
    largest = np.argsort(-np.abs(below), axis=None)[:16]

    assert lines[0] == "16 of 75 pixels, largest first"
    assert [name for name, _ in rows] == [
        f"f{c + 1}({y + 1},{x + 1})" for c, y, x in np.transpose(np.unravel_index(largest, below.shape))
    ]
    assert [float(value) for _, value in rows] == pytest.approx(below.ravel()[largest], abs=5.1e-5)


def test_the_pixel_with_the_largest_error_is_told_window_by_window(
    stages: tuple[Network, dict[tuple[str, int], Stage]],
) -> None:
    network, by_kind = stages
    delta = by_kind["gradients", 2].values["delta"].reshape(2, 3, 3)
    kernels = network.layers[1].weights.reshape(3, 3, 3, 2)
    below = spread_by_hand(network.layers[1].weights, delta)
    c, row, column = np.unravel_index(np.abs(below).argmax(), below.shape)
    lines = [line.text for line in by_kind["below", 2].lines]
    (begin,) = (place for place, line in enumerate(lines) if "each window's share" in line)
    shares = {
        f"window at ({y + 1},{x + 1})": kernels[c, row - y, column - x] @ delta[:, y, x]
        for y, x in np.ndindex(3, 3)
        if 0 <= row - y < 3 and 0 <= column - x < 3
    }

    assert lines[begin] == f"f{c + 1}({row + 1},{column + 1}): each window's share, Σ w delta"
    told = dict(re.split(r"\s{2,}", line) for line in lines[begin + 1 : -1])
    assert {name: float(value) for name, value in told.items()} == pytest.approx(shares, abs=5.1e-5)
