"""What a picture of the network asks of a run, and gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.example import Example
from tui_nn.views.map.values import Floats, Grid

MOST_UNITS = 16
"""Of a layer with more neurons the insides hold so many: the strongest."""
NOT_HELD, FROZEN, CUT = 0, 1, 2
"""What is shown of a link or a neuron as a whole; the reasons for it are the engine's."""
COLORINGS = ("activations", "weights", "gradients")
"""What can be shown of links and neurons."""


@dataclass(frozen=True)
class InsidesRequest:
    """What is inside the network."""

    grid: Grid
    """The cells of each neuron's own small map."""
    coloring: str = "activations"
    """One of COLORINGS: what is to be shown of links and neurons."""
    kept: tuple[int, int] | None = None
    """A (layer, unit) that is to be among the insides, however weak it is."""
    example: Example | None = None
    """Whose activations the insides hold; None: those at the probe, or the mean of the batch."""
    probe: tuple[float, float] | None = None
    """A point of the plane whose activations are wanted; None: the batch mean."""


@dataclass(frozen=True, eq=False)
class Insides:
    """What is inside the network at one moment; in each tuple layer 0 is the input where it says so.

    Of large layers it holds the strongest neurons alone, and the links between those.
    """

    weights: tuple[Floats, ...]
    """(sources, units) of each layer after the input: what each unit takes of each; 0 without a link."""
    biases: tuple[Floats, ...]
    """(units,) of each layer after the input; 0 where it has none."""
    maps: tuple[Floats, ...]
    """(units, rows, columns) of each layer, the input included: the outputs over the plane."""
    activations: tuple[Floats, ...]
    """(n,) of all units of each layer, the input included: of the example, at the probe, or the mean."""
    is_probed: bool
    """Whether the activations are those at the probe."""
    units: tuple[NDArray[np.int64], ...] = ()
    """(units,) of each layer, the input included: the numbers of those that are held, ascending."""
    shapes: tuple[tuple[int, ...], ...] = ()
    """The shape of each layer, the input included: (n,), or (maps, rows, columns)."""
    example: str = ""
    """Whose activations these are, if they are an example's."""
    coloring: str = "activations"
    """One of COLORINGS."""
    grad_weights: tuple[Floats, ...] = ()
    """dL/dw of the last step for each of `weights`; empty unless gradients are the coloring."""
    grad_biases: tuple[Floats, ...] = ()
    """dL/db likewise: the mean delta of the batch."""
    held_links: tuple[NDArray[np.uint8], ...] = ()
    """For each of `weights`: 0, 1 frozen, 2 cut, not with a whole neuron; empty if nothing is held."""
    held_units: tuple[NDArray[np.uint8], ...] = ()
    """(units,) of each layer, the input included: 0, 1 frozen, 2 cut; empty if nothing is held."""
