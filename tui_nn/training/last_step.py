"""What the last step of training changed, noted only while somebody looks."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class LastStep:
    """Keeps what a step added to the parameters."""

    def __init__(self) -> None:
        self.is_watched = False
        """Whether steps are to be noted: it costs two passes over the parameters."""
        self._change: Array | None = None
        self._step = -1

    def begin(self, parameters: Array) -> None:
        """Note the parameters before a step."""
        if self._change is None or self._change.shape != parameters.shape:
            self._change = np.empty_like(parameters)
        np.negative(parameters, out=self._change)

    def end(self, parameters: Array, step: int) -> None:
        """Note the parameters after it; step: how many were taken then."""
        if self._change is not None:
            np.add(parameters, self._change, out=self._change)
            self._step = step

    def change(self, parameters: Array, step: int) -> Array | None:
        """Return what the step added to each parameter; None where it was not noted."""
        if self._change is None or self._step != step or self._change.shape != parameters.shape:
            return None
        return self._change
