"""A plane of activations: the bent lattice of the input plane, samples, and straight lines over both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.dots import Dots, Layer, dots_of, draw_dots, line_dots
from tui_nn.render.palette import Palette
from tui_nn.render.plane import Plane, Range
from tui_nn.views.map.draw_axes import name_axes, named_area
from tui_nn.views.map.draw_surface import MapArea, draw_axes

LATTICE = slots.AXIS
LINES = slots.ACCENT


@dataclass(frozen=True, eq=False)
class Samples:
    """n samples of a plane."""

    positions: NDArray[np.floating]
    """(n, 2)"""
    labels: NDArray[np.int64]
    """(n,) classes."""
    is_test: NDArray[np.bool_]
    """(n,)"""
    marks: Sequence[str] = ()
    """A glyph for each class, where there are more classes than glyphs of points."""


@dataclass(frozen=True, eq=False)
class StraightLines:
    """Lines z = coefficients[0] x + coefficients[1] y + coefficients[2] = 0, a column each."""

    coefficients: NDArray[np.float64]
    """(3, n)"""
    names: Sequence[str] = ()
    """Written where the lines leave the plane; empty: no names, and the lines are drawn heavy."""
    takes_largest: bool = False
    """Whether the lines are where another column becomes the largest, not where one is zero."""


def draw_bent_plane(
    palette: Palette,
    height: int,
    width: int,
    *,
    span: tuple[Range, Range],
    axes: tuple[str, str],
    samples: Samples | None = None,
    lattice: NDArray[np.floating] | None = None,
    lines: StraightLines | None = None,
    cursor: NDArray[np.floating] | None = None,
) -> Cells:
    """Draw the plane in `height` x `width` cells, at their upper left, equal scale on both axes.

    span: the shown ranges of x and y. axes: their names. lattice: (n_lines, n_points, 2). cursor: x, y of
    the sample that is marked. Any size will do.
    """
    canvas = blank(height, width)
    area = named_area(canvas.height, canvas.width, span)
    plane = area.plane
    if plane.rows <= 0 or plane.columns <= 0:
        return canvas
    layers = []
    if lattice is not None:
        layers.append(Layer(_thinned(line_dots(lattice, plane, palette), palette), LATTICE, "."))
    layers += _line_layers(lines, plane, palette) if lines is not None else []
    draw_dots(canvas, layers, palette, area.row, area.column)
    if samples is not None:
        draw_samples(canvas, samples, area, palette)
    if lines is not None and lines.names and not lines.takes_largest:
        _name_lines(canvas, lines, area)
    place = plane.cells(cursor)[0].tolist() if cursor is not None else (-1, -1)
    if place[0] >= 0:
        at = area.row + place[0], area.column + place[1]
        write(canvas, *at, palette.glyphs.cursor, slots.SELECTED, slots.SELECTION)
    if area.column:
        draw_axes(canvas, area, palette)
        name_axes(canvas, axes, area)
    return canvas


def chord(line: NDArray[np.float64], plane: Plane) -> NDArray[np.float64] | None:
    """Return two points (2, 2) of a straight line beyond the plane's edges; None if it does not cross it."""
    a, b, c = line
    size = float(np.hypot(a, b))
    middle = np.array([sum(plane.x) / 2, sum(plane.y) / 2])
    reach = float(np.hypot(plane.x[1] - plane.x[0], plane.y[1] - plane.y[0]))
    if not np.isfinite(line).all() or size == 0.0:
        return None
    normal = np.array([a, b]) / size
    distance = float(normal @ middle + c / size)
    if not abs(distance) <= reach:
        return None
    nearest, way = middle - distance * normal, np.array([-normal[1], normal[0]])
    return np.stack([nearest - reach * way, nearest + reach * way])


def draw_samples(cells: Cells, samples: Samples, area: MapArea, palette: Palette) -> None:
    """Draw samples in the colors of their classes; where several share a cell, most of a kind win."""
    plane = area.plane
    at = plane.cells(samples.positions)
    inside = at[:, 0] >= 0
    if not inside.any():
        return
    at, labels, is_test = at[inside], samples.labels[inside], samples.is_test[inside]
    kinds = 2 * labels + ~is_test
    counts = np.zeros((plane.rows, plane.columns, int(kinds.max()) + 1), dtype=np.int64)
    np.add.at(counts, (at[:, 0], at[:, 1], kinds), 1)
    rows, columns = np.nonzero(counts.any(axis=2))
    kind = counts[rows, columns].argmax(axis=1)
    label, is_train = kind // 2, kind % 2 == 1
    if samples.marks:
        glyphs = np.array([mark[:1] for mark in samples.marks])[label % len(samples.marks)]
    else:
        place = label % slots.N_CLASSES
        shapes = palette.glyphs
        glyphs = np.where(is_train, np.array(list(shapes.train))[place], np.array(list(shapes.test))[place])
    colors = np.array([slots.class_slot(number) for number in range(slots.N_CLASSES)])
    cells.glyphs[area.row + rows, area.column + columns] = glyphs
    cells.foreground[area.row + rows, area.column + columns] = colors[label % slots.N_CLASSES]


def _thinned(dots: Dots, palette: Palette) -> Dots:
    """Return every third dot where color cannot set a lattice apart from other lines."""
    if palette.has_blocks or palette.is_ascii:
        return dots
    row, column = np.indices(dots.shape)
    thinned: Dots = dots & ((row + column) % 3 == 0)
    return thinned


def _line_layers(lines: StraightLines, plane: Plane, palette: Palette) -> list[Layer]:
    if lines.takes_largest:
        return [Layer(_borders(lines.coefficients, plane, palette), LINES, "#")]
    layers = []
    for line in lines.coefficients.T:
        points = chord(line, plane)
        if points is None:
            continue
        dots = line_dots(points[None], plane, palette)
        if not lines.names and not palette.is_ascii:
            dots = _heavy(dots, int(abs(line[0]) > abs(line[1])))
        layers.append(Layer(dots, LINES, _stroke(line) if lines.names else "#"))
    if palette.is_ascii or not layers:
        return layers
    return [Layer(np.logical_or.reduce([layer.dots for layer in layers]), LINES)]


def _heavy(dots: Dots, axis: int) -> Dots:
    """Return a line twice as thick along an axis."""
    heavy: Dots = dots.copy()
    if axis == 0:
        heavy[1:] |= dots[:-1]
    else:
        heavy[:, 1:] |= dots[:, :-1]
    return heavy


def _stroke(line: NDArray[np.float64]) -> str:
    """Return the ASCII glyph nearest to a line's slope; a cell is twice as high as wide."""
    a, b = line[0], 2.0 * line[1]
    if abs(a) < 0.4 * abs(b):
        return "-"
    if abs(b) < 0.4 * abs(a):
        return "|"
    return "/" if a * b < 0 else "\\"


def _borders(coefficients: NDArray[np.float64], plane: Plane, palette: Palette) -> Dots:
    """Return the dots at which another column of z = [x y 1] coefficients becomes the largest."""
    rows, columns = dots_of(plane, palette)
    x = plane.x[0] + (np.arange(columns) + 0.5) / columns * (plane.x[1] - plane.x[0])
    y = plane.y[1] - (np.arange(rows) + 0.5) / rows * (plane.y[1] - plane.y[0])
    z = x[None, :, None] * coefficients[0] + y[:, None, None] * coefficients[1] + coefficients[2]
    largest = z.argmax(axis=2)
    borders: Dots = np.zeros((rows, columns), dtype=bool)
    borders[:, 1:] |= largest[:, 1:] != largest[:, :-1]
    borders[1:] |= largest[1:] != largest[:-1]
    return borders


def _name_lines(canvas: Cells, lines: StraightLines, area: MapArea) -> None:
    """Write each line's name near the place where it leaves the plane, where no other name stands."""
    plane, taken = area.plane, np.zeros((area.plane.rows, area.plane.columns), dtype=bool)
    for line, name in zip(lines.coefficients.T, lines.names, strict=True):
        points = chord(line, plane)
        if points is None:
            continue
        at = plane.cells(np.linspace(points[1], points[0], 4 * (plane.rows + plane.columns)))
        at = at[at[:, 0] >= 0]
        for row, column in (*at[:6].tolist(), *at[::-1][:6].tolist()):
            column = min(column, plane.columns - len(name))
            here = slice(max(0, column - 1), column + len(name) + 1)
            if column >= 0 and not taken[row, here].any():
                taken[row, here] = True
                write(canvas, area.row + row, area.column + column, name, slots.TITLE)
                break
