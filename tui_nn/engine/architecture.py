"""Layers as text: `8c3,p2,16c3,p2,10` and back.

10        dense, 10 units                    p2 p3s2   max pool of 2x2; 3x3, 2 apart
8c3       convolution, 8 filters of 3x3      a2        average pool
8c5s2v    5x5, stride 2, v: not padded       bn        batch normalization, before the activation
none      no layer at all                    drop0.2   dropout    flat: flatten
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui_nn.engine.errors import EngineError
from tui_nn.engine.layers import (
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
)

_CONV = re.compile(r"(\d{1,6})c(\d{1,3})(?:s(\d{1,3}))?(v?)")
_POOL = re.compile(r"([pa])(\d{1,3})(?:s(\d{1,3}))?")
_DROP = re.compile(r"drop(\d?\.\d{1,6}|\d)")
_DENSE = re.compile(r"\d{1,9}")


def parse_layers(text: str, activations: str | Sequence[str] = "linear") -> list[Layer]:
    """Return the hidden layers that `text` describes.

    activations: one name for all layers with weights, or one for each. Raises EngineError that quotes what
    is wrong.
    """
    if text.strip() in ("", "none"):
        return []
    layers = [_parse(part.strip()) for part in text.split(",")]
    weighted = sum(isinstance(layer, Dense | Conv2D) for layer in layers)
    names = [activations] * weighted if isinstance(activations, str) else list(activations)
    if len(names) != weighted:
        raise EngineError(
            f"{text} has {weighted} layers with weights, but {len(names)} activations are given."
        )
    return _with_activations(layers, iter(names))


def describe_layers(layers: Sequence[Layer]) -> str:
    """Return the text that `parse_layers` turns into `layers`, apart from their activations."""
    return ",".join(_describe(layer) for layer in layers) or "none"


def _with_activations(layers: Sequence[Layer], names: Iterator[str]) -> list[Layer]:
    """Give each layer with weights its activation; batch norm that follows takes it over."""
    activated: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Dense | Conv2D):
            layer = replace(layer, activation=next(names))
        elif isinstance(layer, BatchNorm) and activated and isinstance(activated[-1], Dense | Conv2D):
            layer = replace(layer, activation=activated[-1].activation)
            activated[-1] = replace(activated[-1], activation="linear")
        activated.append(layer)
    return activated


def _parse(part: str) -> Layer:
    if part == "bn":
        return BatchNorm()
    if part == "flat":
        return Flatten()
    if _DENSE.fullmatch(part):
        return Dense(int(part))
    if match := _CONV.fullmatch(part):
        filters, size, stride, valid = match.groups()
        return Conv2D(int(filters), int(size), int(stride or 1), "valid" if valid else "same")
    if match := _POOL.fullmatch(part):
        kind, size, stride = match.groups()
        pool = MaxPool2D if kind == "p" else AveragePool2D
        return pool(int(size), int(stride or 0))
    if match := _DROP.fullmatch(part):
        return Dropout(float(match.group(1)))
    raise EngineError(
        f"{part!r} is not a layer: 16 is dense, 8c3 a convolution, p2 and a2 pool; drop0.2, bn, flat."
    )


def _describe(layer: Layer) -> str:
    if isinstance(layer, Dense):
        return str(layer.units)
    if isinstance(layer, Conv2D):
        stride = f"s{layer.stride}" if layer.stride > 1 else ""
        return f"{layer.filters}c{layer.kernel_size}{stride}{'v' if layer.padding == 'valid' else ''}"
    if isinstance(layer, MaxPool2D | AveragePool2D):
        stride = f"s{layer.stride}" if layer.stride else ""
        return f"{'p' if isinstance(layer, MaxPool2D) else 'a'}{layer.size}{stride}"
    if isinstance(layer, Dropout):
        return f"drop{layer.rate:g}"
    return {"batchnorm": "bn", "flatten": "flat"}[layer.name]
