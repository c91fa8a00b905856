"""Pooling: an image made smaller by keeping the largest or the mean of each window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.layers.images import Windows, as_images, check_window, slide
from tui_nn.engine.layers.layer import Layer, Pass, PlacedLayer, Shape, Slot


@dataclass(frozen=True)
class _Pool(Layer):
    """What both kinds of pooling share: whole windows of `size`, `stride` apart (0: side by side)."""

    size: int = 2
    stride: int = 0

    def __post_init__(self) -> None:
        check_window("A pool", self.size, self.stride or self.size)

    def _windows(self, input_shape: Shape) -> Windows:
        return slide(input_shape, self.size, self.stride or self.size, "valid", "A pool")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (channels, height, width); rows and columns that fill no window are left out."""
        windows = self._windows(input_shape)
        return (input_shape[0], windows.out_height, windows.out_width)

    def _views(self, placed: PlacedLayer, values: Array) -> list[Array]:
        """Return for each place in the window a view (channels, y, x, n) of the layer below."""
        images = as_images(values, placed.input_shape)
        return [patch for _, _, patch in self._windows(placed.input_shape).offsets(images)]


@dataclass(frozen=True)
class MaxPool2D(_Pool):
    """a = the largest of the window; on the way back only the first of the largest gets the delta."""

    name = "maxpool"
    formula = "a[c, y, x] = max of x in the window"
    help = "Max pooling: keeps the largest value in each window."

    def piece(self, placed: PlacedLayer, below: Slot) -> Array | None:
        """Return the winner of each window."""
        return np.asarray(np.argmax(np.stack(self._views(placed, below.activations)), axis=0))

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Compare place by place of the window; hand the delta to the winner."""
        seen = self._views(placed, below.activations)
        best = as_images(here.preactivations, placed.output_shape)
        forward: list[Operation] = [partial(np.copyto, best, seen[0])]
        forward += [partial(np.maximum, best, place, out=best) for place in seen[1:]]
        if here.delta is None or below.delta is None:
            return Pass(forward)
        delta = as_images(here.delta, placed.output_shape)
        free, won = np.empty(best.shape, bool), np.empty(best.shape, bool)
        share = np.empty_like(best)
        backward: list[Operation] = [partial(below.delta.fill, 0.0), partial(free.fill, True)]
        for place, pixels in zip(seen, self._views(placed, below.delta), strict=True):
            backward.append(partial(np.equal, place, best, won))
            backward.append(partial(np.logical_and, won, free, won))
            backward.append(partial(np.logical_xor, free, won, free))
            backward.append(partial(np.multiply, delta, won, share))
            backward.append(partial(np.add, pixels, share, pixels))
        return Pass(forward, backward)


@dataclass(frozen=True)
class AveragePool2D(_Pool):
    """a = the mean of the window; on the way back every place gets an equal share of the delta."""

    name = "avgpool"
    formula = "a[c, y, x] = mean of x in the window"
    help = "Average pooling: replaces each window by its mean."

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Add up the places of the window, divide; hand equal shares back."""
        mean = as_images(here.preactivations, placed.output_shape)
        weight = np.array(1.0 / self.size**2, mean.dtype)
        first, *others = self._views(placed, below.activations)
        forward: list[Operation] = [partial(np.copyto, mean, first)]
        forward += [partial(np.add, mean, place, mean) for place in others]
        forward.append(partial(np.multiply, mean, weight, mean))
        if here.delta is None or below.delta is None:
            return Pass(forward)
        delta = as_images(here.delta, placed.output_shape)
        share = np.empty_like(delta)
        backward: list[Operation] = [
            partial(below.delta.fill, 0.0),
            partial(np.multiply, delta, weight, share),
        ]
        backward += [partial(np.add, pixels, share, pixels) for pixels in self._views(placed, below.delta)]
        return Pass(forward, backward)


@dataclass(frozen=True)
class Flatten(Layer):
    """a = x, an image read as one long row: channel by channel, row by row."""

    name = "flatten"
    formula = "a = x"
    help = "Flattens the image into a vector; no values change."

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (units,)."""
        return (math.prod(input_shape),)

    def keeps_values(self, training: bool) -> bool:
        """Return True: only the shape is another."""
        return True
