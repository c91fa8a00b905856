"""Windows that slide over images: shapes, padding, and a view of all windows without copying.

Images of a batch are (channels, height, width, n_samples). The samples come last, so that every copy and
every comparison of a window runs along contiguous memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tui_nn.engine.arrays import Array
from tui_nn.engine.errors import EngineError

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Windows:
    """Square windows that move by `stride` over images with rows and columns of zeros around."""

    size: int
    stride: int
    before: tuple[int, int]
    after: tuple[int, int]
    out_height: int
    out_width: int

    def padded(self, height: int, width: int) -> tuple[int, int]:
        """Return height and width with the padding."""
        return height + self.before[0] + self.after[0], width + self.before[1] + self.after[1]

    @property
    def is_padded(self) -> bool:
        """Return whether there is any padding."""
        return any(self.before + self.after)

    def zeros(self, shape: Shape, n: int, dtype: np.dtype[Any]) -> Array:
        """Return padded images of zeros (channels, height, width, n); the padding is never written to."""
        return np.zeros((shape[0], *self.padded(*shape[1:]), n), dtype)

    def interior(self, images: Array) -> Array:
        """Return the view of padded images that leaves the padding out."""
        height, width = images.shape[1:3]
        rows = slice(self.before[0], height - self.after[0])
        return images[:, rows, self.before[1] : width - self.after[1]]

    def offsets(self, images: Array) -> Iterator[tuple[int, int, Array]]:
        """Yield for each place (i, j) in the window a view (c, out_height, out_width, n) of the images."""
        for i in range(self.size):
            for j in range(self.size):
                rows = slice(i, i + self.stride * (self.out_height - 1) + 1, self.stride)
                columns = slice(j, j + self.stride * (self.out_width - 1) + 1, self.stride)
                yield i, j, images[:, rows, columns]


def slide(input_shape: Shape, size: int, stride: int, padding: str, kind: str) -> Windows:
    """Return the windows over images of `input_shape` (channels, height, width).

    padding "valid": only whole windows. "same": zeros around, as many as make ceil(length / stride) windows,
    the odd one at the far side (as TensorFlow; as PyTorch for a stride of 1). Raises EngineError where none
    fits.
    """
    if len(input_shape) != 3:
        raise EngineError(
            f"{kind} needs images (channels, height, width), not inputs of shape {input_shape}."
        )
    _, height, width = input_shape
    if size > min(height, width):
        raise EngineError(
            f"{kind} has a window of {size}x{size}, larger than its {height}x{width} image; "
            f"at most {min(height, width)} fits."
        )
    tall = _along(height, size, stride, padding)
    wide = _along(width, size, stride, padding)
    return Windows(size, stride, (tall[0], wide[0]), (tall[1], wide[1]), tall[2], wide[2])


def _along(length: int, size: int, stride: int, padding: str) -> tuple[int, int, int]:
    """Return zeros before, zeros after and the number of windows along one direction."""
    if padding == "valid":
        return 0, 0, (length - size) // stride + 1
    count = -(-length // stride)
    zeros = max((count - 1) * stride + size - length, 0)
    return zeros // 2, zeros - zeros // 2, count


def as_images(values: Array, shape: Shape) -> Array:
    """Return (units, n) values as a view (channels, height, width, n)."""
    return values.reshape(*shape, values.shape[-1])


def check_window(kind: str, size: int, stride: int) -> None:
    """Raise EngineError unless size and stride are at least 1."""
    if size < 1 or stride < 1:
        raise EngineError(f"{kind} has a window of {size} and a stride of {stride}; both are at least 1.")
