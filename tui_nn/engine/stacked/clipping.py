"""Gradient clipping in a stack: the limits of each network apply to its own row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_nn.engine.arrays import Array


class StackedClipping:
    """Limits (n_networks,) of one kind; a network without one has None."""

    def __init__(self, limits: Sequence[float | None]) -> None:
        self._limits: Array = np.array([np.inf if limit is None else limit for limit in limits])[:, None]
        self.is_needed = any(limit is not None for limit in limits)
        """Whether anything is clipped."""

    def by_value(self, gradients: Array) -> None:
        """Bring every entry of each row of `gradients` (n_networks, n) into [-limit, limit], in place."""
        np.clip(gradients, -self._limits, self._limits, out=gradients)

    def by_norm(self, gradients: Array) -> None:
        """Scale each row of `gradients` (n_networks, n) in place, so that its length is at most its limit."""
        norms = np.sqrt(np.matmul(gradients[:, None], gradients[:, :, None])[:, 0].astype(np.float64))
        for row in np.flatnonzero(np.isinf(norms)):  # the squares do not fit into float32
            norms[row] = np.linalg.norm(gradients[row].astype(np.float64))
        scales = np.where(norms > self._limits, self._limits / norms, 1.0)
        np.multiply(gradients, scales.astype(gradients.dtype), gradients)
