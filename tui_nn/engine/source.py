"""A data set in the layout that the hot path reads, made once and gathered from at every step."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.engine.arrays import Array


@dataclass(frozen=True, eq=False)
class Source:
    """Samples ready for training; made by `Network.prepare`."""

    inputs: Array
    """(n_samples, n_inputs + 1): the last column is one."""
    targets: Array
    """(n_outputs, n_samples)."""

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return len(self.inputs)
