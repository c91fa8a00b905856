"""Losses: how wrong the outputs o are about the targets t, and the gradient dL/do beside it.

Arrays are (n_outputs, n_samples) in `value` and `gradient`: a column is a sample. The cross-entropies take
logits (preactivations) and fold the last activation into the formula: finite for any logit.
`encode`, `decode` and `probabilities` speak with people's data, where a row is a sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError


@dataclass(frozen=True)
class Loss:
    """A loss: value and gradient side by side, and the coding of classes that goes with it."""

    name: str
    value: Callable[[Array, Array], Array]
    """value(o, t) -> (n_samples,) losses in float64; o are logits where `fused_activation` is set."""
    gradient: Callable[[Array, Array, Array, Array], object]
    """gradient(o, t, share, out): out = dL/do of the mean loss; share = factor(n_outputs) / n_samples."""
    formula: str
    derivative_formula: str
    help: str
    tasks: frozenset[str]
    output_activations: tuple[str, ...]
    """Activations that the last layer may have; the first is the default for classification."""
    factor: Callable[[int], float] = lambda n_outputs: 1.0
    """The constant factor of the gradient, kept apart so that it is multiplied in once with 1 / n_samples."""
    fused_activation: str | None = None
    """The activation that the formula already contains; the gradient is then dL/dz of the last layer."""
    coding: tuple[float, float] = (0.0, 1.0)
    """Target of the wrong and of the right class."""
    always_one_output_per_class: bool = False
    max_classes: int | None = None
    kinks: tuple[float, ...] = ()
    """Values of the margin (hinge) or error (mae, huber) at which the gradient jumps or bends."""

    def output_activation(self, task: str, n_outputs: int) -> str:
        """Return the activation that the last layer has by default."""
        return "linear" if task == "regression" else self.output_activations[0]

    def n_outputs(self, n_classes: int) -> int:
        """Return the number of output units for `n_classes` classes. Raises EngineError beyond what fits."""
        if self.max_classes is not None and n_classes > self.max_classes:
            raise EngineError(
                f"{self.name} tells {self.max_classes} classes apart, the data has {n_classes}; "
                "softmax_cross_entropy works for any number."
            )
        return n_classes if self.always_one_output_per_class or n_classes > 2 else 1

    def encode(self, classes: npt.ArrayLike, n_classes: int, dtype: npt.DTypeLike = np.float64) -> Array:
        """Return targets (n, n_outputs) for integer `classes` (n,)."""
        labels = np.asarray(classes, dtype=np.intp)
        low, high = self.coding
        if self.n_outputs(n_classes) == 1:
            return np.where(labels == 1, high, low).astype(dtype)[:, None]
        return np.where(labels[:, None] == np.arange(n_classes), high, low).astype(dtype)

    def decode(self, outputs: Array) -> npt.NDArray[np.int64]:
        """Return the class (n,) that each row of outputs (n, n_outputs) stands for."""
        if outputs.shape[1] == 1:
            middle = (self.coding[0] + self.coding[1]) / 2.0
            return np.asarray(outputs[:, 0] > middle, np.int64)
        return np.asarray(outputs.argmax(axis=1), np.int64)

    def probabilities(self, outputs: Array) -> Array | None:
        """Return (n, n_classes) probabilities; None where the outputs are scores that sum to anything."""
        if outputs.shape[1] == 1:
            low, high = self.coding
            p = np.clip((outputs[:, 0] - low) / (high - low), 0.0, 1.0)
            return np.stack([1.0 - p, p], axis=1)
        return outputs.copy() if self.fused_activation == "softmax" else None


def _mse(o: Array, t: Array) -> Array:
    return np.asarray(np.square(o.astype(np.float64) - t).mean(axis=0))


def _half_mse(o: Array, t: Array) -> Array:
    return np.asarray(0.5 * np.square(o.astype(np.float64) - t).sum(axis=0))


def _error_gradient(o: Array, t: Array, share: Array, out: Array) -> None:
    np.subtract(o, t, out)
    np.multiply(out, share, out)


def _binary_cross_entropy(z: Array, t: Array) -> Array:
    # -t log a - (1 - t) log(1 - a) with a = sigmoid(z), written so that exp only sees negative numbers.
    wide = z.astype(np.float64)
    return np.asarray((np.maximum(wide, 0.0) - wide * t + np.log1p(np.exp(-np.abs(wide)))).sum(axis=0))


def _binary_cross_entropy_gradient(z: Array, t: Array, share: Array, out: Array) -> None:
    np.multiply(z, 0.5, out)
    np.tanh(out, out)
    np.add(out, 1.0, out)
    np.multiply(out, 0.5, out)
    np.subtract(out, t, out)
    np.multiply(out, share, out)


def _softmax_cross_entropy(z: Array, t: Array) -> Array:
    wide = z.astype(np.float64)
    shifted = wide - wide.max(axis=0)
    return np.asarray(np.log(np.exp(shifted).sum(axis=0)) - (t * shifted).sum(axis=0))


def _softmax_cross_entropy_gradient(z: Array, t: Array, share: Array, out: Array) -> None:
    np.subtract(z, z.max(axis=0), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=0), out)
    np.subtract(out, t, out)
    np.multiply(out, share, out)


_BOTH = frozenset({"classification", "regression"})
_CLASSES = frozenset({"classification"})

_ALL = (
    Loss(
        "mse",
        _mse,
        _error_gradient,
        "L = mean (o - t)²",
        "dL/do = 2 (o - t) / (n_samples n_outputs)",
        "Mean squared error: far misses count much more than near ones.",
        _BOTH,
        ("sigmoid", "linear", "tanh"),
        factor=lambda n_outputs: 2.0 / n_outputs,
    ),
    Loss(
        "half_mse",
        _half_mse,
        _error_gradient,
        "L = mean over samples of sum ½ (o - t)²",
        "dL/do = (o - t) / n_samples",
        "Half the squared error, as TensorFlow Playground: the derivative is the error itself.",
        _BOTH,
        ("tanh", "linear", "sigmoid"),
        coding=(-1.0, 1.0),
    ),
    Loss(
        "binary_cross_entropy",
        _binary_cross_entropy,
        _binary_cross_entropy_gradient,
        "L = mean -(t log a + (1 - t) log(1 - a)), a = sigmoid(z)",
        "dL/dz = (a - t) / n_samples",
        "Surprise at the right answer of two; being sure and wrong costs most.",
        _CLASSES,
        ("sigmoid",),
        fused_activation="sigmoid",
        max_classes=2,
    ),
    Loss(
        "softmax_cross_entropy",
        _softmax_cross_entropy,
        _softmax_cross_entropy_gradient,
        "L = mean -log a_right, a = softmax(z)",
        "dL/dz = (a - t) / n_samples",
        "Surprise at the right answer of many.",
        _CLASSES,
        ("softmax",),
        fused_activation="softmax",
        always_one_output_per_class=True,
    ),
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in _ALL}
