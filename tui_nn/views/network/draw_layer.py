"""What the network diagram is given of each layer: arrays and words, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer; the first one given is the input."""

    title: str
    short_title: str
    """For narrow columns, such as 'h1'."""
    units: int
    note: str = ""
    """A second line where it fits, such as the activation."""
    short_note: str = ""
    """For narrow columns."""
    labels: Sequence[str] = ()
    """One for each unit; numbers from 1 if empty."""
    maps: Array | None = None
    """(units, h, w): the output of each unit over the plane, row 0 on top; units beyond the end have none."""
    activations: Array | None = None
    """(units,): for one sample or the mean of a batch."""
    biases: Array | None = None
    """(units,)"""
    scale: float | Array = 1.0
    """The value in full color in maps and activations: one for all, or (units,) as features differ."""

    total: int | None = None
    """How many units the layer has, where only some are given."""
    strip: Array | None = None
    """(n,): what the strip below shows instead of `activations`, such as all units where few are given."""
    frozen: NDArray[np.bool_] | None = None
    """(units,): whose weights are not trained."""
    cut: NDArray[np.bool_] | None = None
    """(units,): who is disabled."""

    @property
    def count(self) -> int:
        """Return how many units the layer has, shown or not."""
        return self.units if self.total is None else self.total

    def scales(self) -> Array:
        """Return the scale of every unit."""
        return np.broadcast_to(np.asarray(self.scale, dtype=np.float64), (self.units,))

    def names(self) -> list[str]:
        """Return the label of every unit."""
        return list(self.labels) if self.labels else [str(unit + 1) for unit in range(self.units)]


def largest_weight(weights: Sequence[Array]) -> float:
    """Return the size of the largest finite weight, at least 1."""
    sizes = [np.abs(matrix[np.isfinite(matrix)]).max(initial=0.0) for matrix in weights]
    return max([1.0, *map(float, sizes)])


def strongest_units(
    weights: Sequence[Array],
    layer: int,
    units: int,
    room: int,
    keep: int | None = None,
    has_others: bool = False,
) -> list[int]:
    """Return the units of a layer to show in `room` places, in their order.

    All of them if they fit; otherwise those with the largest sum of |weights| to the next layer (for the last
    layer: from the one before) and the unit `keep`, in one place less, which is for the count of the rest.
    has_others: whether there is a rest even if they fit. Without weights the first ones are shown.
    """
    if units + has_others <= room:
        return list(range(units))
    if not weights:
        return list(range(units))[: max(1, room - 1)]
    if layer < len(weights):
        strength = np.abs(np.nan_to_num(weights[layer])).sum(axis=1)
    else:
        strength = np.abs(np.nan_to_num(weights[layer - 1])).sum(axis=0)
    if keep is not None and 0 <= keep < units:
        strength[keep] = np.inf
    return sorted(np.argsort(-strength, kind="stable")[: max(1, room - 1)].tolist())
