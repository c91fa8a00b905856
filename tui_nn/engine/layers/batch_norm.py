"""Batch normalization: every unit is brought to mean 0 and variance 1 over the batch, then scaled anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.initializers import Initializer
from tui_nn.engine.layers.layer import Layer, Pass, PlacedLayer, Shape, Slot
from tui_nn.engine.tape import Scratch, record


@dataclass(frozen=True)
class BatchNorm(Layer):
    """z = γ x̂ + β, x̂ = (x - mean) / √(variance + ε), then the activation (Ioffe and Szegedy 2015).

    Mean and variance are those of the batch in training (of a channel over all its pixels), and running ones
    otherwise: running <- (1 - momentum) running + momentum batch, variance with m - 1 as PyTorch. Backwards,
    over the m values of a unit:
        dL/dγ = Σ delta x̂      dL/dβ = Σ delta      dL/dx = γ / √(variance + ε) (delta - dL/dβ / m - x̂
        dL/dγ / m)
    """

    activation: str = "linear"
    momentum: float = 0.1
    epsilon: float = 1e-5

    name = "batchnorm"
    formula = "z = γ (x - mean) / √(variance + ε) + β"
    help = "Normalizes each neuron over the batch, then scales and shifts it."
    is_regularized = False

    def __post_init__(self) -> None:
        if not (0.0 < self.momentum <= 1.0 and 0.0 < self.epsilon <= 1.0):
            raise EngineError(
                f"Batch norm has momentum {self.momentum}, epsilon {self.epsilon}; both are above 0, up to 1."
            )

    def block_shape(self, input_shape: Shape) -> tuple[int, int]:
        """Return (2, channels or units): γ as weights, β as biases."""
        return (2, input_shape[0])

    def statistics_shape(self, input_shape: Shape) -> tuple[int, int]:
        """Return (2, channels or units): running mean and running variance."""
        return (2, input_shape[0])

    def initialize(
        self, placed: PlacedLayer, initializer: Initializer, bias_init: float, rng: np.random.Generator
    ) -> None:
        """Begin with γ = 1, β = 0, running mean 0, running variance 1."""
        placed.weights[...] = 1.0
        placed.biases[...] = 0.0
        placed.statistics[0] = 0.0
        placed.statistics[1] = 1.0

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Return the tapes of the formulas above, a row for each unit or channel."""
        gamma, beta = (_column(placed.block, row) for row in (0, 1))
        running = [_column(placed.statistics, row) for row in (0, 1)]
        x, z = (_by_unit(values, gamma) for values in (below.activations, here.preactivations))
        scratch = Scratch(z.dtype)
        if here.delta is None:
            arguments = [x, gamma, beta, running[0], running[1]]
            return Pass(record(partial(_evaluate, self.epsilon), arguments, [z], scratch))
        normal, scale = np.empty_like(z), np.empty_like(gamma)
        mean, variance = np.empty_like(gamma), np.empty_like(gamma)
        forward = record(
            partial(_normalize, self.epsilon, self.momentum),
            [x, gamma, beta, running[0], running[1]],
            [z, normal, scale, running[0], running[1], mean, variance],
            scratch,
        )
        delta = _by_unit(here.delta, gamma)
        grad_gamma, grad_beta = (_column(placed.grad_block, row) for row in (0, 1))
        backward = record(_backward, [delta, normal], [grad_gamma, grad_beta], scratch)
        if below.delta is not None:
            backward += record(
                _delta_below,
                [delta, normal, gamma, scale, grad_gamma, grad_beta],
                [_by_unit(below.delta, gamma)],
                scratch,
            )
        notes = {"mean": mean, "variance": variance, "scale": scale, "normal": normal}
        return Pass(forward, backward, notes)


def _column(block: Array, row: int) -> Array:
    """Return one row of (2, units) as (units, 1); of a stack of each network, (units, n_networks, 1)."""
    column: Array = block[..., row, :].T[..., None]
    return column


def _by_unit(values: Array, column: Array) -> Array:
    """Return (units, n) values as (units, m) or, of a stack, (units, n_networks, m).

    All that is normalized together lies along the last axis.
    """
    return values.reshape(*column.shape[:-1], -1)


def _evaluate(epsilon: float, x: Any, gamma: Any, beta: Any, mean: Any, variance: Any) -> Any:
    return gamma * ((x - mean) / np.sqrt(variance + epsilon)) + beta


def _normalize(
    epsilon: float, momentum: float, x: Any, gamma: Any, beta: Any, mean: Any, variance: Any
) -> tuple[Any, ...]:
    m = x.shape[-1]
    batch_mean = x.sum(axis=-1, keepdims=True) / m
    centered = x - batch_mean
    batch_variance = np.square(centered).sum(axis=-1, keepdims=True) / m
    scale = 1.0 / np.sqrt(batch_variance + epsilon)
    normal = centered * scale
    unbiased = batch_variance * (m / max(m - 1, 1))
    return (
        gamma * normal + beta,
        normal,
        scale,
        mean + momentum * (batch_mean - mean),
        variance + momentum * (unbiased - variance),
        batch_mean,
        batch_variance,
    )


def _backward(delta: Any, normal: Any) -> tuple[Any, Any]:
    return (delta * normal).sum(axis=-1, keepdims=True), delta.sum(axis=-1, keepdims=True)


def _delta_below(delta: Any, normal: Any, gamma: Any, scale: Any, grad_gamma: Any, grad_beta: Any) -> Any:
    m = delta.shape[-1]
    return gamma * scale * (delta - grad_beta / m - normal * (grad_gamma / m))
