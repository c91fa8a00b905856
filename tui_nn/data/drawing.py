"""What MNIST's makers did to a digit, done to a drawing: crop, scale and center; and thicken thin lines.

A network that learned MNIST's digits, or the generated ones, reads drawings of any size and place only after
this. What was done to images of another size is not known: a drawing of their size stays as it is, and any
other is placed as MNIST's makers would have.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import FloatArray
from tui_nn.data.errors import DataError
from tui_nn.data.frame import CENTER, FRAME, IMAGE_SIZE, INK_SIZE

PEN_WIDTH = 2.5
"""Thinner lines are grown to this, in pixels of the result."""

Shape = tuple[int, int]
"""Rows and columns."""


def fit_drawing(drawing: NDArray[Any], shape: Shape = FRAME) -> FloatArray:
    """Return a drawing (height, width) of any size as a network for images of `shape` sees it, ink 0 .. 1.

    The drawing's ink is whatever is above 0, as booleans, uint8 or floats. Raises DataError where there is
    none.
    """
    if drawing.ndim != 2:
        raise DataError(f"a drawing needs rows and columns, not the shape {drawing.shape}")
    if not np.any(drawing):
        raise DataError("the drawing is empty")
    image: FloatArray = fit_drawings(drawing[None], shape)[0]
    return image


def fit_drawings(drawings: NDArray[Any], shape: Shape = FRAME) -> FloatArray:
    """Return drawings (n, height, width) as (n, *shape), ink 0 .. 1; an empty one stays empty.

    In 28 x 28 pixels the longest side of the ink becomes 20, lines thinner than 2.5 are grown, and the center
    of mass goes to pixel index 14, as far as the ink stays inside; in other shapes the same in proportion.
    """
    ink = drawings.astype(np.float64)
    darkest = ink.max(axis=(1, 2), keepdims=True)
    ink /= np.where(darkest > 0.0, darkest, 1.0)
    if shape != FRAME and ink.shape[1:] == shape:
        return ink
    zoom = min(shape) / IMAGE_SIZE
    down, across = ink.sum(axis=2), ink.sum(axis=1)
    top, bottom = _extent(down)
    left, right = _extent(across)
    size = np.maximum(np.maximum(bottom - top, right - left), 1)
    pen = _pen_width(ink)
    # Growth adds to the outside, too: leave room for it.
    growth = np.maximum(0.0, PEN_WIDTH * zoom - np.maximum(pen * INK_SIZE * zoom / size, 1.0))
    scale = (INK_SIZE * zoom - growth) / size
    rows = _placement(down, top, bottom, scale, shape[0])
    columns = _placement(across, left, right, scale, shape[1])
    image = rows @ ink @ columns.transpose(0, 2, 1)
    # Lines thinner than a pixel, or between two, are pale: give them back their full ink.
    image /= np.maximum(image.max(axis=(1, 2), keepdims=True), 1e-9)
    return _grow(image, 0.5 * growth)


def _extent(profile: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first index with ink and the one after the last, each (n,), of profiles (n, length)."""
    has_ink = profile > 0.0
    return has_ink.argmax(axis=1), profile.shape[1] - has_ink[:, ::-1].argmax(axis=1)


def _pen_width(ink: FloatArray) -> FloatArray:
    """Return the mean width of the lines (n,), in cells: twice the area over the length of the outline."""
    solid = np.pad(ink > 0.4, ((0, 0), (1, 1), (1, 1)))
    outline = np.diff(solid, axis=1).sum(axis=(1, 2)) + np.diff(solid, axis=2).sum(axis=(1, 2))
    width: FloatArray = 2.0 * solid.sum(axis=(1, 2)) / np.maximum(outline, 1)
    return width


def _placement(
    profile: FloatArray, first: NDArray[np.int64], last: NDArray[np.int64], scale: FloatArray, side: int
) -> FloatArray:
    """Return how much (n, side, length) each cell along one axis covers of each pixel, when placed.

    Cells are squares, as pixels are: a cell's ink goes to the pixels that it overlaps, by area.
    """
    edges = np.arange(profile.shape[1] + 1.0)
    total = np.maximum(profile.sum(axis=1), 1e-9)
    center = (profile * (edges[:-1] + 0.5)).sum(axis=1) / total
    middle = CENTER + 0.5 if side == IMAGE_SIZE else 0.5 * side
    offset = middle - scale * center
    offset = np.clip(offset, 0.5 - scale * first, side - 0.5 - scale * last)
    placed = scale[:, None] * edges + offset[:, None]
    pixel = np.arange(side)[:, None]
    overlap = np.minimum(placed[:, None, 1:], pixel + 1.0) - np.maximum(placed[:, None, :-1], pixel)
    covered: FloatArray = np.maximum(overlap, 0.0)
    return covered


def _grow(image: FloatArray, radius: FloatArray) -> FloatArray:
    """Return images (n, rows, columns) whose ink reaches radius (n,) pixels further, at most 1, in gray."""
    reach = np.minimum(radius, 1.0)[:, None, None]
    around = np.pad(image, ((0, 0), (1, 1), (1, 1)))
    sides = np.maximum(
        np.maximum(around[:, :-2, 1:-1], around[:, 2:, 1:-1]),
        np.maximum(around[:, 1:-1, :-2], around[:, 1:-1, 2:]),
    )
    grown: FloatArray = np.maximum(image, reach * sides)
    return grown
