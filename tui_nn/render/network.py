"""The network diagram: layers as columns of nodes with their maps, links between them, activations below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.links import draw_links
from tui_nn.render.lit import Lit
from tui_nn.render.network_layer import Array, Layer, largest_weight, strongest_units
from tui_nn.render.network_layout import MOST_NODES, NetworkLayout, NodeBox, network_layout, row_shares
from tui_nn.render.network_nodes import draw_biases, draw_maps, mark_selected
from tui_nn.render.network_words import (
    LabelPlan,
    draw_caption,
    draw_labels,
    draw_strip,
    draw_titles,
    plan_labels,
)
from tui_nn.render.palette import Palette


@dataclass(frozen=True, eq=False)
class NetworkDrawing:
    """The diagram and where its nodes lie."""

    cells: Cells
    layout: NetworkLayout | None
    """None if there was no room."""

    @property
    def nodes(self) -> tuple[NodeBox, ...]:
        """The shown nodes, layer by layer from the top."""
        return self.layout.nodes if self.layout is not None else ()


def network(
    layers: Sequence[Layer],
    weights: Sequence[Array],
    palette: Palette,
    height: int,
    width: int,
    *,
    selected: tuple[int, int] | None = None,
    caption: str = "activations",
    link_scale: float | None = None,
    lit: Lit | None = None,
) -> NetworkDrawing:
    """Draw the layers in `height` x `width` cells.

    weights: one (fan_in, fan_out) array between each two layers. selected: (layer, unit), whose links stand
    out. caption: what the strips below the layers show. link_scale: the size of weight that the heaviest
    links have, by default the largest there is, but at least 1. lit: what stands out beside the selection.
    Any size is allowed.
    """
    canvas = blank(height, width)
    layout, plan = plan_network(layers, weights, palette, height, width, selected)
    if layout is None:
        write(canvas, 0, 0, "too small for the network", slots.DIM, width=canvas.width)
        return NetworkDrawing(canvas, None)
    frame = _frame(palette)
    scale = largest_weight(weights) if link_scale is None else link_scale
    draw_maps(canvas, layers, layout, palette)
    for index, matrix in enumerate(weights):
        _draw_gutter(canvas, layout, index, matrix, palette, scale, selected, lit)
    for index, (layer, column) in enumerate(zip(layers, layout.columns, strict=True)):
        draw_labels(canvas, layer, plan, column, palette)
        draw_biases(canvas, layer, column, palette, frame, scale)
        draw_strip(canvas, layer, layout, index, palette)
    draw_titles(canvas, layers, layout)
    for node in layout.nodes:
        is_lit = lit is not None and lit.has_node(node.column, node.unit)
        if is_lit or selected == (node.column, node.unit):
            mark_selected(canvas, node, layout.columns[node.column], palette, frame)
    draw_caption(canvas, layout, caption, palette)
    return NetworkDrawing(canvas, layout)


def plan_network(
    layers: Sequence[Layer],
    weights: Sequence[Array],
    palette: Palette,
    height: int,
    width: int,
    selected: tuple[int, int] | None = None,
) -> tuple[NetworkLayout | None, LabelPlan]:
    """Return where `network` draws what, from layers without arrays; maps need (map_samples, map_width)."""
    room = max(1, min(MOST_NODES, row_shares(height)[1]))
    kept = [selected[1] if selected is not None and selected[0] == i else None for i in range(len(layers))]
    units = [
        strongest_units(weights, i, layer.units, room, kept[i])
        if weights
        else list(range(layer.units))[:room]
        for i, layer in enumerate(layers)
    ]
    plan = plan_labels(layers, units, width)
    layout = network_layout(
        height,
        width,
        units,
        [layer.units for layer in layers],
        plan.widths,
        frame=_frame(palette),
        right_margin=plan.right_margin,
    )
    return layout, plan


def _frame(palette: Palette) -> int:
    """Return the columns on either side of a map: glyphs need something that holds them together."""
    return 0 if palette.has_blocks else 1


def _draw_gutter(
    canvas: Cells,
    layout: NetworkLayout,
    index: int,
    weights: Array,
    palette: Palette,
    scale: float,
    selected: tuple[int, int] | None,
    lit: Lit | None,
) -> None:
    """Draw the links between layer `index` and the next."""
    left, width = layout.gutter(index)
    sources, targets = layout.columns[index].nodes, layout.columns[index + 1].nodes
    shown = np.asarray(weights, dtype=np.float64)
    shown = shown[np.ix_([node.unit for node in sources], [node.unit for node in targets])]
    muted = None
    if lit is not None:
        muted = lit.muted(index + 1, [node.unit for node in sources], [node.unit for node in targets])
    elif selected is not None:
        leaves = np.array([selected == (node.column, node.unit) for node in sources])
        arrives = np.array([selected == (node.column, node.unit) for node in targets])
        muted = ~(leaves[:, None] | arrives[None, :])
    starts = np.array([node.port - layout.header_rows for node in sources], dtype=np.int64)
    ends = np.array([node.port - layout.header_rows for node in targets], dtype=np.int64)
    links = draw_links(shown, starts, ends, layout.body_rows, width, palette, scale=scale, muted=muted)
    paste(canvas, links, layout.header_rows, left)
