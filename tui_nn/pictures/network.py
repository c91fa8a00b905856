"""The network of a moment as a picture: columns of neurons with their maps, links, activations below."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tui_nn.config import Config
from tui_nn.data import FEATURES
from tui_nn.datasets import find_kind
from tui_nn.render.cells import Cells
from tui_nn.render.lit import Lit
from tui_nn.render.network import network, plan_network
from tui_nn.render.network_layer import Layer
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Grid, Insides

Array = NDArray[np.float64]
Node = tuple[int, int]
"""(layer, unit); layer 0 is the input."""


def network_grid(
    sizes: tuple[int, ...],
    config: Config,
    domain: tuple[float, float],
    palette: Palette,
    height: int,
    width: int,
    selected: Node | None = None,
) -> Grid:
    """Return the samples of the small maps that `network_picture` will draw on `height` x `width` cells.

    sizes: the units of each layer, the input included. domain: the range of both axes of the plane.
    """
    low, high = domain
    layers = [Layer("", "", units, labels=_labels(i, sizes, config)) for i, units in enumerate(sizes)]
    layout, _ = plan_network(layers, (), palette, height, width, selected)
    if layout is None:
        return Grid(1, 1, low, high, low, high)
    return Grid(max(1, layout.map_width), max(1, layout.map_samples), low, high, low, high)


def network_picture(
    insides: Insides,
    config: Config,
    palette: Palette,
    height: int,
    width: int,
    selected: Node | None = None,
    lit: Lit | None = None,
) -> Cells:
    """Draw the insides of a network in `height` x `width` cells; any size is allowed."""
    sizes = tuple(len(values) for values in insides.activations)
    layers = [_layer(i, sizes, insides, config) for i in range(len(sizes))]
    weights = [matrix.astype(np.float64) for matrix in insides.weights]
    caption = "activations at the cursor" if insides.is_probed else "mean activations"
    if not weights:
        caption += f"; {_why_no_links(config)}"
    return network(layers, weights, palette, height, width, selected=selected, caption=caption, lit=lit).cells


def _why_no_links(config: Config) -> str:
    """Return why a network comes without its weights."""
    has_filters = any(isinstance(size, str) for size in config.hidden_sizes)
    return "filters have no links" if has_filters else "too many links to draw"


def _note(index: int, n_layers: int, config: Config) -> str:
    """Return what is said of a hidden layer: its activation, or what it is where not all are of neurons."""
    shown = [size for size in config.hidden_sizes if isinstance(size, int) or size[0] in "0123456789pa"]
    if all(isinstance(size, int) for size in shown):
        return config.activations[index - 1]
    return str(shown[index - 1]) if len(shown) == n_layers - 2 else ""


def _layer(index: int, sizes: tuple[int, ...], insides: Insides, config: Config) -> Layer:
    is_input, is_output = index == 0, index == len(sizes) - 1
    title = "input" if is_input else "output" if is_output else f"hidden {index}"
    note = "" if is_input else config.output_activation_name
    if not is_input and not is_output:
        note = _note(index, len(sizes), config)
    maps = insides.maps[index] if insides.maps else None
    padded = None
    if maps is not None:
        padded = np.zeros((sizes[index], *maps.shape[1:]))
        padded[: len(maps)] = maps
    activations = insides.activations[index].astype(np.float64)
    if is_input and padded is not None:
        padded, activations = _in_own_range(padded, activations)
    return Layer(
        title=title,
        short_title="in" if is_input else "out" if is_output else f"h{index}",
        units=sizes[index],
        note=note,
        labels=_labels(index, sizes, config),
        maps=padded,
        activations=activations,
        biases=None if is_input or not insides.biases else insides.biases[index - 1].astype(np.float64),
        scale=_calm_scale(padded if padded is not None else activations),
    )


def _labels(index: int, sizes: tuple[int, ...], config: Config) -> tuple[str, ...]:
    """Return the names of the inputs; other layers have numbers."""
    if index:
        return ()
    if config.uses_features:
        labels = tuple(FEATURES[name].label for name in config.features)
    else:
        labels = tuple(find_kind(config.dataset).input_names)
    return labels if len(labels) == sizes[0] else ()


def _in_own_range(maps: Array, activations: Array) -> tuple[Array, Array]:
    """Return maps (units, h, w) and activations (units,) divided by the largest value of each unit's map."""
    largest = np.abs(maps).max(axis=(1, 2), initial=1e-9)
    return maps / largest[:, None, None], activations / largest


def _calm_scale(values: Array) -> float:
    """Return the value that gets the full color: 1, or a power of two above all, which seldom moves."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max(initial=0.0))
    return 1.0 if largest <= 1.0 else float(2.0 ** min(60, math.ceil(math.log2(largest))))
