"""Optimizers, in order of what they remember: nothing, a velocity, two moments.

Each is a few in-place operations on one vector of parameters p, given gradients g and learning rate r; the
definitions are PyTorch's. What an optimizer remembers is `state` (k, n_parameters) and `steps`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError
from tui_nn.engine.registry import Hyperparameter, fill_in


class Optimizer:
    """Remembered numbers, hyperparameters and scratch space; subclasses bring the rule."""

    state_rows = 0
    """How many numbers are remembered for each parameter."""

    def __init__(self, n_parameters: int, dtype: npt.DTypeLike, hyperparameters: Mapping[str, float]) -> None:
        self.state: Array = np.zeros((self.state_rows, n_parameters), dtype)
        self.steps = 0
        self.hyperparameters = dict(hyperparameters)
        self._scratch: Array = np.empty((2, n_parameters), dtype)
        # Numbers enter NumPy calls as arrays of no dimension: a Python float costs twice the call.
        self._rate: Array = np.zeros((), dtype)

    def update(self, parameters: Array, gradients: Array, learning_rate: float) -> None:
        """Move `parameters` (n,) in place, one step down the `gradients` (n,)."""
        raise NotImplementedError

    def load(self, state: Array, steps: int) -> None:
        """Take over what another optimizer of this kind remembered. Raises EngineError on another shape."""
        if np.shape(state) != self.state.shape:
            raise EngineError(f"The optimizer state is {np.shape(state)}; this one needs {self.state.shape}.")
        self.state[...] = state
        self.steps = int(steps)


class SGD(Optimizer):
    """p <- p - r g."""

    def update(self, parameters: Array, gradients: Array, learning_rate: float) -> None:
        """Move `parameters` in place."""
        self.steps += 1
        self._rate[()] = learning_rate
        change = self._scratch[0]
        np.multiply(gradients, self._rate, change)
        np.subtract(parameters, change, parameters)


class Momentum(Optimizer):
    """v <- momentum v + g; p <- p - r v."""

    state_rows = 1

    def update(self, parameters: Array, gradients: Array, learning_rate: float) -> None:
        """Move `parameters` in place."""
        self.steps += 1
        self._rate[()] = learning_rate
        velocity, change = self.state[0], self._scratch[0]
        np.multiply(velocity, self.hyperparameters["momentum"], velocity)
        np.add(velocity, gradients, velocity)
        np.multiply(velocity, self._rate, change)
        np.subtract(parameters, change, parameters)


class Adam(Optimizer):
    """m <- β1 m + (1 - β1) g; v <- β2 v + (1 - β2) g²; p <- p - r m̂ / (sqrt(v̂) + ε).

    The hats undo the start from zero: m̂ = m / (1 - β1^t), v̂ = v / (1 - β2^t). Kingma and Ba 2015.
    """

    state_rows = 2

    def update(self, parameters: Array, gradients: Array, learning_rate: float) -> None:
        """Move `parameters` in place."""
        self.steps += 1
        beta1, beta2 = self.hyperparameters["beta1"], self.hyperparameters["beta2"]
        m, v = self.state
        change, root = self._scratch
        np.multiply(m, beta1, m)
        np.multiply(gradients, 1.0 - beta1, change)
        np.add(m, change, m)
        np.multiply(v, beta2, v)
        np.multiply(gradients, gradients, change)
        np.multiply(change, 1.0 - beta2, change)
        np.add(v, change, v)
        np.multiply(v, 1.0 / (1.0 - beta2**self.steps), root)
        np.sqrt(root, root)
        np.add(root, self.hyperparameters["epsilon"], root)
        np.divide(m, root, change)
        np.multiply(change, learning_rate / (1.0 - beta1**self.steps), change)
        np.subtract(parameters, change, parameters)


@dataclass(frozen=True)
class OptimizerKind:
    """An entry of the menu: the rule, its formula, its hyperparameters."""

    name: str
    rule: type[Optimizer]
    formula: str
    help: str
    hyperparameters: tuple[Hyperparameter, ...] = ()

    def create(self, n_parameters: int, dtype: npt.DTypeLike = np.float32, **given: float) -> Optimizer:
        """Return a fresh optimizer. Raises EngineError on an unknown or impossible hyperparameter."""
        return self.rule(n_parameters, dtype, fill_in(self.name, self.hyperparameters, given))


_MOMENTUM = Hyperparameter("momentum", 0.9, 0.0, 0.9999, "How much of the last velocity is kept.")
_BETA1 = Hyperparameter("beta1", 0.9, 0.0, 0.9999, "How slowly the mean of the gradients forgets.")
_BETA2 = Hyperparameter("beta2", 0.999, 0.0, 0.999999, "How slowly the mean of their squares forgets.")
_EPSILON = Hyperparameter("epsilon", 1e-8, 1e-12, 1.0, "Keeps the division away from zero.")

_ALL = (
    OptimizerKind("sgd", SGD, "p ← p - r g", "Straight down the gradient: the plainest rule there is."),
    OptimizerKind(
        "momentum",
        Momentum,
        "v ← μ v + g;  p ← p - r v",
        "Rolls like a ball: steps that agree add up, steps that zigzag cancel.",
        (_MOMENTUM,),
    ),
    OptimizerKind(
        "adam",
        Adam,
        "m ← β1 m + (1-β1) g;  v ← β2 v + (1-β2) g²;  p ← p - r m̂ / (√v̂ + ε)",
        "Gives each parameter its own step size from the mean and the spread of its gradients.",
        (_BETA1, _BETA2, _EPSILON),
    ),
)

OPTIMIZERS: dict[str, OptimizerKind] = {kind.name: kind for kind in _ALL}
