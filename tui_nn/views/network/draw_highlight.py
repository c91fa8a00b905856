"""What stands out in the network diagram while everything else steps back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Highlight:
    """Nodes between two bars, links in their colors; layer 0 is the input."""

    layers: frozenset[int] = frozenset()
    """Layers all of whose nodes are highlighted."""
    nodes: frozenset[tuple[int, int]] = frozenset()
    """(layer, unit) of further nodes."""
    gutters: frozenset[int] = frozenset()
    """Layers whose arriving links are all highlighted."""
    links: frozenset[tuple[int, int, int]] = frozenset()
    """(layer, source, unit) of further links, by the layer where they arrive."""

    def has_node(self, layer: int, unit: int) -> bool:
        """Return whether a node stands out."""
        return layer in self.layers or (layer, unit) in self.nodes

    def muted(self, layer: int, sources: list[int], units: list[int]) -> NDArray[np.bool_]:
        """Return (sources, units): which of the links that arrive at a layer step back."""
        if layer in self.gutters:
            return np.zeros((len(sources), len(units)), dtype=bool)
        return np.array(
            [[(layer, source, unit) not in self.links for unit in units] for source in sources], dtype=bool
        ).reshape(len(sources), len(units))
