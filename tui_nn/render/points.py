"""Samples drawn on a map: the class by glyph and ink, train apart from test, the misclassified crossed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import DEFAULT, Cells
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane


@dataclass(frozen=True, eq=False)
class Points:
    """n samples of the plane."""

    positions: NDArray[np.float64]
    """(n, 2) coordinates x, y."""
    labels: NDArray[np.int64]
    """(n,) classes; for regression 1 for a target above zero, else 0."""
    wrong: NDArray[np.bool_] | None = None
    """(n,) whether the prediction is another class."""
    test: NDArray[np.bool_] | None = None
    """(n,) whether a sample belongs to the test set."""


def draw_points(cells: Cells, points: Points, plane: Plane, palette: Palette, row: int, column: int) -> None:
    """Draw samples on the map at (row, column); where several share a cell, wrong ones win, then train."""
    count = len(points.positions)
    if count == 0 or plane.rows <= 0 or plane.columns <= 0:
        return
    wrong = np.zeros(count, dtype=bool) if points.wrong is None else points.wrong
    test = np.zeros(count, dtype=bool) if points.test is None else points.test
    order = np.argsort(2 * wrong + ~test, kind="stable")
    at = plane.cells(points.positions)[order]
    order = order[at[:, 0] >= 0]
    at = at[at[:, 0] >= 0]
    labels = points.labels[order] % slots.N_CLASSES
    y, x = at[:, 0] + row, at[:, 1] + column
    in_upper_half = (plane.fractions(points.positions)[order, 0] * plane.rows * 2).astype(np.int64) % 2 == 0
    half = (cells.glyphs[y, x] == "▀") & in_upper_half
    ground = np.where(half, cells.foreground[y, x], cells.background[y, x])
    cells.glyphs[y, x] = _glyphs(labels, wrong[order], test[order], palette)
    cells.background[y, x] = ground
    light = np.array([*palette.is_dark, False])[ground]
    if palette.has_blocks:
        light |= ground == DEFAULT
    inks = np.array([[slots.ink_slot(c, False), slots.ink_slot(c, True)] for c in range(slots.N_CLASSES)])
    cells.foreground[y, x] = inks[labels, light.astype(int)]


def _glyphs(
    labels: NDArray[np.int64], wrong: NDArray[np.bool_], test: NDArray[np.bool_], palette: Palette
) -> NDArray[np.str_]:
    """Return the glyph of each sample."""
    shapes = palette.glyphs
    right = np.where(test, np.array(list(shapes.test))[labels], np.array(list(shapes.train))[labels])
    return np.where(wrong, np.where(test, shapes.wrong_test, shapes.wrong_train), right)
