"""The activations of every layer beside each other, as grids of blocks as large as all of them can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.block_grid import block_grid, near_square
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette

GAP = 3
COUNT_WIDTH = 4
"""Columns for the number of layers that are left out."""
LARGEST_BLOCK = 6
"""Samples (half rows, where there are half blocks) of the largest block that a neuron is drawn as."""
LEAST_WIDTH = 10
LARGEST_MAP, SMALLEST_MAP = 28, (2, 4)
"""Rows of cells of a feature map at most; rows and columns at least."""

Activations = NDArray[np.float32]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """One way to draw a layer: tiles of `tile` cells, `across` of them beside each other."""

    height: int
    width: int
    shape: tuple[int, int]
    """(rows, columns) of the neurons; of feature maps, how many are below and beside each other."""
    tile: tuple[int, int] | None = None
    """Rows and columns of cells of a feature map; None for neurons."""


@dataclass(frozen=True)
class Place:
    """Where a layer is drawn: its name, and the grid below."""

    name: str
    grid: Grid
    row: int
    column: int


def layer_grids(activations: Sequence[Activations], palette: Palette, height: int, width: int) -> Cells:
    """Draw the layers in `height` x `width` cells, from the first to the output, each under its name.

    activations: of each layer after the input, (units,) or (filters, rows, columns). A layer too large for
    its share is thinned; layers for which there is no room are counted.
    """
    canvas = blank(height, width)
    places = _plan(tuple(values.shape for values in activations), palette.samples_per_cell, height, width)
    for values, place in zip(activations, places, strict=False):
        write(canvas, place.row, place.column, place.name, slots.DIM)
        paste(canvas, _draw(values, place.grid, palette), place.row + 1, place.column)
    if len(places) < len(activations):
        more = f"+{len(activations) - len(places)}"
        write(canvas, 0, max(0, width - len(more)), more, slots.DIM)
    return canvas


def layer_names(shapes: Sequence[Shape], is_short: bool = False) -> list[str]:
    """Return what stands above each layer: "layer 1: 256", "output: 10"; or "1: 256", "out: 10"."""
    words, between = ("", "x") if is_short else ("layer ", " x ")
    names = [f"{words}{number}" for number in range(1, len(shapes))] + ["out" if is_short else "output"]
    return [f"{name}: {between.join(map(str, shape))}" for name, shape in zip(names, shapes, strict=False)]


def _draw(values: Activations, grid: Grid, palette: Palette) -> Cells:
    finite = np.abs(values[np.isfinite(values)])
    bound = float(finite.max(initial=0.0))
    if grid.tile is None:
        return block_grid(values, palette, grid.height, grid.width, shape=grid.shape, scale=bound)
    canvas = blank(grid.height, grid.width)
    rows, columns = grid.tile
    for index, feature_map in enumerate(values[: math.prod(grid.shape)]):
        down, across = divmod(index, grid.shape[1])
        tile = block_grid(feature_map, palette, rows, columns, shape=feature_map.shape, scale=bound)
        paste(canvas, tile, down * (rows + 1), across * (columns + 1))
    return canvas


@cache
def _plan(shapes: tuple[Shape, ...], per_cell: int, height: int, width: int) -> tuple[Place, ...]:
    """Return where each layer is drawn, and how; fewer of them where there is no room for all."""
    best: tuple[Place, ...] = ()
    for is_short, is_thinned in ((False, False), (True, False), (True, True)):
        names = layer_names(shapes, is_short)
        ways = [_ways(shape, per_cell, height - 1, width, is_thinned) for shape in shapes]
        for count in range(len(shapes), len(best), -1):
            room = width if count == len(shapes) else width - COUNT_WIDTH
            places = _grown(names[:count], ways[:count], shapes, height, room)
            if places:
                best = places
                break
        if len(best) == len(shapes):
            break
    return best


def _grown(
    names: Sequence[str], ways: Sequence[Sequence[Grid]], shapes: Sequence[Shape], height: int, width: int
) -> tuple[Place, ...]:
    """Place layers as large as they can be; nothing if they find no place even when small.

    The one that gives its values the least room grows next, for as long as all find a place.
    """
    if not all(ways):
        return ()
    levels, growing = [0] * len(ways), set(range(len(ways)))
    places = _pack(names, [way[0] for way in ways], height, width)

    def room_per_value(index: int) -> tuple[float, int]:
        grid = ways[index][levels[index]]
        return grid.height * grid.width / math.prod(shapes[index]), index

    while places and growing:
        index = min(growing, key=room_per_value)
        levels[index] += 1
        larger: tuple[Place, ...] = ()
        if levels[index] < len(ways[index]):
            larger = _pack(names, [ways[i][level] for i, level in enumerate(levels)], height, width)
        if larger:
            places = larger
        else:
            levels[index] -= 1
            growing.remove(index)
    return places


def _ways(shape: Shape, per_cell: int, height: int, width: int, is_thinned: bool) -> list[Grid]:
    """Return the ways to draw a layer in `height` x `width` cells, from the smallest to the largest."""
    if len(shape) == 1:
        thinned = [Grid(min(height, near_square(shape[0])[0]), LEAST_WIDTH, near_square(shape[0]))]
        grids = _neuron_ways(shape, per_cell, height)
    else:
        thinned = [Grid(*_size_of_maps(1, 2, SMALLEST_MAP), (1, 2), SMALLEST_MAP)]
        grids = _map_ways(shape, height)
    grids = [grid for grid in grids if grid.height <= height and grid.width <= width]
    return [*(thinned if is_thinned and height > 0 else []), *grids]


def _neuron_ways(shape: Shape, per_cell: int, height: int) -> list[Grid]:
    """Return grids of blocks of 1, 2 ... samples; only the smallest need not be near square."""
    rows, columns = near_square(shape[0])
    grids = [Grid(rows, columns, (rows, columns))] if per_cell == 1 else []
    for block in range(1, LARGEST_BLOCK + 1):
        grids.append(Grid(-(-rows * block // per_cell), columns * block * 2 // per_cell, (rows, columns)))
    if height > 0 and grids[0].height > height:
        rows, columns = _flat(shape[0], height * per_cell)
        return [Grid(-(-rows // per_cell), columns, (rows, columns))]
    return grids


def _flat(count: int, most_rows: int) -> tuple[int, int]:
    """Return (rows, columns) for neurons in at most so many rows, in a full grid where that is near."""
    for rows in range(most_rows, most_rows // 2, -1):
        if count % rows == 0:
            return rows, count // rows
    return most_rows, -(-count // most_rows)


def _map_ways(shape: Shape, height: int) -> list[Grid]:
    filters, rows, columns = shape
    grids = []
    for tile_height in range(SMALLEST_MAP[0], min(LARGEST_MAP, 2 * rows) + 1):
        tile = tile_height, max(1, round(2 * tile_height * columns / rows))
        down = min(filters, (height + 1) // (tile_height + 1))
        if down < 1:
            break
        across = -(-filters // down)
        down = -(-filters // across)
        grids.append(Grid(*_size_of_maps(down, across, tile), (down, across), tile))
    return grids


def _size_of_maps(down: int, across: int, tile: tuple[int, int]) -> tuple[int, int]:
    return down * (tile[0] + 1) - 1, across * (tile[1] + 1) - 1


def _pack(names: Sequence[str], grids: Sequence[Grid], height: int, width: int) -> tuple[Place, ...]:
    """Place grids under their names in columns from left to right, below each other where that fits.

    Returns nothing if they do not all find a place.
    """
    places: list[Place] = []
    row = column = column_width = 0
    for name, grid in zip(names, grids, strict=True):
        own_width, own_height = max(grid.width, len(name)), grid.height + 1
        if row and row + own_height <= height and column + own_width <= width:
            column_width = max(column_width, own_width)
        else:
            if row:
                column += column_width + GAP
            row, column_width = 0, own_width
        if column + own_width > width or row + own_height > height:
            return ()
        places.append(Place(name, grid, row, column))
        row += own_height + 1
    return tuple(places)
