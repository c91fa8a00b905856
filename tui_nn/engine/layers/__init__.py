"""The kinds of layers, and LAYERS, the registry of them."""

from __future__ import annotations

from tui_nn.engine.layers.dense import Dense
from tui_nn.engine.layers.layer import Layer, PlacedLayer, Shape, Slot

LAYERS: dict[str, type[Layer]] = {kind.name: kind for kind in (Dense,)}

__all__ = ["LAYERS", "Dense", "Layer", "PlacedLayer", "Shape", "Slot"]
