"""A penalty at work: the step towards zero that is taken beside the optimizer's, w <- w - r λ R'(w_old)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.regularizers import REGULARIZERS
from tui_nn.engine.tape import Scratch, record


class Regularization:
    """One kind of penalty on one vector of parameters: its buffers and tapes.

    parameters: (n,), or (n_networks, n) of a stack (stacked/). l1_ratio, and the `step` that `measure` is
    given: numbers, or arrays (n_networks, 1).
    """

    def __init__(
        self, name: str, l1_ratio: float | Array, parameters: Array, weight_mask: npt.NDArray[np.bool_]
    ) -> None:
        self.kills = REGULARIZERS[name].kills
        scratch = Scratch(parameters.dtype)
        self._step: Array = np.zeros((len(parameters), 1) if parameters.ndim > 1 else (), parameters.dtype)
        self._shrinkage: Array = np.zeros_like(parameters)
        self._crossed: Array = np.zeros_like(parameters)
        mask = weight_mask.astype(parameters.dtype)
        derivative = REGULARIZERS[name].derivative

        def shrink(w: Array, mask: Array, step: Array) -> Array:
            return step * mask * derivative(w, l1_ratio)

        def crossing(w: Array, shrinkage: Array) -> tuple[Array, Array]:
            shrunk = w - shrinkage
            return w * shrunk < 0.0, shrunk

        self._measure = record(shrink, [parameters, mask, self._step], [self._shrinkage], scratch)
        self._move: list[Operation] = (
            record(crossing, [parameters, self._shrinkage], [self._crossed, parameters], scratch)
            if self.kills
            else record(lambda w, by: w - by, [parameters, self._shrinkage], [parameters], scratch)
        )

    def measure(self, step: float | Array) -> None:
        """Note the shrinkage at the weights as they are, before the optimizer moves them.

        step: learning rate times λ.
        """
        self._step[...] = step
        for call in self._measure:
            call()

    def move(self) -> npt.NDArray[np.bool_] | None:
        """Carry it out; return which parameters it killed, or None if none."""
        for call in self._move:
            call()
        if self.kills and self._crossed.any():
            return self._crossed > 0.0
        return None
