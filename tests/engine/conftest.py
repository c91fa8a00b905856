from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tui_nn.engine import Network


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20240607)


@pytest.fixture
def numerical_gradient() -> Callable[..., np.ndarray]:
    """Central differences of any function of a vector, written without the engine."""

    def gradient(function: Callable[[np.ndarray], float], point: np.ndarray, h: float = 1e-5) -> np.ndarray:
        slopes = np.zeros_like(point)
        for index in np.ndindex(point.shape):
            above, below = point.copy(), point.copy()
            above[index] += h
            below[index] -= h
            slopes[index] = (function(above) - function(below)) / (2 * h)
        return slopes

    return gradient


@pytest.fixture
def loss_as_function_of_parameters() -> Callable[..., Callable[[np.ndarray], float]]:
    """The mean loss of a network as a function of its parameter vector."""

    def make(network: Network, inputs: np.ndarray, targets: np.ndarray) -> Callable[[np.ndarray], float]:
        def loss(parameters: np.ndarray) -> float:
            kept = network.parameters.copy()
            network.parameters[:] = parameters
            value = network.loss_value(inputs, targets)
            network.parameters[:] = kept
            return value

        return loss

    return make
