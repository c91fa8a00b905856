"""How classes become numbers that a network can aim at, and its outputs classes again. Rows are samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError


@dataclass(frozen=True)
class Coding:
    """Targets `low` for a wrong and `high` for the right class; one output for two classes, else one each."""

    low: float
    high: float
    always_one_each: bool = False
    """One output for each class even when there are two."""
    max_classes: int | None = None
    sums_to_one: bool = False
    """Whether several outputs of one sample are probabilities."""

    def n_outputs(self, n_classes: int) -> int:
        """Return the number of outputs. Raises EngineError where there are too many or too few classes."""
        if n_classes < 2:
            raise EngineError(f"The data has {n_classes} class; classification needs at least 2.")
        if self.max_classes is not None and n_classes > self.max_classes:
            raise EngineError(
                f"One output tells {self.max_classes}classes apart, but the data has {n_classes};  "
                "the loss softmax_cross_entropy works for any number."
            )
        return n_classes if self.always_one_each or n_classes > 2 else 1

    def encode(self, classes: npt.ArrayLike, n_classes: int, dtype: npt.DTypeLike) -> Array:
        """Return targets (n, n_outputs) for integer `classes` (n,)."""
        labels = np.asarray(classes, dtype=np.intp)
        right = labels[:, None] == (np.arange(n_classes) if self.n_outputs(n_classes) > 1 else 1)
        return np.where(right, self.high, self.low).astype(dtype)

    def decode(self, outputs: Array) -> npt.NDArray[np.int64]:
        """Return the class (n,) that each row of outputs (n, n_outputs) stands for."""
        if outputs.shape[1] == 1:
            return np.asarray(outputs[:, 0] > (self.low + self.high) / 2.0, np.int64)
        return np.asarray(outputs.argmax(axis=1), np.int64)

    def probabilities(self, outputs: Array) -> Array | None:
        """Return (n, n_classes) probabilities; None where the outputs are scores that sum to anything.

        One output is read as the probability of class 1, on its way from `low` to `high`.
        """
        if outputs.shape[1] == 1:
            p = np.clip((outputs[:, 0] - self.low) / (self.high - self.low), 0.0, 1.0)
            return np.stack([1.0 - p, p], axis=1)
        return outputs.copy() if self.sums_to_one else None


ONE_OR_ZERO = Coding(0.0, 1.0)
PLUS_OR_MINUS = Coding(-1.0, 1.0)
ONE_LOGIT = Coding(0.0, 1.0, max_classes=2)
ONE_HOT = Coding(0.0, 1.0, always_one_each=True, sums_to_one=True)
