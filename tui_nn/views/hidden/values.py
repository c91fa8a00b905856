"""The data as a layer sees it, with the lines that the next layer draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.example import FIRST_EXAMPLE, Example

Floats = NDArray[np.float32]
Pair = tuple[int, int]
"""Two neurons of a layer, counted from 0."""


@dataclass(frozen=True, eq=False)
class HiddenSpaceRequest:
    """Which layer is wanted, and from which side."""

    layer: int = 1
    """0 is the input; a layer beyond the last is the last."""
    pair: Pair | None = None
    """The neurons along the axes; None: two principal components, or both neurons where there are two."""
    basis: Floats | None = None
    """Principal components that the asker saw last, (2, units): new ones keep their signs and order."""
    has_test: bool = False
    """Whether test samples are wanted too."""
    example: Example = FIRST_EXAMPLE
    """The sample whose place is wanted."""


@dataclass(frozen=True, eq=False)
class Cuts:
    """The next layer's neurons as straight lines of the shown plane: z = x · coefficients[:-1] + the last."""

    coefficients: NDArray[np.float64]
    """(n_axes + 1, n): a column for each line; where z is 0 the line runs."""
    units: tuple[int, ...]
    """The neurons of the next layer that the columns belong to, counted from 0; the strongest of many."""
    n_units: int
    """Neurons of the next layer."""
    is_decision: bool = False
    """Whether the lines are where the predicted class changes."""
    takes_largest: bool = False
    """Whether the class is the column of the largest z: then it changes where two are largest together."""
    is_exact: bool = False
    """Whether the lines hold for every sample, not only in the shown plane through the mean."""


@dataclass(frozen=True, eq=False)
class HiddenSpace:
    """A layer's activations on a plane (one number each, where the layer has one neuron)."""

    layer: int
    n_layers: int
    """Layers, the input included."""
    units: int
    pair: Pair | None
    """The neurons along the axes; None for principal components, and for one neuron."""
    positions: Floats
    """(n, n_axes) of the samples; n_axes is 2, or 1 for a layer of one neuron."""
    labels: NDArray[np.int64]
    """(n,) classes; for regression 1 for targets above zero, else 0."""
    is_test: NDArray[np.bool_]
    """(n,)"""
    class_names: tuple[str, ...]
    """Empty for regression."""
    activation: str
    """Name of the layer's activation; empty for the input."""
    names: tuple[str, ...] = ()
    """Of the units, where they have names: of the inputs."""
    example: Floats | None = None
    """(n_axes,): where the example lies that was asked for."""
    example_words: str = ""
    """What it is called."""
    lattice: Floats | None = None
    """(n_lines, n_points, 2): straight lines of the input plane; None for data of no plane."""
    cuts: Cuts | None = None
    """None where the next layer draws no straight lines: it looks at patches of images."""
    basis: Floats | None = None
    """(2, units): the principal components, of length 1."""
    shares: tuple[float, float] | None = None
    """The part of the spread (variance) that lies along each principal component."""
    is_finite: bool = True
    """False where the activations are no finite numbers any more; then there are no positions."""

    @property
    def n_axes(self) -> int:
        """2, or 1 for a layer of one neuron."""
        return int(self.positions.shape[1])


def empty_positions(n_axes: int) -> NDArray[Any]:
    """Return positions of no samples."""
    return np.zeros((0, n_axes), dtype=np.float32)
