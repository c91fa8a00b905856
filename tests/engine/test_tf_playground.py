"""Ten epochs as TensorFlow Playground computes them, followed by a plain scalar network written here."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.engine import OPTIMIZERS, Dense, Network, Penalty

SIZES = (2, 4, 2, 1)
BATCH_SIZE, RATE, EPOCHS = 10, 0.3, 10


class ScalarNetwork:
    """One number at a time, as nn.ts does: sums accumulate for each example, weights move once a batch."""

    def __init__(self, weights: list[list[list[float]]], penalty: str, penalty_rate: float) -> None:
        self.weights = weights  # [layer][neuron][input]
        self.biases = [[0.1] * len(layer) for layer in weights]
        self.dead = [[[False] * len(row) for row in layer] for layer in weights]
        self.penalty, self.penalty_rate = penalty, penalty_rate
        self.clear()

    def clear(self) -> None:
        self.weight_sums = [[[0.0] * len(row) for row in layer] for layer in self.weights]
        self.bias_sums = [[0.0] * len(layer) for layer in self.weights]
        self.count = 0

    def learn_from(self, point: list[float], label: float) -> None:
        outputs = [point]
        for layer, biases in zip(self.weights, self.biases, strict=True):
            sums = [
                b + sum(w * x for w, x in zip(row, outputs[-1], strict=True))
                for row, b in zip(layer, biases, strict=True)
            ]
            outputs.append([math.tanh(z) for z in sums])
        wrong = [outputs[-1][0] - label]  # derivative of half the squared error
        for depth in reversed(range(len(self.weights))):
            deltas = [d * (1 - a * a) for d, a in zip(wrong, outputs[depth + 1], strict=True)]
            for neuron, delta in enumerate(deltas):
                self.bias_sums[depth][neuron] += delta
                for source, x in enumerate(outputs[depth]):
                    if not self.dead[depth][neuron][source]:
                        self.weight_sums[depth][neuron][source] += delta * x
            wrong = [
                sum(self.weights[depth][neuron][source] * delta for neuron, delta in enumerate(deltas))
                for source in range(len(outputs[depth]))
            ]
        self.count += 1

    def update(self) -> None:
        for depth, layer in enumerate(self.weights):
            for neuron, row in enumerate(layer):
                self.biases[depth][neuron] -= RATE * self.bias_sums[depth][neuron] / self.count
                for source, old in enumerate(row):
                    if self.dead[depth][neuron][source]:
                        continue
                    sign = (old > 0) - (old < 0)
                    pull = {"none": 0.0, "l1": sign, "l2": old}[self.penalty]
                    moved = old - RATE * self.weight_sums[depth][neuron][source] / self.count
                    pulled = moved - RATE * self.penalty_rate * pull
                    if self.penalty == "l1" and moved * pulled < 0:
                        row[source] = 0.0
                        self.dead[depth][neuron][source] = True
                    else:
                        row[source] = pulled
        self.clear()


@pytest.mark.parametrize(("penalty", "penalty_rate"), [("none", 0.0), ("l2", 0.03), ("l1", 0.03)])
def test_ten_epochs_agree_with_the_scalar_network(penalty: str, penalty_rate: float) -> None:
    rng = np.random.default_rng(8)
    points = rng.uniform(-5, 5, (23, 2))
    labels = np.where(points[:, 0] * points[:, 1] > 0, 1.0, -1.0)
    network = Network(
        (2,),
        [Dense(units, "tanh") for units in SIZES[1:]],
        loss="half_mse",
        rng=rng,
        dtype="float64",
        initializer="uniform",
        bias_init=0.1,
    )
    network.penalty = Penalty(penalty, penalty_rate)
    scalar = ScalarNetwork([placed.weights.T.tolist() for placed in network.layers], penalty, penalty_rate)
    optimizer = OPTIMIZERS["sgd"].create(network.n_parameters, "float64")
    source = network.prepare(points, labels[:, None])

    # 23 points in batches of 10: three are left over, and join the first batch of the next epoch.
    waiting: list[int] = []
    for _ in range(EPOCHS):
        for row in range(23):
            scalar.learn_from(points[row].tolist(), float(labels[row]))
            waiting.append(row)
            if (row + 1) % BATCH_SIZE == 0:
                scalar.update()
                network.train_step(source, np.array(waiting), optimizer, RATE)
                waiting.clear()

    for placed, weights, biases in zip(network.layers, scalar.weights, scalar.biases, strict=True):
        np.testing.assert_allclose(placed.weights.T, weights, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(placed.biases, biases, rtol=1e-10, atol=1e-13)
    if penalty == "l1":
        assert network.constraints.alive is not None
        dead = sum(flag for layer in scalar.dead for row in layer for flag in row)
        assert (~network.constraints.alive).sum() == dead > 0
