"""The words of the network diagram, titles, labels and a legend, and the activations in strips below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tui_nn.render import shades, slots
from tui_nn.render.cells import DEFAULT, Cells, one_per_cell, paste, write
from tui_nn.render.palette import Palette
from tui_nn.views.network.draw_layer import Layer
from tui_nn.views.network.draw_layout import ColumnLayout, NetworkLayout
from tui_nn.views.network.draw_link_marks import hold_glyph
from tui_nn.views.network.values import CUT


@dataclass(frozen=True)
class LabelPlan:
    """The columns that the labels take: left of the nodes, or right of the outputs if these have names."""

    widths: tuple[int, ...]
    right_margin: int


def plan_labels(layers: Sequence[Layer], units: Sequence[Sequence[int]], width: int) -> LabelPlan:
    """Return the room for labels: feature names at the input, numbers elsewhere, names of outputs outside."""
    roomy = width >= 8 * len(layers)
    widths, right_margin = [], 0
    for index, (layer, shown) in enumerate(zip(layers, units, strict=True)):
        names = layer.names()
        longest = max((len(one_per_cell(names[unit])) for unit in shown), default=0)
        if index == 0:
            widths.append(min(longest, 6) + roomy)
        elif index == len(layers) - 1 and layer.labels and roomy:
            widths.append(1)
            right_margin = min(longest, 7) + 1
        else:
            widths.append(min(longest, 3))
    return LabelPlan(tuple(widths), right_margin)


def draw_labels(canvas: Cells, layer: Layer, plan: LabelPlan, column: ColumnLayout, palette: Palette) -> None:
    """Write the label of each node, and below the last how many are not shown."""
    index = column.nodes[0].column if column.nodes else 0
    is_last = index == len(plan.widths) - 1
    names = layer.names()
    for node in column.nodes:
        if is_last and plan.right_margin:
            write(canvas, node.port, column.right + 1, names[node.unit], width=plan.right_margin - 1)
        elif index == 0:
            room = min(len(one_per_cell(names[node.unit])), plan.widths[0])
            longest = max(min(len(one_per_cell(names[other.unit])), 6) for other in column.nodes)
            write(
                canvas, node.port, column.left + longest - min(room, 6), names[node.unit], width=min(room, 6)
            )
        elif layer.units > 1:
            write(
                canvas,
                node.port,
                column.left,
                names[node.unit],
                slots.DIM,
                width=plan.widths[index],
                align="right",
            )
    if column.hidden_count and column.nodes:
        below = column.nodes[-1].row + column.nodes[-1].height
        write(canvas, below, column.map_left, f"{palette.glyphs.more}{column.hidden_count}", slots.DIM)


def draw_titles(canvas: Cells, layers: Sequence[Layer], layout: NetworkLayout) -> None:
    """Write above each layer its title, or the short one, and its note, each only where it fits."""
    rows: list[list[tuple[str, ...]]] = [
        [(layer.title, layer.short_title) for layer in layers],
        [(layer.note, layer.short_note) for layer in layers],
    ]
    for row in range(layout.header_rows):
        taken = 0
        for index, texts in enumerate(rows[row]):
            begin = layout.columns[index].map_left
            is_last = index == len(layers) - 1
            limit = canvas.width if is_last else layout.columns[index + 1].map_left - 1
            for text in texts:
                width = len(one_per_cell(text))
                start = max(taken, min(begin, canvas.width - width)) if is_last else begin
                if taken <= start and start + width <= limit:
                    write(canvas, row, start, text, slots.DIM if row else slots.TITLE)
                    taken = start + width + 1
                    break


def draw_strip(canvas: Cells, layer: Layer, layout: NetworkLayout, index: int, palette: Palette) -> None:
    """Draw the activations of a layer below it as a grid of blocks, wider than its maps where needed."""
    values = layer.activations if layer.strip is None else layer.strip
    if values is None or layout.strip_rows == 0 or layer.units == 0:
        return
    scales = layer.scales() if layer.strip is None else np.broadcast_to(np.max(layer.scales()), len(values))
    left = layout.columns[index].map_left
    last = index == len(layout.columns) - 1
    free = (canvas.width if last else layout.columns[index + 1].map_left - 1) - left
    grid = _strip(
        shades.signed(np.asarray(values) / scales),
        layout.map_width,
        max(free, 1),
        layout.strip_rows * palette.samples_per_cell,
        palette.samples_per_cell,
    )
    paste(canvas, shades.paint(grid, palette), layout.strip_row, left)


def _strip(steps: shades.Slots, width: int, widest: int, rows: int, per_cell: int) -> shades.Slots:
    """Arrange slots in one row of blocks if `width` columns hold them, else in as many rows as they need."""
    count = len(steps)
    if count <= width:
        return np.repeat(np.repeat(steps[None], width // count, axis=1), per_cell, axis=0)
    columns = max(math.ceil(count / min(rows, math.ceil(count / width))), 1)
    used = math.ceil(count / columns)
    grid = np.full((used, columns), DEFAULT, dtype=np.int16)
    grid.flat[:count] = steps
    return grid if columns <= widest else shades.resample(grid, used, widest)


def draw_caption(
    canvas: Cells,
    layout: NetworkLayout,
    caption: str,
    palette: Palette,
    words: str = "weights",
    held: Sequence[int] = (),
) -> None:
    """Write in the last row what the strips show, what is held, and how the sign of a link is drawn."""
    row = layout.strip_row + layout.strip_rows
    if row >= canvas.height:
        return
    if palette.is_ascii:
        negative, positive = "..", "--"
    else:
        negative, positive = ("━━" if palette.has_blocks else "╍╍"), "━━"
    legend = [(f"{words} ", slots.DIM), (negative, slots.link_slot(False, 2)), (" -  ", slots.DIM)]
    legend += [(positive, slots.link_slot(True, 2)), (" +", slots.DIM)]
    for state in held:
        word = "cut" if state == CUT else "frozen"
        legend = [(hold_glyph(state, palette), slots.TITLE), (f" {word}  ", slots.DIM), *legend]
    while len(legend) > 5 and _width(legend) > canvas.width:
        del legend[-5:]
    column = canvas.width - _width(legend)
    if layout.strip_rows and column > len(one_per_cell(caption)) + 1:
        write(canvas, row, 0, caption, slots.DIM)
    for text, slot in legend:
        write(canvas, row, column, text, slot)
        column += len(text)


def _width(legend: Sequence[tuple[str, int]]) -> int:
    return sum(len(text) for text, _ in legend)
