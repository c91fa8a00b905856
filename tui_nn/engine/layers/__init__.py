"""The kinds of layers, and LAYERS, the registry of them."""

from __future__ import annotations

from tui_nn.engine.layers.batch_norm import BatchNorm
from tui_nn.engine.layers.convolution import Conv2D
from tui_nn.engine.layers.dense import Dense
from tui_nn.engine.layers.dropout import Dropout
from tui_nn.engine.layers.layer import Layer, Pass, PlacedLayer, Shape, Slot
from tui_nn.engine.layers.pooling import AveragePool2D, Flatten, MaxPool2D

_ALL: tuple[type[Layer], ...] = (Dense, Conv2D, MaxPool2D, AveragePool2D, Flatten, Dropout, BatchNorm)

LAYERS: dict[str, type[Layer]] = {kind.name: kind for kind in _ALL}

__all__ = [
    "LAYERS",
    "AveragePool2D",
    "BatchNorm",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "MaxPool2D",
    "Pass",
    "PlacedLayer",
    "Shape",
    "Slot",
]
