"""A data set in a few cells: enough to tell a spiral from two moons in a menu."""

from __future__ import annotations

import numpy as np

from tui_nn.render import shades, slots
from tui_nn.render.cells import DEFAULT, Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane, Range
from tui_nn.views.map.draw_points import Points

_DISTANCE = 6
"""How far from zero on the signed scale the two classes are drawn."""


def thumbnail(
    points: Points, palette: Palette, height: int, width: int, domain: tuple[Range, Range], n_classes: int = 2
) -> Cells:
    """Draw the samples as colored half-cells, or as one glyph a cell, on the whole of `height` x `width`.

    In each place the class of which most samples lie there shows.
    """
    canvas = blank(height, width)
    rows, columns = canvas.height * palette.samples_per_cell, canvas.width
    plane = Plane(*domain, rows, columns)
    at = plane.cells(points.positions)
    inside = at[:, 0] >= 0
    counts = np.zeros((n_classes, rows, columns), dtype=np.int64)
    np.add.at(counts, (points.labels[inside] % n_classes, at[inside, 0], at[inside, 1]), 1)
    label = counts.argmax(axis=0)
    found = counts.any(axis=0)
    if not palette.has_blocks:
        canvas.glyphs[:] = np.where(found, np.array(list(palette.glyphs.train))[label % slots.N_CLASSES], " ")
    grid = np.where(found, _class_slots(n_classes)[label], DEFAULT).astype(np.int16)
    if palette.has_blocks:
        return shades.paint(grid, palette)
    canvas.foreground[:] = grid
    return canvas


def _class_slots(n_classes: int) -> np.ndarray:
    """Return the slot of each class: the two ends of the signed scale, or the class colors."""
    if n_classes <= 2:
        return np.array([slots.ZERO - _DISTANCE, slots.ZERO + _DISTANCE])
    return np.array([slots.class_slot(label) for label in range(n_classes)])
