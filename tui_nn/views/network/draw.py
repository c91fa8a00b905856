"""The network of a moment as a picture: columns of neurons with their maps, links, activations below."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import Domain
from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.render.scales import largest_of, power_above
from tui_nn.settings.config import Config
from tui_nn.settings.layers import hidden_activations
from tui_nn.training.names import Node, class_labels, feature_names, layer_name, short_layer_name
from tui_nn.views.map.values import Grid
from tui_nn.views.network.draw_diagram import network, plan_network
from tui_nn.views.network.draw_highlight import Highlight
from tui_nn.views.network.draw_layer import Layer
from tui_nn.views.network.draw_link_marks import Flow, LinkMarks
from tui_nn.views.network.values import CUT, FROZEN, MOST_UNITS, Insides

Array = NDArray[np.float64]
Link = tuple[int, int, int]
"""(layer where it arrives, source, unit)."""


def network_grid(
    sizes: tuple[int, ...],
    config: Config,
    domain: Domain,
    palette: Palette,
    height: int,
    width: int,
) -> Grid:
    """Return the samples of the small maps that `network_picture` will draw on `height` x `width` cells.

    sizes: the units of each layer, the input included. domain: the ranges of the axes of the plane.
    """
    layers = [
        Layer("", "", min(units, MOST_UNITS), labels=_names(i, sizes, config)[:MOST_UNITS], total=units)
        for i, units in enumerate(sizes)
    ]
    layout, _ = plan_network(layers, (), palette, height, width)
    if layout is None:
        return Grid(1, 1, *domain[0], *domain[1])
    return Grid(max(1, layout.map_width), max(1, layout.map_samples), *domain[0], *domain[1])


def network_picture(
    insides: Insides,
    config: Config,
    palette: Palette,
    height: int,
    width: int,
    selected: Node | None = None,
    highlight: Highlight | None = None,
    *,
    flow: Flow | None = None,
    chosen: Link | None = None,
) -> Cells:
    """Draw the insides of a network in `height` x `width` cells; any size is allowed.

    selected: the neuron under the cursor. flow: marks along the links. chosen: a link that stands out.
    """
    places = [{int(unit): place for place, unit in enumerate(units)} for units in insides.units]
    layers = [_layer(i, insides, config) for i in range(len(places))]
    shows_gradients = insides.coloring == "gradients"
    links = [
        matrix.astype(np.float64) for matrix in (insides.grad_weights if shows_gradients else insides.weights)
    ]
    return network(
        layers,
        links,
        palette,
        height,
        width,
        selected=_placed_node(selected, places),
        caption=_caption(insides),
        link_scale=power_above(largest_of(*links), least=0.0) if shows_gradients else None,
        highlight=None if highlight is None else _placed_highlight(highlight, places),
        words="gradients" if shows_gradients else "weights",
        is_heavy=insides.coloring == "weights",
        marks=_marks(insides, flow),
        flow=flow,
        chosen=None if chosen is None else _placed_link(chosen, places),
    ).cells


def _caption(insides: Insides) -> str:
    """Return what the strips show, and whether only a part of the network is there."""
    if insides.coloring == "weights":
        words = "biases"
    elif insides.coloring == "gradients":
        is_new = not any(matrix.any() for matrix in (*insides.grad_weights, *insides.grad_biases))
        words = "no step yet" if is_new else "mean delta in the last batch"
    elif insides.example:
        words = f"activations of {insides.example}"
    else:
        words = "activations at the cursor" if insides.is_probed else "mean activations"
    is_part = any(math.prod(s) > len(u) for s, u in zip(insides.shapes, insides.units, strict=True))
    return f"{words}; strongest neurons" if is_part else words


def _layer(index: int, insides: Insides, config: Config) -> Layer:
    n_layers = len(insides.units)
    is_input, is_output = index == 0, index == n_layers - 1
    units, shape = insides.units[index], insides.shapes[index]
    total = math.prod(shape)
    note = "" if is_input else config.output_activation_name if is_output else _note(index, n_layers, config)
    maps = insides.maps[index].astype(np.float64) if insides.maps else None
    everywhere = insides.activations[index].astype(np.float64)
    activations, strip = everywhere[units], everywhere
    if is_input and maps is not None:
        maps, activations = _in_own_range(maps, activations)
        strip = activations
    scale = power_above(largest_of(maps if maps is not None else activations))
    if insides.coloring != "activations" and not is_input:
        given = insides.biases if insides.coloring == "weights" else insides.grad_biases
        activations = strip = given[index - 1].astype(np.float64)
        scale = power_above(largest_of(*given), least=1.0 if insides.coloring == "weights" else 0.0)
        maps = None
    biases = None if is_input or insides.coloring == "gradients" else insides.biases[index - 1]
    held = insides.held_units[index] if insides.held_units else None
    return Layer(
        title=layer_name(index, n_layers),
        short_title=short_layer_name(index, n_layers),
        units=len(units),
        note=note if total == len(units) else f"{note}, of {total:,}".lstrip(", "),
        short_note=note,
        labels=_labels(index, insides, config),
        maps=maps,
        activations=activations,
        biases=None if biases is None else biases.astype(np.float64),
        scale=scale,
        total=total,
        strip=strip,
        frozen=None if held is None else held == FROZEN,
        cut=None if held is None else held == CUT,
    )


def _note(index: int, n_layers: int, config: Config) -> str:
    """Return what is said of a hidden layer: its activation, or what it is where not all are of neurons."""
    shown = [size for size in config.hidden_sizes if isinstance(size, int) or size[0] in "0123456789pa"]
    if all(isinstance(size, int) for size in shown):
        return hidden_activations(config)[index - 1]
    return str(shown[index - 1]) if len(shown) == n_layers - 2 else ""


def _marks(insides: Insides, flow: Flow | None) -> list[LinkMarks]:
    """Return for each gutter what is held and, where a flow is shown, what the links carry."""
    marks = []
    for i, matrix in enumerate(insides.weights):
        carried = None
        if flow is not None and flow.is_backward and insides.grad_biases:
            carried = matrix * insides.grad_biases[i][None, :]
        elif flow is not None and not flow.is_backward:
            carried = matrix * insides.activations[i][insides.units[i]][:, None]
        held = insides.held_links[i] if insides.held_links else None
        marks.append(LinkMarks(held, carried))
    return marks


def _labels(index: int, insides: Insides, config: Config) -> tuple[str, ...]:
    """Return the names of the shown units: features, places of pixels, numbers of filters or neurons."""
    shape, units = insides.shapes[index], insides.units[index].tolist()
    if index == 0 and len(shape) == 3:
        return tuple(f"{unit // shape[2] % shape[1] + 1},{unit % shape[2] + 1}" for unit in units)
    if len(shape) == 3:
        return tuple(f"{unit // (shape[1] * shape[2]) + 1}" for unit in units)
    names = _names(index, [math.prod(shape) for shape in insides.shapes], config)
    if names:
        return tuple(names[unit] for unit in units)
    return () if len(units) == shape[0] else tuple(f"{unit + 1}" for unit in units)


def _names(index: int, sizes: Sequence[int], config: Config) -> tuple[str, ...]:
    """Return the names of all units of a layer, where they have names: the inputs and the classes."""
    if index == 0:
        return feature_names(config, sizes[0])
    return class_labels(config, sizes[-1]) if index == len(sizes) - 1 else ()


def _in_own_range(maps: Array, activations: Array) -> tuple[Array, Array]:
    """Return maps (units, h, w) and activations (units,) divided by the largest value of each unit's map."""
    largest = np.abs(maps).max(axis=(1, 2), initial=1e-9)
    return maps / largest[:, None, None], activations / largest


def _placed_node(node: Node | None, places: list[dict[int, int]]) -> Node | None:
    """Return a neuron by its place among those of its layer that are there; None if it is not."""
    if node is None or not 0 <= node[0] < len(places) or node[1] not in places[node[0]]:
        return None
    return node[0], places[node[0]][node[1]]


def _placed_link(link: Link, places: list[dict[int, int]]) -> Link | None:
    layer, source, unit = link
    begin, end = _placed_node((layer - 1, source), places), _placed_node((layer, unit), places)
    return None if begin is None or end is None else (layer, begin[1], end[1])


def _placed_highlight(highlight: Highlight, places: list[dict[int, int]]) -> Highlight:
    nodes = (_placed_node(node, places) for node in highlight.nodes)
    links = (_placed_link(link, places) for link in highlight.links)
    return Highlight(
        highlight.layers,
        frozenset(node for node in nodes if node is not None),
        highlight.gutters,
        frozenset(link for link in links if link is not None),
    )
