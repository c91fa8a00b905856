"""The convolution: the same small set of weights looks at every place of an image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.errors import EngineError
from tui_nn.engine.initializers import Initializer
from tui_nn.engine.layers.images import Windows, as_images, check_window, slide
from tui_nn.engine.layers.layer import Layer, Pass, PlacedLayer, Shape, Slot


@dataclass(frozen=True)
class Conv2D(Layer):
    """z[f, y, x] = sum over the window at (y, x) of weights[:, f] * image + b[f], then the activation.

    The windows are laid side by side as columns, one for each place of each sample; what remains is a dense
    layer:
        Z = Wᵀ C + b      dL/dW = C deltaᵀ      dL/dC = W delta, added back to where each window came from
    weights (channels * size * size, filters); padding "same" or "valid".
    """

    filters: int
    kernel_size: int = 3
    stride: int = 1
    padding: str = "same"
    activation: str = "linear"

    name = "conv"
    formula = "z[f, y, x] = Σ w[f, c, i, j] x[c, y + i, x + j] + b[f]"
    help = "Small filters slide over the image and respond wherever their pattern occurs."

    def __post_init__(self) -> None:
        check_window("A convolution", self.kernel_size, self.stride)
        if self.filters < 1:
            raise EngineError(f"A convolution has {self.filters} filters; it needs at least 1.")
        if self.padding not in ("same", "valid"):
            raise EngineError(f"padding is {self.padding!r}; allowed are 'same' and 'valid'.")

    def _windows(self, input_shape: Shape) -> Windows:
        return slide(input_shape, self.kernel_size, self.stride, self.padding, "A convolution")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (filters, height, width)."""
        windows = self._windows(input_shape)
        return (self.filters, windows.out_height, windows.out_width)

    def block_shape(self, input_shape: Shape) -> tuple[int, int]:
        """Return (channels * size² + 1, filters)."""
        return (input_shape[0] * self.kernel_size**2 + 1, self.filters)

    def initialize(
        self, placed: PlacedLayer, initializer: Initializer, bias_init: float, rng: np.random.Generator
    ) -> None:
        """Draw the weights, set the biases; fan_out counts the places of the window too, as PyTorch does."""
        fan_in, filters = placed.weights.shape
        placed.weights[...] = initializer.draw(rng, fan_in, filters, fan_in, filters * self.kernel_size**2)
        placed.biases[...] = bias_init

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Lay out the windows and multiply; on the way back add up what the windows say of each pixel."""
        windows = self._windows(placed.input_shape)
        images = as_images(below.activations, placed.input_shape)
        n, dtype = images.shape[-1], placed.block.dtype
        is_padded = windows.is_padded
        forward: list[Operation] = []
        if is_padded:
            padded = windows.zeros(placed.input_shape, n, dtype)
            forward.append(partial(np.copyto, windows.interior(padded), images))
            images = padded
        places = windows.out_height * windows.out_width * n
        columns: Array = np.ones((len(placed.block), places), dtype)
        forward += [partial(np.copyto, cell, patch) for cell, patch in self._cells(columns, windows, images)]
        forward.append(partial(placed.block.T.dot, columns, here.preactivations.reshape(-1, places)))
        notes = {"columns": columns}
        if here.delta is None:
            return Pass(forward, notes=notes)
        delta = here.delta.reshape(-1, places)
        backward: list[Operation] = [partial(columns.dot, delta.T, placed.grad_block)]
        if below.delta is not None:
            pixels = as_images(below.delta, placed.input_shape)
            summed = windows.zeros(placed.input_shape, n, dtype) if is_padded else pixels
            by_window: Array = np.zeros_like(columns)
            backward.append(partial(placed.weights.dot, delta, by_window[:-1]))
            backward.append(partial(summed.fill, 0.0))
            for cell, patch in self._cells(by_window, windows, summed):
                backward.append(partial(np.add, patch, cell, patch))
            if is_padded:
                backward.append(partial(np.copyto, pixels, windows.interior(summed)))
        return Pass(forward, backward, notes)

    def _cells(self, columns: Array, windows: Windows, images: Array) -> Iterator[tuple[Array, Array]]:
        """Yield for each place in the window its part of `columns` and of the images, both (c, y, x, n)."""
        size = self.kernel_size
        grid = columns[:-1].reshape(-1, size, size, windows.out_height, windows.out_width, images.shape[-1])
        for i, j, patch in windows.offsets(images):
            yield grid[:, i, j], patch
