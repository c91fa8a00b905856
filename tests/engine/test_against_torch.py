"""Every derivative beside PyTorch's, in float64; skipped where the bench extra is not installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tui_nn.engine import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    Network,
)

torch = pytest.importorskip("torch")

N = 6


def tensor(array: np.ndarray, **options: Any) -> Any:
    return torch.tensor(np.array(array, dtype=np.float64), dtype=torch.float64, **options)


ACTIVATION: dict[str, Callable[[Any], Any]] = {
    "linear": lambda z: z,
    "step": lambda z: torch.heaviside(z.detach(), torch.zeros(1, dtype=torch.float64)) + 0 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: torch.nn.functional.leaky_relu(z, 0.01),
    "elu": torch.nn.functional.elu,
    "selu": torch.selu,
    "gelu": lambda z: torch.nn.functional.gelu(z, approximate="tanh"),
    "silu": torch.nn.functional.silu,
    "softplus": torch.nn.functional.softplus,
    "softsign": torch.nn.functional.softsign,
    "mish": torch.nn.functional.mish,
    "sine": torch.sin,
    "gaussian": lambda z: torch.exp(-z * z),
    "softmax": lambda z: torch.softmax(z, 0),
}

LOSS: dict[str, Callable[[Any, Any], Any]] = {
    "mse": torch.nn.functional.mse_loss,
    "half_mse": lambda o, t: 0.5 * ((o - t) ** 2).sum(1).mean(),
    "mae": torch.nn.functional.l1_loss,
    "huber": torch.nn.functional.huber_loss,
    "binary_cross_entropy": torch.nn.functional.binary_cross_entropy_with_logits,
    "softmax_cross_entropy": torch.nn.functional.cross_entropy,
    "hinge": lambda o, t: torch.relu(1 - o * t).sum(1).mean(),
}


@pytest.mark.parametrize("name", ACTIVATION)
def test_activation_and_slope(name: str, rng: np.random.Generator) -> None:
    z = rng.standard_normal((5, 40)) * 3
    theirs = tensor(z, requires_grad=True)
    value = ACTIVATION[name](theirs)

    np.testing.assert_allclose(ACTIVATIONS[name](z), value.detach(), rtol=1e-12, atol=1e-12)
    if ACTIVATIONS[name].is_elementwise:
        value.sum().backward()
        np.testing.assert_allclose(ACTIVATIONS[name].slope(z), theirs.grad, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", LOSS)
def test_loss_and_gradient(name: str, rng: np.random.Generator) -> None:
    loss = LOSSES[name]
    n_outputs = 1 if name == "binary_cross_entropy" else 3
    o = rng.standard_normal((N, n_outputs)) * 2
    t = loss.encode(rng.integers(0, max(2, n_outputs), N), max(2, n_outputs))
    theirs = tensor(o, requires_grad=True)
    value = LOSS[name](theirs, tensor(t))
    value.backward()

    assert loss.value(o.T, t.T).mean() == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(loss.gradient(o.T, t.T).T / N, theirs.grad, atol=1e-12)


def run_in_torch(network: Network, x: Any, blocks: list[Any], dropped: list[np.ndarray]) -> Any:
    """Forward in training mode with the network's own parameters as leaves."""
    shape = network.input_shape
    x = x.reshape(-1, *shape)
    for placed, block in zip(network.layers, blocks, strict=True):
        layer = placed.layer
        if isinstance(layer, Dense):
            x = x.flatten(1) @ block[:-1] + block[-1]
        elif isinstance(layer, Conv2D):
            k, channels = layer.kernel_size, placed.input_shape[0]
            kernels = block[:-1].T.reshape(layer.filters, channels, k, k)
            if layer.padding == "same":
                pads = []
                for length in (placed.input_shape[2], placed.input_shape[1]):
                    count = -(-length // layer.stride)
                    zeros = max((count - 1) * layer.stride + k - length, 0)
                    pads += [zeros // 2, zeros - zeros // 2]
                x = torch.nn.functional.pad(x, pads)
            x = torch.nn.functional.conv2d(x, kernels, block[-1], stride=layer.stride)
        elif isinstance(layer, MaxPool2D):
            x = torch.nn.functional.max_pool2d(x, layer.size, layer.stride or layer.size)
        elif isinstance(layer, AveragePool2D):
            x = torch.nn.functional.avg_pool2d(x, layer.size, layer.stride or layer.size)
        elif isinstance(layer, Flatten):
            x = x.flatten(1)
        elif isinstance(layer, BatchNorm):
            x = torch.nn.functional.batch_norm(x, None, None, block[0], block[1], training=True)
        elif isinstance(layer, Dropout):
            x = x * tensor(dropped.pop(0)).T.reshape(x.shape)
        if placed.activation not in ("softmax", network.loss.fused_activation):
            x = ACTIVATION[placed.activation](x)
    return x


NETWORKS: dict[str, tuple[tuple[int, ...], list[Layer]]] = {
    "dense": ((4,), [Dense(5, "tanh"), Dense(4, "relu"), Dense(3, "softmax")]),
    "convolution": ((2, 6, 5), [Conv2D(3, 3, activation="tanh"), Dense(3, "softmax")]),
    "valid": ((2, 6, 5), [Conv2D(3, 2, padding="valid", activation="silu"), Dense(3, "softmax")]),
    "stride": ((2, 7, 6), [Conv2D(3, 3, 2, "valid", "gelu"), Dense(3, "softmax")]),
    "same stride": ((1, 7, 6), [Conv2D(3, 3, 2, "same", "tanh"), Dense(3, "softmax")]),
    "even kernel": ((1, 5, 6), [Conv2D(2, 4, 1, "same", "tanh"), Dense(3, "softmax")]),
    "two convolutions": (
        (1, 8, 8),
        [
            Conv2D(3, activation="tanh"),
            MaxPool2D(),
            Conv2D(4, activation="relu"),
            MaxPool2D(),
            Dense(3, "softmax"),
        ],
    ),
    "uneven pool": ((1, 7, 5), [Conv2D(2, activation="tanh"), MaxPool2D(2), Flatten(), Dense(3, "softmax")]),
    "overlapping pool": ((2, 7, 7), [Conv2D(2, activation="tanh"), MaxPool2D(3, 2), Dense(3, "softmax")]),
    "average pool": ((2, 6, 6), [Conv2D(2, activation="tanh"), AveragePool2D(2), Dense(3, "softmax")]),
    "overlapping average": ((2, 7, 7), [AveragePool2D(3, 2), Dense(4, "tanh"), Dense(3, "softmax")]),
    "pool first": ((2, 6, 6), [MaxPool2D(2), Conv2D(2, activation="tanh"), Dense(3, "softmax")]),
    "batch norm": ((4,), [Dense(5), BatchNorm("tanh"), Dense(3, "softmax")]),
    "batch norm first": ((2, 3, 3), [BatchNorm("tanh"), Dense(3, "softmax")]),
    "batch norm of channels": ((1, 6, 6), [Conv2D(3), BatchNorm("silu"), MaxPool2D(), Dense(3, "softmax")]),
    "dropout": ((4,), [Dense(6, "tanh"), Dropout(0.3), Dense(3, "softmax")]),
    "dropout of images": ((1, 4, 4), [Conv2D(2, activation="tanh"), Dropout(0.5), Dense(3, "softmax")]),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_network_gradients(name: str, rng: np.random.Generator) -> None:
    shape, layers = NETWORKS[name]
    network = Network(
        shape,
        layers,
        loss="softmax_cross_entropy",
        rng=rng,
        dtype="float64",
        initializer="xavier_normal",
        dropout_rng=np.random.default_rng(7),
    )
    network.parameters[:] += 0.1 * rng.standard_normal(network.n_parameters)
    x, classes = rng.standard_normal((N, *shape)), rng.integers(0, 3, N)
    draws = np.random.default_rng(7)
    dropped = [
        (draws.random((placed.units, N)) + 1 - placed.layer.rate >= 1) / (1 - placed.layer.rate)
        for placed in network.layers
        if isinstance(placed.layer, Dropout)
    ]
    blocks = [tensor(placed.block, requires_grad=True) for placed in network.layers]

    ours = network.gradient(network.prepare(x, network.loss.encode(classes, 3)), np.arange(N))
    loss = torch.nn.functional.cross_entropy(
        run_in_torch(network, tensor(x), blocks, dropped), torch.tensor(classes)
    )
    loss.backward()
    theirs = np.concatenate([block.grad.numpy().ravel() for block in blocks if block.numel()])

    np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_running_statistics_of_batch_norm(rng: np.random.Generator) -> None:
    network = Network((2, 3, 3), [BatchNorm(), Dense(1)], loss="mse", rng=rng, dtype="float64")
    x = rng.standard_normal((N, 2, 3, 3)) * 3 + 1
    theirs = torch.nn.BatchNorm2d(2, dtype=torch.float64)
    source = network.prepare(x, np.zeros((N, 1)))
    for _ in range(3):
        network.gradient(source, np.arange(N))
        theirs(tensor(x))
    theirs.eval()

    np.testing.assert_allclose(network.layers[0].statistics[0], theirs.running_mean, rtol=1e-12)
    np.testing.assert_allclose(network.layers[0].statistics[1], theirs.running_var, rtol=1e-12)
    np.testing.assert_allclose(
        network.layer_outputs(x)[0], theirs(tensor(x)).detach().flatten(1), rtol=1e-9, atol=1e-12
    )


TORCH_OPTIMIZERS: dict[str, Callable[[Any], Any]] = {
    "sgd": lambda p: torch.optim.SGD(p, 0.02),
    "momentum": lambda p: torch.optim.SGD(p, 0.02, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, 0.02, momentum=0.9, nesterov=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, 0.02),
    "adadelta": lambda p: torch.optim.Adadelta(p, 0.02),
    "rmsprop": lambda p: torch.optim.RMSprop(p, 0.02),
    "adam": lambda p: torch.optim.Adam(p, 0.02),
    "adamw": lambda p: torch.optim.AdamW(p, 0.02),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_fifty_steps_of_the_optimizer(name: str, rng: np.random.Generator) -> None:
    network = Network(
        (2,), [Dense(6, "tanh"), Dense(1, "sigmoid")], loss="binary_cross_entropy", rng=rng, dtype="float64"
    )
    x, t = rng.standard_normal((30, 2)), rng.integers(0, 2, (30, 1)).astype(float)
    blocks = [tensor(placed.block, requires_grad=True) for placed in network.layers]
    theirs = TORCH_OPTIMIZERS[name](blocks)
    ours = OPTIMIZERS[name].create(network.n_parameters, "float64")
    source = network.prepare(x, t)
    for step in range(50):
        rows = np.arange(10) + 10 * (step % 3)
        network.train_step(source, rows, ours, 0.02)
        theirs.zero_grad()
        outputs = run_in_torch(network, tensor(x[rows]), blocks, [])
        torch.nn.functional.binary_cross_entropy_with_logits(outputs, tensor(t[rows])).backward()
        theirs.step()

    vector = np.concatenate([block.detach().numpy().ravel() for block in blocks])
    np.testing.assert_allclose(network.parameters, vector, atol=1e-7)


TORCH_SCHEDULES: dict[str, tuple[dict[str, float], Callable[[Any], Any]]] = {
    "constant": ({}, lambda o: torch.optim.lr_scheduler.ConstantLR(o, 1.0)),
    "step": (
        {"decay_steps": 7, "decay_factor": 0.3},
        lambda o: torch.optim.lr_scheduler.StepLR(o, 7, 0.3),
    ),
    "exponential": (
        {"decay_steps": 7, "decay_factor": 0.3},
        lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.3 ** (1 / 7)),
    ),
    "inverse_time": (
        {"decay_steps": 7},
        lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda step: 7 / (7 + step)),
    ),
    "cosine": (
        {"final_factor": 0.1},
        lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 60, 0.02),
    ),
    "linear": (
        {"final_factor": 0.1},
        lambda o: torch.optim.lr_scheduler.LinearLR(o, 1.0, 0.1, 60),
    ),
    "one_cycle": ({}, lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 0.2, 60)),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedule(name: str) -> None:
    hyper, make = TORCH_SCHEDULES[name]
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.2)
    theirs = make(optimizer)
    factor = SCHEDULES[name].create(60, **hyper)
    for step in range(59):
        assert 0.2 * factor(step) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-9), step
        optimizer.step()
        theirs.step()
