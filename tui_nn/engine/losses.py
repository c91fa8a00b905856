"""Losses: how wrong the outputs o are about the targets t, and beside it the gradient dL/do.

Both are plain formulas for each sample, arrays (n_outputs, n_samples): a column is a sample. The mean over
samples is taken outside. The cross-entropies take logits (preactivations z) and contain the last activation,
which keeps them finite for any z.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.activations import sigmoid, softmax
from tui_nn.engine.arrays import Array
from tui_nn.engine.coding import ONE_HOT, ONE_LOGIT, ONE_OR_ZERO, PLUS_OR_MINUS, Coding


@dataclass(frozen=True)
class Loss:
    """A loss: value and gradient side by side, and the coding of classes that goes with it."""

    name: str
    value: Callable[[Array, Array], Array]
    """(o, t) -> (n_samples,) losses."""
    gradient: Callable[[Array, Array], Array]
    """(o, t) -> dL/do (n_outputs, n_samples) of each sample's loss."""
    formula: str
    derivative_formula: str
    help: str
    tasks: frozenset[str]
    output_activations: tuple[str, ...]
    """Activations that the last layer may have; the first is the default for classification."""
    term: str = ""
    """What one output alone adds, in o, t, a = f(o) and e = o - t; the loss is their sum or mean."""
    coding: Coding = ONE_OR_ZERO
    """What the targets of a class look like."""
    fused_activation: str | None = None
    """The activation that the formulas contain: o are then logits, the preactivations of the last layer."""
    kink: Callable[[Array, Array], Array] | None = None
    """(o, t) -> numbers that change sign where the gradient jumps or bends; gradient checks stay away."""

    def output_activation(self, task: str, n_outputs: int) -> str:
        """Return the activation that the last layer has by default."""
        return "linear" if task == "regression" else self.output_activations[0]

    def n_outputs(self, n_classes: int) -> int:
        """Return the number of output units for `n_classes` classes. Raises EngineError beyond what fits."""
        return self.coding.n_outputs(n_classes)

    def encode(self, classes: npt.ArrayLike, n_classes: int, dtype: npt.DTypeLike = np.float64) -> Array:
        """Return targets (n, n_outputs) for integer `classes` (n,)."""
        return self.coding.encode(classes, n_classes, dtype)

    def decode(self, outputs: Array) -> npt.NDArray[np.int64]:
        """Return the class (n,) that each row of outputs (n, n_outputs) stands for."""
        return self.coding.decode(outputs)

    def probabilities(self, outputs: Array) -> Array | None:
        """Return (n, n_classes) probabilities; None where the outputs are scores that sum to anything."""
        return self.coding.probabilities(outputs)


def _huber(e: Array) -> Array:
    inside = np.minimum(np.abs(e), 1.0)
    losses: Array = inside * (np.abs(e) - 0.5 * inside)
    return losses


def _softmax_cross_entropy(z: Array, t: Array) -> Array:
    below_largest = z - z.max(axis=0)
    losses: Array = np.log(np.exp(below_largest).sum(axis=0)) - (t * below_largest).sum(axis=0)
    return losses


_BOTH = frozenset({"classification", "regression"})
_CLASSES = frozenset({"classification"})

_ALL = (
    Loss(
        "mse",
        value=lambda o, t: np.square(o - t).sum(axis=0) / o.shape[0],
        gradient=lambda o, t: (2.0 / o.shape[0]) * (o - t),
        formula="L = mean (o - t)²",
        term="(o - t)²",
        derivative_formula="dL/do = 2 (o - t) / (n_samples n_outputs)",
        help="Mean squared error: large errors cost far more than small ones.",
        tasks=_BOTH,
        output_activations=("sigmoid", "linear", "tanh"),
    ),
    Loss(
        "half_mse",
        value=lambda o, t: 0.5 * np.square(o - t).sum(axis=0),
        gradient=lambda o, t: o - t,
        formula="L = mean over samples of ½ sum (o - t)²",
        term="½ (o - t)²",
        derivative_formula="dL/do = (o - t) / n_samples",
        help="Half the squared error, as in TensorFlow Playground: its derivative is the error.",
        tasks=_BOTH,
        output_activations=("tanh", "linear", "sigmoid"),
        coding=PLUS_OR_MINUS,
    ),
    Loss(
        "mae",
        value=lambda o, t: np.abs(o - t).sum(axis=0) / o.shape[0],
        gradient=lambda o, t: (1.0 / o.shape[0]) * np.sign(o - t),
        formula="L = mean |o - t|",
        term="|o - t|",
        derivative_formula="dL/do = sign(o - t) / (n_samples n_outputs)",
        help="Mean absolute error: every error has the same gradient; robust to outliers.",
        tasks=_BOTH,
        output_activations=("sigmoid", "linear", "tanh"),
        kink=lambda o, t: o - t,
    ),
    Loss(
        "huber",
        value=lambda o, t: _huber(o - t).sum(axis=0) / o.shape[0],
        gradient=lambda o, t: (1.0 / o.shape[0]) * np.maximum(np.minimum(o - t, 1.0), -1.0),
        formula="L = mean of ½ e² if |e| < 1 else |e| - ½, e = o - t",
        term="½ e² if |e| < 1 else |e| - ½",
        derivative_formula="dL/do = min(max(e, -1), 1) / (n_samples n_outputs)",
        help="Quadratic for small errors, linear for large: robust to outliers (Huber 1964).",
        tasks=_BOTH,
        output_activations=("sigmoid", "linear", "tanh"),
        kink=lambda o, t: np.abs(o - t) - 1.0,
    ),
    Loss(
        "binary_cross_entropy",
        # -t log a - (1 - t) log(1 - a) with a = sigmoid(z), written without a.
        value=lambda z, t: (np.logaddexp(0.0, z) - t * z).sum(axis=0),
        gradient=lambda z, t: sigmoid(z) - t,
        formula="L = mean -(t log a + (1 - t) log(1 - a)), a = sigmoid(z)",
        term="-(t log a + (1 - t) log(1 - a))",
        derivative_formula="dL/dz = (a - t) / n_samples",
        help="Binary cross-entropy: confident wrong answers cost most.",
        tasks=_CLASSES,
        output_activations=("sigmoid",),
        coding=ONE_LOGIT,
        fused_activation="sigmoid",
    ),
    Loss(
        "softmax_cross_entropy",
        value=_softmax_cross_entropy,
        gradient=lambda z, t: softmax(z) - t,
        formula="L = mean -log a_true, a = softmax(z)",
        term="-t log a",
        derivative_formula="dL/dz = (a - t) / n_samples",
        help="Cross-entropy: minus the log of the probability given to the true class.",
        tasks=_CLASSES,
        output_activations=("softmax",),
        coding=ONE_HOT,
        fused_activation="softmax",
    ),
    Loss(
        "hinge",
        value=lambda o, t: np.maximum(1.0 - t * o, 0.0).sum(axis=0),
        gradient=lambda o, t: -t * (t * o < 1.0),
        formula="L = mean max(0, 1 - t o), t = -1 or +1",
        term="max(0, 1 - t o)",
        derivative_formula="dL/do = -t / n_samples if t o < 1 else 0",
        help="Hinge loss of support vector machines: zero once the margin reaches 1.",
        tasks=_CLASSES,
        output_activations=("linear", "tanh"),
        coding=PLUS_OR_MINUS,
        kink=lambda o, t: 1.0 - t * o,
    ),
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in _ALL}
