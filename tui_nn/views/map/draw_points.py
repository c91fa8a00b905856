"""Samples drawn on a map: the class by glyph and ink, train apart from test, the misclassified crossed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import shades, slots
from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane

MOST_COVERED = 0.25
"""The share of its cells that points may cover on a map of colors; on a map of glyphs half of that."""


LEAST_STEPS = 4
"""So many steps of the signed scale lie between two colors that can be told apart in one cell."""


@dataclass(frozen=True, eq=False)
class Points:
    """n samples of the plane, in random order."""

    positions: NDArray[np.float64]
    """(n, 2) coordinates x, y."""
    labels: NDArray[np.int64]
    """(n,) classes; for regression 1 for targets above zero, 0 below, -1 near zero."""
    wrong: NDArray[np.bool_] | None = None
    """(n,) whether the prediction is another class."""
    test: NDArray[np.bool_] | None = None
    """(n,) whether a sample belongs to the test set."""
    values: NDArray[np.float64] | None = None
    """(n,) the targets of a regression, in the units of the surface; None for classes."""


def draw_points(
    cells: Cells,
    points: Points,
    plane: Plane,
    palette: Palette,
    row: int,
    column: int,
    scale: float = 1.0,
) -> None:
    """Draw samples on the map at (row, column); where several share a cell, wrong ones win, then train.

    When they would hide the map, only the first are drawn. scale: the value that is drawn in full color.
    """
    at = plane.cells(points.positions)
    shown = _not_too_many(at, plane, MOST_COVERED if palette.has_blocks else MOST_COVERED / 2)
    if not len(shown):
        return
    wrong = np.zeros(len(at), dtype=bool) if points.wrong is None else points.wrong
    test = np.zeros(len(at), dtype=bool) if points.test is None else points.test
    shown = shown[np.argsort(2 * wrong[shown] + ~test[shown], kind="stable")]
    y, x = at[shown, 0] + row, at[shown, 1] + column
    half_rows = (plane.fractions(points.positions[shown])[:, 0] * plane.rows * 2).astype(np.int64)
    upper = (cells.glyphs[y, x] == "▀") & (half_rows % 2 == 0)
    ground = np.where(upper, cells.foreground[y, x], cells.background[y, x])
    labels = points.labels[shown]
    light = np.array([*palette.is_dark, True])[ground]  # the ground of a terminal is taken to be dark
    inks = np.array([[slots.ink_slot(c, False), slots.ink_slot(c, True)] for c in range(slots.N_CLASSES)])
    written = inks[labels % slots.N_CLASSES, light.astype(int)]
    if points.values is not None:
        steps = shades.signed(points.values[shown], scale)
        labels = np.where(steps == slots.ZERO, -1, labels)
        written = _by_value(steps, ground, written) if palette.has_blocks else written
    cells.glyphs[y, x] = _glyphs(labels, wrong[shown], test[shown], palette)
    cells.background[y, x] = ground
    cells.foreground[y, x] = written


def _by_value(
    steps: NDArray[np.int16], ground: NDArray[np.int16], inks: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the slots of points in the colors of their values; what would be lost on the map is in ink.

    So a point that the network answers well looks like one of its sign, and one that it does not stands out.
    """
    is_lost = (ground < slots.SIGNED_STEPS) & (np.abs(steps - ground) < LEAST_STEPS)
    inks = np.where(steps == slots.ZERO, slots.AXIS, inks)
    return np.where(is_lost, inks, steps).astype(np.int64)


def _not_too_many(at: NDArray[np.int64], plane: Plane, share: float) -> NDArray[np.int64]:
    """Return the indices of the first points inside that cover no more than a share of the plane's cells."""
    inside = np.flatnonzero(at[:, 0] >= 0)
    places = at[inside, 0] * plane.columns + at[inside, 1]
    is_new = np.zeros(len(inside), dtype=bool)
    is_new[np.unique(places, return_index=True)[1]] = True
    return inside[np.cumsum(is_new) <= max(1.0, share * plane.rows * plane.columns)]


def _glyphs(
    labels: NDArray[np.int64], wrong: NDArray[np.bool_], test: NDArray[np.bool_], palette: Palette
) -> NDArray[np.str_]:
    """Return the glyph of each sample."""
    shapes = palette.glyphs
    place = labels % slots.N_CLASSES
    right = np.where(test, np.array(list(shapes.test))[place], np.array(list(shapes.train))[place])
    right = np.where(labels < 0, shapes.near_zero, right)
    return np.where(wrong, np.where(test, shapes.wrong_test, shapes.wrong_train), right)
