"""The nodes of the network diagram: their maps, sides, bias marks and the mark of the selected one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_nn.render import shades, slots
from tui_nn.render.cells import DEFAULT, Cells, paste, write
from tui_nn.render.palette import Palette
from tui_nn.views.network.draw_layer import Layer
from tui_nn.views.network.draw_layout import ColumnLayout, NetworkLayout, NodeBox

_BIAS_LEVELS = (0.03, 0.15, 0.5)
"""Shares of the largest weight at which the mark of a bias appears and grows."""


def draw_maps(canvas: Cells, layers: Sequence[Layer], layout: NetworkLayout, palette: Palette) -> None:
    """Draw the block of every node: its map, or without room for one the color of its activation."""
    per_cell = palette.samples_per_cell
    grid = np.full((canvas.height * per_cell, canvas.width), DEFAULT, dtype=np.int16)
    for layer, column in zip(layers, layout.columns, strict=True):
        for node in column.nodes:
            rows = node.samples if per_cell == 2 else max(1, node.samples // 2)
            block = _block(layer, node.unit, rows, layout.map_width)
            place = grid[node.row * per_cell :][:rows, column.map_left :][:, : layout.map_width]
            place[:] = block[: place.shape[0]]
    paste(canvas, shades.paint(grid, palette), 0, 0)
    if not palette.has_blocks:
        for node in layout.nodes:
            rows = max(1, node.samples // 2)
            _draw_sides(canvas, node, layout.columns[node.column], palette.glyphs.frame, slots.AXIS, rows)
    for layer, column in zip(layers, layout.columns, strict=True):
        for node in column.nodes:
            _mark_held(canvas, layer, node, column, layout.map_width, palette)


def _mark_held(
    canvas: Cells, layer: Layer, node: NodeBox, column: ColumnLayout, width: int, palette: Palette
) -> None:
    """Put the mark of a frozen neuron into the corner of its map, and into the middle of a cut one's."""
    if layer.cut is not None and layer.cut[node.unit]:
        write(canvas, node.port, column.map_left + width // 2, palette.glyphs.cut, slots.TITLE)
    elif layer.frozen is not None and layer.frozen[node.unit]:
        place = column.map_left + width - 1
        ground = int(canvas.background[node.row, place])
        ink = slots.ink_slot(0, light=ground < 0 or palette.is_dark[ground])
        write(canvas, node.row, place, palette.glyphs.frozen, ink)


def _block(layer: Layer, unit: int, rows: int, columns: int) -> shades.Slots:
    """Return the slots of one node's block; a cut neuron's is empty."""
    if layer.cut is not None and layer.cut[unit]:
        return np.full((rows, columns), DEFAULT, dtype=np.int16)
    scale = float(layer.scales()[unit])
    has_map = layer.maps is not None and unit < len(layer.maps)
    if layer.maps is not None and has_map and layer.maps[unit].size:
        return shades.coarse(shades.signed(shades.pool(layer.maps[unit], rows, columns), scale))
    if layer.activations is not None:
        value = float(layer.activations[unit])
    else:
        value = np.nan
    block = np.full((rows, columns), shades.signed([value], scale)[0], dtype=np.int16)
    if rows == 2:  # of one color, so that it needs a gap to stand apart
        block[1] = DEFAULT
    return block


def _draw_sides(
    canvas: Cells, node: NodeBox, column: ColumnLayout, glyphs: str, slot: int, rows: int
) -> None:
    """Draw one glyph at the left and the right of a node's map, in as many rows as the node has at most."""
    for row in range(node.row, node.row + min(rows, node.height)):
        write(canvas, row, column.map_left - 1, glyphs[0], slot)
        write(canvas, row, column.map_right, glyphs[1], slot)


def draw_biases(
    canvas: Cells, layer: Layer, column: ColumnLayout, palette: Palette, frame: int, scale: float
) -> None:
    """Draw below the label of each node a mark with the sign and the size of its bias.

    None in ASCII, whose marks would look like parts of links.
    """
    if layer.biases is None or palette.is_ascii:
        return
    for node in column.nodes:
        if node.height < 2:
            continue
        bias = float(layer.biases[node.unit])
        level = int(np.searchsorted(_BIAS_LEVELS, abs(bias) / scale)) - 1 if np.isfinite(bias) else 2
        if level < 0:
            continue
        family = palette.glyphs.bias_positive if bias > 0 else palette.glyphs.bias_negative
        place = column.map_left - 1 - frame
        write(canvas, node.port + 1, place, family[level], slots.link_slot(bias > 0, level))


def mark_selected(canvas: Cells, node: NodeBox, column: ColumnLayout, palette: Palette, frame: int) -> None:
    """Put a node between two bars of the accent color, its label on the ground of a selection."""
    label = slice(column.left, column.map_left - frame)
    words = canvas.glyphs[node.port, label].copy()
    _draw_sides(canvas, node, column, palette.glyphs.selection, slots.ACCENT, node.height)
    canvas.glyphs[node.port, label] = words
    canvas.foreground[node.port, label] = slots.SELECTED
    canvas.background[node.port, label] = slots.SELECTION
