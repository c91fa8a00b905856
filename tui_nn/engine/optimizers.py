"""Optimizers, in order of what they remember: nothing, a velocity, squared gradients, both.

A rule is a plain formula, (p, g, *remembered, *numbers of this step) -> (p, *remembered), with parameters p,
gradients g and learning rate r. The definitions are PyTorch's. A rule is recorded once (tape.py), in blocks
that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.errors import EngineError
from tui_nn.engine.registry import Hyperparameter, fill_in
from tui_nn.engine.tape import Scratch, record

BLOCK = 65536
"""Parameters updated at a time at most, so that what one call writes is still in the cache for the next."""


@dataclass(frozen=True)
class OptimizerKind:
    """An entry of the menu: the rule, its formula, its hyperparameters."""

    name: str
    rule: Callable[..., tuple[Array, ...]]
    """(p, g, *state, *numbers) -> (p, *state)."""
    numbers: Callable[[int, Any, Mapping[str, Any]], tuple[Any, ...]]
    """(step counted from 1, learning rate, hyperparameters) -> the numbers that the rule takes.

    Of a stack of networks, rates and hyperparameters that differ are arrays (n_networks, 1), and so are they.
    """
    state_rows: int
    """How many numbers are remembered for each parameter."""
    formula: str
    help: str
    hyperparameters: tuple[Hyperparameter, ...] = ()

    def create(self, n_parameters: int, dtype: npt.DTypeLike = np.float32, **given: float) -> Optimizer:
        """Return a fresh optimizer. Raises EngineError on an unknown or impossible hyperparameter."""
        return Optimizer(self, (n_parameters,), dtype, fill_in(self.name, self.hyperparameters, given))


class Optimizer:
    """A kind of optimizer at work on one vector: what it remembers, and the tape of its rule.

    `state` (state_rows, n_parameters) and `steps` are all there is to save; `hyperparameters` may be changed
    live. In a stack (stacked/) a vector is a row of (n_networks, n_parameters), and `hyperparameters` and the
    learning rate are arrays (n_networks, 1) where networks differ in them.
    """

    def __init__(
        self,
        kind: OptimizerKind,
        shape: tuple[int, ...],
        dtype: npt.DTypeLike,
        hyperparameters: Mapping[str, Any],
    ) -> None:
        self.kind = kind
        self.hyperparameters = dict(hyperparameters)
        self.state: Array = np.zeros((kind.state_rows, *shape), dtype)
        self.steps = 0
        self._numbers: list[Array] = []
        self._vectors: tuple[Array, Array] | None = None
        self._tape: list[Operation] = []

    def update(self, parameters: Array, gradients: Array, learning_rate: float | Array) -> None:
        """Move `parameters` (n,) in place, one step down the `gradients` (n,)."""
        self.steps += 1
        values = self.kind.numbers(self.steps, learning_rate, self.hyperparameters)
        if self._vectors is None or self._vectors[0] is not parameters or self._vectors[1] is not gradients:
            self._numbers = [np.zeros(np.shape(value), self.state.dtype) for value in values]
            self._bind(parameters, gradients)
        for number, value in zip(self._numbers, values, strict=True):
            number[()] = value
        for call in self._tape:
            call()

    def load(self, state: npt.ArrayLike, steps: int) -> None:
        """Take over what another optimizer of this kind remembered. Raises EngineError on another shape."""
        if np.shape(state) != self.state.shape:
            raise EngineError(
                f"The optimizer state has shape {np.shape(state)}; this one needs {self.state.shape}."
            )
        self.state[...] = state
        self.steps = int(steps)

    @property
    def n_calls(self) -> int:
        """NumPy calls of one update; known once it has been called."""
        return len(self._tape)

    def _bind(self, parameters: Array, gradients: Array) -> None:
        """Record the rule for these two vectors, block by block."""
        self._vectors = (parameters, gradients)
        self._tape = []
        scratch = Scratch(self.state.dtype)
        length = len(parameters)
        n_blocks = min(length, -(-parameters.size // BLOCK))
        bounds = [length * part // n_blocks for part in range(n_blocks + 1)]
        for block in map(slice, bounds, bounds[1:]):
            remembered = [row[block] for row in self.state]
            numbers = [number[block] if number.ndim else number for number in self._numbers]
            p, g = parameters[block], gradients[block]
            self._tape += record(self.kind.rule, (p, g, *remembered, *numbers), (p, *remembered), scratch)


def _root(x: Any) -> Any:
    """Return the square root of a number, or of one for each network of a stack."""
    return sqrt(x) if isinstance(x, float) else np.sqrt(x)


def _momentum(p: Array, g: Array, v: Array, momentum: Array, rate: Array) -> tuple[Array, ...]:
    v = momentum * v + g
    return p - rate * v, v


def _nesterov(p: Array, g: Array, v: Array, momentum: Array, rate: Array) -> tuple[Array, ...]:
    v = momentum * v + g
    return p - rate * (g + momentum * v), v


def _adagrad(p: Array, g: Array, s: Array, rate: Array, epsilon: Array) -> tuple[Array, ...]:
    s = s + g * g
    return p - rate * (g / (np.sqrt(s) + epsilon)), s


def _rmsprop(p: Array, g: Array, s: Array, decay: Array, rate: Array, epsilon: Array) -> tuple[Array, ...]:
    s = decay * s + g * g
    return p - rate * (g / (np.sqrt(s) + epsilon)), s


def _rmsprop_numbers(step: int, learning_rate: Any, hyper: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return ρ, and r and ε for an s that is kept as a sum: r g / (√((1 - ρ) s) + ε) = r/c g / (√s + ε/c)."""
    c = _root(1.0 - hyper["decay"])
    return hyper["decay"], learning_rate / c, hyper["epsilon"] / c


def _adadelta(
    p: Array, g: Array, s: Array, u: Array, gain: Array, rate: Array, epsilon: Array
) -> tuple[Array, ...]:
    s = s + gain * (g * g - s)
    change = g * np.sqrt((u + epsilon) / (s + epsilon))
    return p - rate * change, s, u + gain * (change * change - u)


def _adam(
    p: Array, g: Array, m: Array, v: Array, beta1: Array, beta2: Array, rate: Array, epsilon: Array
) -> tuple[Array, ...]:
    m = beta1 * m + g
    v = beta2 * v + g * g
    return p - rate * (m / (np.sqrt(v) + epsilon)), m, v


def _adam_numbers(step: int, learning_rate: Any, hyper: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return β1, β2, and r and ε with all that is the same for every parameter folded in.

    m and v are kept as sums, that is without their factors 1 - β, which saves two passes over the vector.
    With the correction for the start from zero m̂ = m (1 - β1) / (1 - β1^t), v̂ = v c² with c² = (1 - β2) /
    (1 - β2^t), and r m̂ / (√v̂ + ε) = r (1 - β1) / (1 - β1^t) / c  m / (√v + ε / c).
    """
    beta1, beta2 = hyper["beta1"], hyper["beta2"]
    c = _root((1.0 - beta2) / (1.0 - beta2**step))
    rate = learning_rate * (1.0 - beta1) / (1.0 - beta1**step)
    return beta1, beta2, rate / c, hyper["epsilon"] / c


def _adamw(
    p: Array,
    g: Array,
    m: Array,
    v: Array,
    beta1: Array,
    beta2: Array,
    rate: Array,
    epsilon: Array,
    keep: Array,
) -> tuple[Array, ...]:
    return _adam(keep * p, g, m, v, beta1, beta2, rate, epsilon)


def _adamw_numbers(step: int, learning_rate: Any, hyper: Mapping[str, Any]) -> tuple[Any, ...]:
    return (*_adam_numbers(step, learning_rate, hyper), 1.0 - learning_rate * hyper["weight_decay"])


_MOMENTUM = Hyperparameter("momentum", 0.9, 0.0, 0.9999, "Fraction of the previous velocity that is kept.")
_BETA1 = Hyperparameter("beta1", 0.9, 0.0, 0.9999, "Decay rate of the running mean of the gradients.")
_BETA2 = Hyperparameter(
    "beta2", 0.999, 0.0, 0.999999, "Decay rate of the running mean of the squared gradients."
)
_WEIGHT_DECAY = Hyperparameter(
    "weight_decay", 0.01, 0.0, 1.0, "Rate at which weights shrink, independent of the gradient."
)


def _decay(default: float) -> Hyperparameter:
    return Hyperparameter(
        "decay", default, 0.0, 0.9999, "Decay rate of the running mean of the squared gradients."
    )


def _epsilon(default: float) -> Hyperparameter:
    return Hyperparameter("epsilon", default, 1e-12, 1.0, "Small constant that prevents division by zero.")


_ALL = (
    OptimizerKind(
        "sgd",
        rule=lambda p, g, rate: (p - rate * g,),
        numbers=lambda step, rate, hyper: (rate,),
        state_rows=0,
        formula="p ← p - r g",
        help="Stochastic gradient descent: a plain step against the gradient.",
    ),
    OptimizerKind(
        "momentum",
        rule=_momentum,
        numbers=lambda step, rate, hyper: (hyper["momentum"], rate),
        state_rows=1,
        formula="v ← μ v + g;  p ← p - r v",
        help="Accumulates velocity: consistent gradients add up, oscillations cancel.",
        hyperparameters=(_MOMENTUM,),
    ),
    OptimizerKind(
        "nesterov",
        rule=_nesterov,
        numbers=lambda step, rate, hyper: (hyper["momentum"], rate),
        state_rows=1,
        formula="v ← μ v + g;  p ← p - r (g + μ v)",
        help="Nesterov momentum: the gradient is taken one step ahead (Nesterov 1983).",
        hyperparameters=(_MOMENTUM,),
    ),
    OptimizerKind(
        "adagrad",
        rule=_adagrad,
        numbers=lambda step, rate, hyper: (rate, hyper["epsilon"]),
        state_rows=1,
        formula="s ← s + g²;  p ← p - r g / (√s + ε)",
        help="Per-parameter rates that shrink with all past gradients (Duchi et al. 2011).",
        hyperparameters=(_epsilon(1e-10),),
    ),
    OptimizerKind(
        "adadelta",
        rule=_adadelta,
        numbers=lambda step, rate, hyper: (1.0 - hyper["decay"], rate, hyper["epsilon"]),
        state_rows=2,
        formula="s ← ρ s + (1-ρ) g²;  d = g √(u + ε) / √(s + ε);  p ← p - r d;  u ← ρ u + (1-ρ) d²",
        help="Adapts its own step size; designed for a learning rate of 1 (Zeiler 2012).",
        hyperparameters=(_decay(0.9), _epsilon(1e-6)),
    ),
    OptimizerKind(
        "rmsprop",
        rule=_rmsprop,
        numbers=_rmsprop_numbers,
        state_rows=1,
        formula="s ← ρ s + (1-ρ) g²;  p ← p - r g / (√s + ε)",
        help="AdaGrad with a decaying average, so that rates do not vanish (Hinton 2012).",
        hyperparameters=(_decay(0.99), _epsilon(1e-8)),
    ),
    OptimizerKind(
        "adam",
        rule=_adam,
        numbers=_adam_numbers,
        state_rows=2,
        formula="m ← β1 m + (1-β1) g;  v ← β2 v + (1-β2) g²;  p ← p - r m̂ / (√v̂ + ε)",
        help="Per-parameter steps from the gradient's running moments (Kingma and Ba 2015).",
        hyperparameters=(_BETA1, _BETA2, _epsilon(1e-8)),
    ),
    OptimizerKind(
        "adamw",
        rule=_adamw,
        numbers=_adamw_numbers,
        state_rows=2,
        formula="p ← p - r λ p, then as adam",
        help="Adam with decoupled weight decay (Loshchilov and Hutter 2019).",
        hyperparameters=(_BETA1, _BETA2, _epsilon(1e-8), _WEIGHT_DECAY),
    ),
)

OPTIMIZERS: dict[str, OptimizerKind] = {kind.name: kind for kind in _ALL}
