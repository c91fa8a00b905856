"""Putting ink on a 28 x 28 grid, many images at a time."""

from __future__ import annotations

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.frame import IMAGE_SIZE


def splat(x: FloatArray, y: FloatArray, ink: FloatArray) -> FloatArray:
    """Return images (n, 28, 28) with the ink of each point shared among its four nearest pixels.

    x, y and ink are (n, m), in pixel indices: pixel (0, 0) has its center at 0, 0. Ink outside is lost.
    """
    n = len(x)
    side = IMAGE_SIZE + 2
    # One pixel of margin takes what falls outside.
    x = np.clip(x + 1.0, 0.0, side - 1.001)
    y = np.clip(y + 1.0, 0.0, side - 1.001)
    column = x.astype(np.intp)
    row = y.astype(np.intp)
    right = (x - column) * ink
    left = ink - right
    down = y - row
    index = (np.arange(n)[:, None] * side + row) * side + column
    images = np.zeros(n * side * side)
    for offset, weight in (
        (0, left * (1.0 - down)),
        (1, right * (1.0 - down)),
        (side, left * down),
        (side + 1, right * down),
    ):
        images += np.bincount((index + offset).ravel(), weight.ravel(), minlength=len(images))
    return images.reshape(n, side, side)[:, 1:-1, 1:-1]


def blur(images: FloatArray, deviation: float) -> FloatArray:
    """Return images (n, 28, 28) blurred by a Gaussian of this standard deviation, in pixels."""
    offset = np.arange(IMAGE_SIZE)[:, None] - np.arange(IMAGE_SIZE)
    kernel = np.exp(-0.5 * (offset / deviation) ** 2)
    kernel /= kernel[IMAGE_SIZE // 2].sum()
    return kernel @ (images @ kernel)
