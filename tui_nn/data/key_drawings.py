"""Digits as drawn with arrow keys: blocky, thin or thick, sloppy; small or large, anywhere on the canvas."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import ClassArray, FloatArray, Rng
from tui_nn.data.drawing import fit_drawings
from tui_nn.data.frame import IMAGE_SIZE
from tui_nn.data.handwriting import strokes
from tui_nn.data.key_shapes import KEY_SHAPES
from tui_nn.data.skeletons import Skeleton, parse_skeleton

SLOPPY_SHARE = 0.6
"""Part of the drawings whose lines are a cell or two too long or too short."""
FREE_SHARE = 0.12
"""Part of the drawings that follow handwriting over the grid."""
MAX_BRUSH = 3
"""Widest brush, in cells; the narrowest is 1."""
_POINTS = 30
"""Points along each line: more than the cells that it can pass."""


def draw(digits: ClassArray, rng: Rng) -> FloatArray:
    """Return images (n, 28, 28), ink 0 .. 1, of digits (n,) drawn with keys and fitted as drawings are."""
    return fit_drawings(draw_raw(digits, rng))


def draw_raw(digits: ClassArray, rng: Rng) -> NDArray[np.bool_]:
    """Return drawings (n, 28, 28) of digits (n,) as they are on the canvas."""
    n = len(digits)
    brush = rng.choice([1, 2, 3], n, p=[0.5, 0.3, 0.2])
    height = rng.integers(6 + 3 * brush, IMAGE_SIZE - brush - 1)
    width = np.clip(height * rng.uniform(0.24, 1.15, n), 3 + 2 * brush, IMAGE_SIZE - brush - 2)
    width = np.where(digits == 1, height * rng.uniform(0.0, 0.6, n), width)
    size: FloatArray = np.round(np.column_stack([width, height])).astype(np.float64)
    is_free = rng.random(n) < FREE_SHARE
    choice = rng.random(n)
    drawings = np.zeros((n, IMAGE_SIZE, IMAGE_SIZE), dtype=bool)
    for digit, shapes in enumerate(_shapes()):
        shape = np.where((digits == digit) & ~is_free, (choice * len(shapes)).astype(np.int64), -1)
        for index, skeleton in enumerate(shapes):
            rows = np.flatnonzero(shape == index)
            drawings[rows] = _stamp(_key_lines(skeleton, size[rows], rng), brush[rows], rng)
    rows = np.flatnonzero(is_free)
    drawings[rows] = _stamp(_free_lines(digits[rows], height[rows], rng), brush[rows], rng)
    return drawings


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[Skeleton, ...], ...]:
    return tuple(tuple(parse_skeleton(text) for text in texts) for texts in KEY_SHAPES)


def _free_lines(digits: ClassArray, height: NDArray[np.int64], rng: Rng) -> FloatArray:
    """Return points (n, m, 2) along handwriting, in cells, of this height, or less where too wide."""
    x, y, _ = strokes(digits, rng)
    scale = np.minimum(height / np.ptp(y, axis=1), (IMAGE_SIZE - 5) / np.ptp(x, axis=1))
    points: FloatArray = np.stack([x, y], axis=2) * scale[:, None, None]
    return points


def _key_lines(shape: Skeleton, size: FloatArray, rng: Rng) -> FloatArray:
    """Return points (n, m, 2) along the lines of a shape of size (n, 2), in cells, with small mistakes."""
    n = len(size)
    corners = np.round(_resize(shape.points, size, rng))
    sloppiness = (rng.random((n, 1, 1)) < SLOPPY_SHARE) * rng.uniform(0.4, 1.6, (n, 1, 1))
    cut = (rng.random((n, 1, 1)) < 0.5) * rng.uniform(0.0, 0.35, (n, 1, 1))
    lines = []
    for curve, lifted in zip(shape.curves, shape.lifts, strict=True):
        path = corners[:, list(curve)]
        slip = np.round(sloppiness * rng.standard_normal((n, len(curve) - 1, 1)))
        start = np.round(sloppiness * rng.standard_normal((n, 1, 2))) * lifted
        path = _cut_corners(_redraw(path, slip) + start, cut)
        along = ((np.arange(_POINTS) + 0.5) / _POINTS)[:, None]
        points = path[:, :-1, None] + np.diff(path, axis=1)[:, :, None] * along
        lines.append(points.reshape(n, points.shape[1] * _POINTS, 2))
    return np.concatenate(lines, axis=1)


def _resize(points: FloatArray, size: FloatArray, rng: Rng) -> FloatArray:
    """Return points (n, m, 2), of 0 .. 100 stretched to 0 .. size (n, 2), their middle moved a little."""
    spread = np.array([0.06, 0.12])
    middle = 0.5 + spread * np.clip(rng.standard_normal((len(size), 1, 2)), -1.5, 1.5)
    part = points / 50.0 - 1.0
    moved = np.where(part < 0.0, middle * (1.0 + part), middle + part * (1.0 - middle))
    resized: FloatArray = moved * size[:, None]
    return resized


def _redraw(path: FloatArray, slip: FloatArray) -> FloatArray:
    """Return corners (n, m, 2) reached by lines that are longer by slip (n, m - 1, 1) cells."""
    line = np.diff(path, axis=1)
    changed = line + np.sign(line) * slip
    # No line vanishes or turns round.
    line = np.where(changed * line > 0.0, changed, line)
    return np.concatenate([path[:, :1], path[:, :1] + np.cumsum(line, axis=1)], axis=1)


def _cut_corners(path: FloatArray, cut: FloatArray) -> FloatArray:
    """Return corners (n, 2 m - 2, 2): each inner one replaced by two, a part cut (n, 1, 1) away."""
    line = np.diff(path, axis=1)
    length = np.abs(line).max(axis=2, keepdims=True)
    direction = line / np.maximum(length, 1.0)
    reach = cut * np.minimum(length[:, :-1], length[:, 1:])
    before = path[:, 1:-1] - reach * direction[:, :-1]
    after = path[:, 1:-1] + reach * direction[:, 1:]
    inner = np.stack([before, after], axis=2).reshape(len(path), 2 * path.shape[1] - 4, 2)
    return np.concatenate([path[:, :1], inner, path[:, -1:]], axis=1)


def _stamp(points: FloatArray, brush: NDArray[np.int64], rng: Rng) -> NDArray[np.bool_]:
    """Return drawings (n, 28, 28) with a square brush (n,) put down at every point, placed anywhere."""
    n = len(points)
    limit = (IMAGE_SIZE - brush)[:, None, None]
    low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
    place = np.floor(rng.random((n, 1, 2)) * np.maximum(limit - np.round(high - low) + 1, 1))
    cells = np.clip(np.round(points - low) + place, 0, limit).astype(np.intp)
    index = (np.arange(n)[:, None] * IMAGE_SIZE + cells[:, :, 1]) * IMAGE_SIZE + cells[:, :, 0]
    drawings = np.zeros(n * IMAGE_SIZE**2, dtype=bool)
    for down in range(MAX_BRUSH):
        for right in range(MAX_BRUSH):
            rows = brush > max(down, right)
            drawings[index[rows] + down * IMAGE_SIZE + right] = True
    return drawings.reshape(n, IMAGE_SIZE, IMAGE_SIZE)
