"""The layers of a moment as pictures: the weights of one, the spread and the health of all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.gallery import gallery, tiles_that_fit
from tui_nn.render.heat_map import heat_map
from tui_nn.render.histogram import area_by_decades, decades, histogram
from tui_nn.render.legend import color_scale
from tui_nn.render.palette import Palette
from tui_nn.render.rows import mark_more
from tui_nn.training.names import Node
from tui_nn.views.layers.values import LayerHealth, Layers, Spread, WeightMatrix

LEGEND = 28
"""Cells of the color scale."""
WIDEST_NAME, NARROWEST_NAME = 20, 15
CHARTS = 3
LEAST_CURVE = 12
"""Cells below which the curve of gradient norms is left out."""
HIGHEST = 10
"""Rows that a layer has at most."""
TROUBLE = 0.5
"""So large a part of dead or saturated neurons is marked."""


def most_weights(palette: Palette, height: int, width: int) -> tuple[int, int]:
    """Return how many inputs and neurons `weights_picture` can show on `height` x `width` cells."""
    return max(1, (height - 3) * palette.samples_per_cell), max(1, width - 6)


def most_kernels(height: int, width: int, size: int) -> int:
    """Return how many kernels of `size` x `size` it can show there."""
    return max(1, math.prod(tiles_that_fit(height - 2, width, _smallest_tile(size), True)))


def weights_picture(
    matrix: WeightMatrix, palette: Palette, height: int, width: int, node: Node, scale: float
) -> Cells:
    """Draw the weights of a layer, inputs down and neurons across, the biases below; any size is allowed.

    node: the input or the neuron whose name stands out. scale: the weight in full color.
    """
    canvas = blank(height, width)
    if matrix.kernels is None and not matrix.values.size:
        write(canvas, 0, 0, matrix.words, width=width)
        return canvas
    paste(canvas, color_scale(palette, min(LEGEND, width), -scale, scale), 0, 0)
    write(canvas, 0, LEGEND + 2, _legend(matrix), slots.DIM, width=max(0, width - LEGEND - 2))
    if matrix.kernels is not None:
        paste(canvas, _kernels(matrix, palette, height - 2, width, scale), 2, 0)
        return canvas
    n_rows, n_columns = matrix.values.shape
    inputs = matrix.input_names or _numbers(matrix.n_inputs, n_rows)
    here: tuple[int | None, int | None] = (None, None)
    if node[0] == matrix.layer:
        here = None, node[1] * n_columns // matrix.n_neurons
    elif node[0] == matrix.layer - 1:
        here = node[1] * n_rows // matrix.n_inputs, None
    shown = heat_map(
        matrix.values.astype(np.float64),
        palette,
        height - 1,
        width,
        footer=matrix.biases.astype(np.float64),
        row_names=[*inputs, "bias"],
        column_names=_numbers(matrix.n_neurons, n_columns),
        scale=scale,
        selected=here,
    )
    paste(canvas, shown, 1, 0)
    return canvas


def _legend(matrix: WeightMatrix) -> str:
    if matrix.kernels is not None:
        is_simple = not any("." in name for name in matrix.kernel_names)
        names = "one per filter" if is_simple else "filter.channel"
        return f"{matrix.words}, {names}" if matrix.words else names
    if matrix.is_whole:
        return "rows: inputs, columns: neurons"
    rows, columns = matrix.values.shape
    block = f"{math.ceil(matrix.n_inputs / rows)} x {math.ceil(matrix.n_neurons / columns)}"
    return f"each cell: the largest of {block} weights"


def _numbers(count: int, shown: int) -> list[str]:
    """Return the number of the first of each of `shown` equal groups of `count`, from 1."""
    return [str(place * count // shown + 1) for place in range(shown)]


def _kernels(matrix: WeightMatrix, palette: Palette, height: int, width: int, scale: float) -> Cells:
    """Draw the kernels as large as they all fit, each with its name; else as many as there is room for."""
    assert matrix.kernels is not None
    size, count = matrix.kernels.shape[1], len(matrix.kernels)
    fitting = [
        tile
        for tile in (size * n for n in (6, 4, 2))
        if math.prod(tiles_that_fit(height, width, tile, True)) >= count
    ]
    tile = fitting[0] if fitting else _smallest_tile(size)
    doubled = 2.0 * matrix.kernels / scale  # a gallery whose scale is 1 shows ink
    return gallery(doubled, matrix.kernel_names, palette, height, width, scale=2.0, tile_width=tile)


def _smallest_tile(size: int) -> int:
    """Return the width of a kernel's picture: two cells for each weight."""
    return max(4, 2 * size)


def health_picture(
    layers: Layers | None, palette: Palette, height: int, width: int, selected: int | None = None
) -> Cells:
    """Draw a band for each layer: its name and state, three histograms, its gradient norm over time.

    selected: the layer whose name stands out, 1 is the first after the input. Any size is allowed.
    """
    canvas = blank(height, width)
    if layers is None or height < 2:
        return canvas
    name = WIDEST_NAME if width >= 100 else NARROWEST_NAME
    chart, curve = _widths(width - name - 1)
    starts = [name + 1 + place * (chart + 2) for place in range(CHARTS)]
    curve_start = starts[-1] + chart + 2
    shown = _shown(len(layers.layers), height - 1, selected)
    _write_heads(canvas, layers, starts, chart, curve_start, curve)
    top = 1
    for number in shown:
        health, rows = layers.layers[number], _rows(len(shown), height - 1, number + 1 == selected)
        _write_state(canvas, health, top, min(rows, 4), name, number + 1 == selected)
        high = rows - 1 if rows >= 4 else rows
        spreads = health.activations, health.weights, health.gradients
        for start, spread, is_power in zip(starts, spreads, (False, False, True), strict=True):
            paste(canvas, _spread(spread, palette, high, chart, is_power), top, start)
        if curve:
            paste(canvas, _curve(layers, number, palette, high, curve), top, curve_start)
        top += rows
    is_more = shown[0] > 0, shown[-1] < len(layers.layers) - 1
    mark_more(canvas, palette, width - 1, (0, height - 1), is_more)
    return canvas


def _widths(room: int) -> tuple[int, int]:
    """Return the cells of a histogram and of the curve, which may be 0."""
    for chart in (48, 24, 16, 12, 8):
        curve = room - CHARTS * (chart + 2)
        if curve >= max(LEAST_CURVE, chart // 2):
            return chart, curve
    return max(0, room // CHARTS - 2), 0


def _shown(count: int, most: int, selected: int | None) -> range:
    """Return the layers that there is room for, the selected one (from 1) among them."""
    most = max(1, min(count, most))
    first = min(max(0, (selected or 1) - 1 - most // 2), count - most)
    return range(first, first + most)


def _rows(count: int, room: int, is_selected: bool) -> int:
    """Return the rows of a layer's band: equal shares, the rest for the chosen one where they are small."""
    share = min(HIGHEST, room // count)
    return share + min(HIGHEST - share, room - share * count) * (is_selected and share < 4)


def _write_heads(
    canvas: Cells, layers: Layers, starts: Sequence[int], chart: int, curve_start: int, curve: int
) -> None:
    heads = ("activations", "weights", "gradients")
    if chart >= 24:
        heads = (f"activations, {layers.n_samples} samples", "weights", "gradient magnitudes")
    for start, text in zip(starts, heads, strict=True):
        write(canvas, 0, start, text, slots.TITLE, width=chart)
    if curve:
        low, high = decades(layers.gradient_norms)
        longest = f"gradient norm over steps, 1e{low} to 1e{high}"
        text = next((t for t in (longest, f"norm, 1e{low} to 1e{high}", "norm") if len(t) <= curve), "")
        write(canvas, 0, curve_start, text, slots.TITLE)


def _write_state(canvas: Cells, health: LayerHealth, top: int, rows: int, width: int, is_here: bool) -> None:
    """Write the name, what the layer is, and its dead and saturated neurons, in as many rows as there are."""
    ink, ground = (slots.SELECTED, slots.SELECTION) if is_here else (slots.TITLE, None)
    write(canvas, top, 0, health.name, ink, ground, width=width)
    room = width if rows > 1 else width - len(health.name) - 1
    states = [
        (_counted(count, health.counted, word, room), count)
        for word, count in (("dead", health.dead), ("saturated", health.saturated))
        if count
    ]
    if rows == 1:
        for text, count in states[:1]:
            write(canvas, top, len(health.name) + 1, text, _ink(count, health), width=room)
        return
    if not states and health.counted:
        states = [("all active", 0)]
    lines = [(health.kind, slots.DIM), *((text, _ink(count, health)) for text, count in states)]
    if len(lines) > rows - 1 and states:
        lines = lines[1:]
    for offset, (text, slot) in enumerate(lines[: rows - 1]):
        write(canvas, top + 1 + offset, 0, text, slot, width=width)


def _counted(count: int, counted: int, word: str, room: int) -> str:
    """Return how many of the neurons are dead or saturated, in the longest words that fit."""
    ways = (f"{count:,} of {counted:,} {word}", f"{count:,} {word}", f"{count:,}")
    return next((way for way in ways if len(way) <= room), ways[-1])


def _ink(count: int, health: LayerHealth) -> int:
    return slots.WARNING if count >= TROUBLE * health.counted and count else slots.DIM


def _spread(spread: Spread | None, palette: Palette, height: int, width: int, is_power: bool) -> Cells:
    if spread is None or not spread.n_values:
        cells = blank(height, width)
        write(cells, 0, 0, "none", slots.DIM, width=width)
        return cells
    cells = histogram(
        spread.counts,
        spread.low,
        spread.high,
        palette,
        height,
        width,
        is_signed=not is_power,
        is_power=is_power,
    )
    zeros = f"{100 * spread.n_zeros / spread.n_values:.0f} % 0"
    if zeros != "0 % 0":
        write(cells, 0, 0, zeros, slots.DIM, width=width, align="right")
    return cells


def _curve(layers: Layers, number: int, palette: Palette, height: int, width: int) -> Cells:
    """Draw the gradient norm of a layer over the steps, with the last one in words."""
    cells = blank(height, width)
    norms, last = layers.gradient_norms[:, number], layers.layers[number].gradient_norm
    words = "" if math.isnan(last) else f"{last:.2g}"
    has_axis = height >= 2
    room = width if has_axis else max(0, width - 8)
    if len(layers.steps) and not np.isnan(norms).all():
        powers = decades(layers.gradient_norms)
        paste(cells, area_by_decades(layers.steps, norms, powers, palette, height - has_axis, room), 0, 0)
    if has_axis and len(layers.steps):
        first, now = f"step {layers.steps[0]:,}", f"now {words}" if words else ""
        if len(first) + 1 + len(now) <= width:
            write(cells, height - 1, 0, first, slots.DIM)
        write(cells, height - 1, 0, now, slots.TEXT, width=width, align="right")
    elif not has_axis:
        write(cells, 0, room, words, slots.TEXT, width=width - room, align="right")
    return cells
