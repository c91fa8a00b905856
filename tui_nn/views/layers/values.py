"""The layers as a whole: a matrix of weights, the spread of all values, the health of each layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 48
"""Bins of a histogram: can be joined by two, three and four."""
GRADIENT_DECADES = (-9, 3)
"""Gradients are counted by their size, from 10 to the one power to 10 to the other."""

Bounds = tuple[float, float]
"""The largest activation and the largest weight on the axes of a layer's histograms."""


@dataclass(frozen=True)
class LayersRequest:
    """What is wanted of them."""

    layer: int = 1
    """The layer whose weights are wanted; 1 is the first after the input."""
    most_inputs: int = 64
    """The matrix is to have at most so many rows."""
    most_neurons: int = 64
    """And so many columns."""
    most_kernels: int = 64
    """Of a convolution there are to be so many kernels at most."""
    bounds: tuple[Bounds, ...] = ()
    """Those of the reply before: axes that still fit are kept, so that they do not jump."""


@dataclass(frozen=True, eq=False)
class Spread:
    """A histogram."""

    counts: NDArray[np.int64]
    """(BINS,) values from `low` to `high`; what lies beyond is counted at the ends."""
    low: float
    high: float
    """Of gradients exponents of ten."""
    n_values: int
    """All that were counted."""
    n_zeros: int = 0
    """Of gradients: those that are exactly zero and in no bin."""


@dataclass(frozen=True, eq=False)
class LayerHealth:
    """One layer after the input."""

    name: str
    """Such as "hidden 1"."""
    kind: str
    """What it is: "8 tanh", "8 filters, relu", "pool"."""
    activations: Spread
    """Of all neurons at all looked-at samples."""
    weights: Spread | None
    """None where there are none."""
    gradients: Spread | None
    """Sizes of dL/dw of the last step; None without weights, before the first step, and of the past."""
    counted: int
    """Neurons (or filters) that can be dead or saturated; 0 where that is no trouble."""
    dead: int
    saturated: int
    gradient_norm: float
    """Of the last step; NaN where there are no `gradients`."""


@dataclass(frozen=True, eq=False)
class WeightMatrix:
    """The weights of one layer, or as much of them as can be shown."""

    layer: int
    name: str
    values: NDArray[np.float32]
    """(rows, columns), inputs x neurons; of a larger matrix each is the strongest of a block of weights."""
    biases: NDArray[np.float32]
    """(columns,), likewise."""
    kernels: NDArray[np.float32] | None
    """(n, size, size) of a convolution, whose `values` are empty; the strongest if not all."""
    kernel_names: tuple[str, ...]
    n_inputs: int
    n_neurons: int
    input_names: tuple[str, ...]
    """Of the inputs, where they have names."""
    largest: float
    """The size of the strongest weight or bias."""
    words: str = ""
    """Why there is nothing to show, or what is left out."""

    @property
    def is_whole(self) -> bool:
        """Whether every weight is there."""
        return self.values.shape == (self.n_inputs, self.n_neurons)


@dataclass(frozen=True, eq=False)
class Layers:
    """What they were at one moment."""

    layers: tuple[LayerHealth, ...]
    """After the input."""
    matrix: WeightMatrix
    n_samples: int
    """Training samples that were looked at for activations, dead and saturated neurons."""
    steps: NDArray[np.int64]
    """(n,) at which gradient norms were recorded."""
    gradient_norms: NDArray[Any]
    """(n, n_layers); NaN where there are none."""
    bounds: tuple[Bounds, ...]
    """Of the histograms, to be sent with the next request."""
