"""A network as it stands in space: units of each layer with their activations, and the strongest links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.example import FIRST_EXAMPLE, Example

Floats = NDArray[np.float32]
LINK_VALUES = ("weights", "gradients")


@dataclass(frozen=True)
class LinksRequest:
    """Which example runs through the network, and how many links are wanted."""

    example: Example = FIRST_EXAMPLE
    most: int = 300
    """At most so many links between two layers: the strongest."""
    what: str = "weights"
    """One of LINK_VALUES: what makes a link strong."""


@dataclass(frozen=True, eq=False)
class LayerUnits:
    """The units of a layer."""

    shape: tuple[int, ...]
    """Of all of them: (units,), or (maps, rows, columns) for images."""
    numbers: NDArray[Any]
    """(n,): which of them are held, counted from 0: all, or evenly chosen ones of very many."""
    activations: Floats
    """(n,): of the held ones, at the example; a lone output of two classes as a map holds it, -1 to 1."""


@dataclass(frozen=True, eq=False)
class LayerLinks:
    """Links between a layer and the next."""

    sources: NDArray[Any]
    """(m,): the unit of the layer that each link leaves, counted among all."""
    targets: NDArray[Any]
    """(m,): the unit of the next layer."""
    values: Floats
    """(m,): weights or gradients."""
    n_links: int
    """How many there are in all; 0 where units are not linked one by one (filters, pools)."""


@dataclass(frozen=True, eq=False)
class Links:
    """The network at one moment."""

    layers: tuple[LayerUnits, ...]
    """The input first."""
    links: tuple[LayerLinks, ...]
    """Between each two layers, one fewer."""
    words: str
    """The name of the example, or why another one is shown."""
    class_names: tuple[str, ...]
    """What each output stands for; empty where an output is no class."""
    target: int | None
    """The class that the example is of, if it has one and outputs stand for classes."""
