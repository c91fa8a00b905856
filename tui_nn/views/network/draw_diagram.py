"""The network diagram: layers as columns of nodes with their maps, links between them, activations below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, paste, write
from tui_nn.render.palette import Palette
from tui_nn.views.network.draw_highlight import Highlight
from tui_nn.views.network.draw_layer import Array, Layer, largest_weight, strongest_units
from tui_nn.views.network.draw_layout import MOST_NODES, NetworkLayout, NodeBox, network_layout, row_shares
from tui_nn.views.network.draw_link_marks import Flow, LinkMarks, draw_flow, draw_holds
from tui_nn.views.network.draw_links import draw_links
from tui_nn.views.network.draw_nodes import draw_biases, draw_maps, mark_selected
from tui_nn.views.network.draw_words import (
    LabelPlan,
    draw_caption,
    draw_labels,
    draw_strip,
    draw_titles,
    plan_labels,
)
from tui_nn.views.network.values import CUT, FROZEN


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
    highlight: Highlight | None = None,
    words: str = "weights",
    is_heavy: bool = False,
    marks: Sequence[LinkMarks] = (),
    flow: Flow | None = None,
    chosen: tuple[int, int, int] | None = None,
) -> NetworkDrawing:
    """Draw the layers in `height` x `width` cells.

    weights: one (fan_in, fan_out) array between each two layers. selected: (layer, unit), whose links stand
    out. caption: what the strips below the layers show. link_scale: the size of weight that the heaviest
    links have, by default the largest there is, but at least 1. highlight: what stands out too.
    words: what the links show. is_heavy: whether they are drawn thick. marks: for each gutter. chosen: a link
    (layer where it arrives, source, unit) in the accent. Any size is allowed.
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
        gutter = _Gutter(index, matrix, marks[index] if marks else LinkMarks())
        muted = _muted(layout, index, selected, highlight)
        arriving = chosen[1:] if chosen is not None and chosen[0] == index + 1 else None
        _draw_gutter(canvas, layout, gutter, palette, scale, muted, arriving, flow, is_heavy)
    for index, (layer, column) in enumerate(zip(layers, layout.columns, strict=True)):
        draw_labels(canvas, layer, plan, column, palette)
        draw_biases(canvas, layer, column, palette, frame, scale)
        draw_strip(canvas, layer, layout, index, palette)
    draw_titles(canvas, layers, layout)
    for node in layout.nodes:
        is_highlighted = highlight is not None and highlight.has_node(node.column, node.unit)
        if is_highlighted or selected == (node.column, node.unit):
            mark_selected(canvas, node, layout.columns[node.column], palette, frame)
    held = {int(state) for mark in marks if mark.held is not None for state in np.unique(mark.held)}
    for layer in layers:
        held |= {FROZEN} if layer.frozen is not None and layer.frozen.any() else set()
        held |= {CUT} if layer.cut is not None and layer.cut.any() else set()
    draw_caption(canvas, layout, caption, palette, words, [state for state in (FROZEN, CUT) if state in held])
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
    body = row_shares(height)[1]
    room = max(1, min(MOST_NODES, body))
    # Where not all can be shown, those that are have two rows each, and the count of the rest has the last.
    with_maps = max(1, min(MOST_NODES, (body + 1) // 2))
    kept = [selected[1] if selected is not None and selected[0] == i else None for i in range(len(layers))]
    units = [
        strongest_units(
            weights,
            i,
            layer.units,
            room if layer.count <= room else with_maps,
            kept[i],
            layer.count > layer.units,
        )
        for i, layer in enumerate(layers)
    ]
    plan = plan_labels(layers, units, width)
    layout = network_layout(
        height,
        width,
        units,
        [layer.count for layer in layers],
        plan.widths,
        frame=_frame(palette),
        right_margin=plan.right_margin,
    )
    return layout, plan


def _frame(palette: Palette) -> int:
    """Return the columns on either side of a map: glyphs need something that holds them together."""
    return 0 if palette.has_blocks else 1


@dataclass(frozen=True, eq=False)
class _Gutter:
    """The links between layer `index` and the next."""

    index: int
    weights: Array
    marks: LinkMarks


def _muted(
    layout: NetworkLayout, index: int, selected: tuple[int, int] | None, highlight: Highlight | None
) -> NDArray[np.bool_] | None:
    """Return (sources, targets): which links of a gutter step back; None where none does."""
    sources, targets = layout.columns[index].nodes, layout.columns[index + 1].nodes
    if highlight is not None:
        return highlight.muted(index + 1, [node.unit for node in sources], [node.unit for node in targets])
    if selected is None:
        return None
    leaves = np.array([selected == (node.column, node.unit) for node in sources])
    arrives = np.array([selected == (node.column, node.unit) for node in targets])
    muted: NDArray[np.bool_] = ~(leaves[:, None] | arrives[None, :])
    return muted


def _draw_gutter(
    canvas: Cells,
    layout: NetworkLayout,
    gutter: _Gutter,
    palette: Palette,
    scale: float,
    muted: NDArray[np.bool_] | None,
    chosen: tuple[int, int] | None,
    flow: Flow | None,
    is_heavy: bool,
) -> None:
    """Draw the links of a gutter, and their marks."""
    left, width = layout.gutter(gutter.index)
    sources, targets = layout.columns[gutter.index].nodes, layout.columns[gutter.index + 1].nodes
    place = np.ix_([node.unit for node in sources], [node.unit for node in targets])
    starts = np.array([node.port - layout.header_rows for node in sources], dtype=np.int64)
    ends = np.array([node.port - layout.header_rows for node in targets], dtype=np.int64)
    held, carried = (
        None if matrix is None else matrix[place] for matrix in (gutter.marks.held, gutter.marks.carried)
    )
    is_chosen = None
    if chosen is not None:
        is_chosen = np.array([[(s.unit, t.unit) == chosen for t in targets] for s in sources], dtype=bool)
    links = draw_links(
        np.asarray(gutter.weights, dtype=np.float64)[place],
        starts,
        ends,
        layout.body_rows,
        width,
        palette,
        scale=scale,
        muted=muted,
        severed=None if held is None else held == CUT,
        chosen=is_chosen,
        heavy_from=1 if is_heavy else slots.LINK_LEVELS - 1,
    )
    if flow is not None and carried is not None:
        shown = carried if muted is None else np.where(muted, 0.0, carried)
        draw_flow(links, shown, starts, ends, palette, flow, left)
    if held is not None:
        draw_holds(links, held, starts, ends, palette)
    paste(canvas, links, layout.header_rows, left)
