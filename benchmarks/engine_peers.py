"""The peers that benchmarks/engine_vs_peers.py runs beside the engine: each trains the same network on the
same data.

A contestant is a function (steps) -> None that takes that many steps of training, rows shuffled anew each
epoch and gathered for each batch, as in real training.
"""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from tui_nn.engine import LOSSES, OPTIMIZERS, Dense, Network, parse_layers

Contestant = Callable[[int], None]


@dataclass(frozen=True)
class Workload:
    """What is trained: hidden layers as text, on random data of a given shape."""

    name: str
    input_shape: tuple[int, ...]
    hidden: str
    activation: str
    loss: str
    n_outputs: int
    batch_size: int
    optimizer: str
    samples: int
    learning_rate: float
    targets: dict[str, float]
    """Peer -> the least ratio to it that the project asks for."""

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Return inputs (n, *input_shape) and classes (n,)."""
        rng = np.random.default_rng(0)
        inputs = rng.random((self.samples, *self.input_shape), np.float32)
        return inputs, rng.integers(0, max(2, self.n_outputs), self.samples)


def batches(samples: int, size: int, steps: int) -> Iterator[np.ndarray]:
    """Yield `steps` batches of row numbers, shuffled anew each epoch."""
    rng = np.random.default_rng(0)
    taken = 0
    while taken < steps:
        order = rng.permutation(samples)
        for start in range(0, samples - size + 1, size):
            yield order[start : start + size]
            taken += 1
            if taken == steps:
                return


def build_engine(workload: Workload) -> tuple[Network, Contestant, Callable[[], int]]:
    """Return the network, its contestant, and the number of NumPy calls of a step."""
    loss = LOSSES[workload.loss]
    last = Dense(workload.n_outputs, loss.output_activation("classification", workload.n_outputs))
    network = Network(
        workload.input_shape,
        [*parse_layers(workload.hidden, workload.activation), last],
        loss=loss,
        rng=np.random.default_rng(0),
        initializer="he" if workload.activation == "relu" else "xavier",
    )
    inputs, classes = workload.data()
    source = network.prepare(inputs, loss.encode(classes, max(2, workload.n_outputs)))
    optimizer = OPTIMIZERS[workload.optimizer].create(network.n_parameters, network.dtype)

    def train(steps: int) -> None:
        for rows in batches(workload.samples, workload.batch_size, steps):
            network.train_step(source, rows, optimizer, workload.learning_rate)

    def calls() -> int:
        space = network.training_workspace(workload.batch_size)
        gathers = 2
        return gathers + len(space.forward) + len(space.backward) + optimizer.n_calls

    return network, train, calls


def torch_eager(workload: Workload, fused: bool, threads: int) -> Contestant:
    """PyTorch without compilation: slices of one tensor, no DataLoader."""
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    inputs, classes = workload.data()
    modules: list[Any] = []
    shape = workload.input_shape
    for part in workload.hidden.split(","):
        if "c" in part:
            filters = int(part.split("c")[0])
            modules += [torch.nn.Conv2d(shape[0], filters, 3, padding="same"), torch.nn.ReLU()]
            shape = (filters, *shape[1:])
        elif part.startswith("p"):
            modules.append(torch.nn.MaxPool2d(2))
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
        else:
            activation = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[workload.activation]
            modules += [torch.nn.Linear(math.prod(shape), int(part)), activation()]
            shape = (int(part),)
    if len(shape) > 1:
        modules.append(torch.nn.Flatten())
    net = torch.nn.Sequential(*modules, torch.nn.Linear(math.prod(shape), workload.n_outputs))
    adam = torch.optim.Adam(net.parameters(), lr=workload.learning_rate, **({"fused": True} if fused else {}))
    x = torch.from_numpy(inputs)
    if workload.n_outputs == 1:
        criterion: Any = torch.nn.BCEWithLogitsLoss()
        t = torch.from_numpy(classes.astype(np.float32)[:, None])
    else:
        criterion, t = torch.nn.CrossEntropyLoss(), torch.from_numpy(classes)

    def train(steps: int) -> None:
        for rows in batches(workload.samples, workload.batch_size, steps):
            chosen = torch.from_numpy(rows)
            adam.zero_grad()
            criterion(net(x[chosen]), t[chosen]).backward()
            adam.step()

    return train


def scikit_learn(workload: Workload) -> Contestant:
    """MLPClassifier.fit, which knows no single steps: whole epochs, at least the steps asked for."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    inputs, classes = workload.data()
    flat = inputs.reshape(len(inputs), -1)

    def train(steps: int) -> None:
        epochs = steps / math.ceil(workload.samples / workload.batch_size)
        model = MLPClassifier(
            tuple(int(size) for size in workload.hidden.split(",")),
            activation=workload.activation,
            batch_size=workload.batch_size,
            learning_rate_init=workload.learning_rate,
            alpha=0.0,
            max_iter=max(1, round(epochs)),
            tol=0.0,
            n_iter_no_change=10**9,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(flat, classes)

    return train


def matrix_products(workload: Workload) -> Contestant:
    """The matrix products of a dense network's step and nothing else: the floor that NumPy can reach."""
    sizes = [math.prod(workload.input_shape), *map(int, workload.hidden.split(",")), workload.n_outputs]
    rng = np.random.default_rng(0)
    n = workload.batch_size
    values = [rng.random((n, size), np.float32) for size in sizes]
    weights = [rng.random((a, b), np.float32) for a, b in pairwise(sizes)]
    outputs, below = [np.empty_like(v) for v in values], [np.empty_like(v) for v in values]
    gradients = [np.empty_like(w) for w in weights]

    def train(steps: int) -> None:
        for _ in range(steps):
            for layer, w in enumerate(weights):
                np.dot(values[layer], w, out=outputs[layer + 1])
            for layer in reversed(range(len(weights))):
                np.dot(values[layer].T, values[layer + 1], out=gradients[layer])
                if layer:
                    np.dot(values[layer + 1], weights[layer].T, out=below[layer])

    return train


def plain_lists(workload: Workload) -> Contestant:
    """TensorFlow Playground's loop in Python lists and floats: half squared error, tanh everywhere, SGD."""
    inputs, classes = workload.data()
    points, labels = inputs.tolist(), [2.0 * label - 1.0 for label in classes.tolist()]
    sizes = [len(points[0]), *map(int, workload.hidden.split(",")), 1]
    draw = random.Random(0)
    weights = [[[draw.uniform(-0.5, 0.5) for _ in range(a)] for _ in range(b)] for a, b in pairwise(sizes)]
    biases = [[0.1] * size for size in sizes[1:]]
    tanh = math.tanh

    def train(steps: int) -> None:
        for rows in batches(workload.samples, workload.batch_size, steps):
            weight_sums = [[[0.0] * len(row) for row in layer] for layer in weights]
            bias_sums = [[0.0] * len(layer) for layer in biases]
            for index in rows.tolist():
                outputs = [points[index]]
                for layer, offsets in zip(weights, biases, strict=True):
                    below = outputs[-1]
                    outputs.append(
                        [
                            tanh(b + sum([w * x for w, x in zip(row, below, strict=True)]))
                            for row, b in zip(layer, offsets, strict=True)
                        ]
                    )
                wrong = [outputs[-1][0] - labels[index]]
                for depth in range(len(weights) - 1, -1, -1):
                    deltas = [d * (1.0 - a * a) for d, a in zip(wrong, outputs[depth + 1], strict=True)]
                    below, sums, offsets = outputs[depth], weight_sums[depth], bias_sums[depth]
                    for neuron, delta in enumerate(deltas):
                        offsets[neuron] += delta
                        row = sums[neuron]
                        for source, x in enumerate(below):
                            row[source] += delta * x
                    if depth:
                        columns = zip(*weights[depth], strict=True)
                        wrong = [
                            sum([w * d for w, d in zip(column, deltas, strict=True)]) for column in columns
                        ]
            rate = workload.learning_rate / len(rows)
            for layer, sums, offsets, more in zip(weights, weight_sums, biases, bias_sums, strict=True):
                for row, row_sums in zip(layer, sums, strict=True):
                    for source, value in enumerate(row_sums):
                        row[source] -= rate * value
                for neuron, value in enumerate(more):
                    offsets[neuron] -= rate * value

    return train
