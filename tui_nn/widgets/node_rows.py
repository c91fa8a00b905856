"""The rows that show one neuron: its bias and the weights of its inputs, strongest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tui_nn.config import Config
from tui_nn.data import FEATURES
from tui_nn.render.rows import Row
from tui_nn.training.commands import SetParameter
from tui_nn.training.snapshot import Insides

Node = tuple[int, int]
NUDGE = 0.1
"""What an arrow key adds to a weight."""


@dataclass(frozen=True)
class Parameter:
    """Which number a row shows, and what it is now."""

    source: int | None
    """The input whose weight it is; None for the bias."""
    value: float


def node_name(node: Node, sizes: tuple[int, ...]) -> str:
    """Return a neuron's name, such as "hidden 1, neuron 3"."""
    layer, unit = node
    if layer == 0:
        return f"input {unit + 1}"
    return f"output {unit + 1}" if layer == len(sizes) - 1 else f"hidden {layer}, neuron {unit + 1}"


def node_parameters(insides: Insides, node: Node) -> dict[str, Parameter]:
    """Return the neuron's bias and weights by row key; empty for an input or a neuron that is gone."""
    layer, unit = node
    if not 0 < layer < len(insides.units) or unit not in insides.units[layer]:
        return {}
    place = int(np.flatnonzero(insides.units[layer] == unit)[0])
    weights, sources = insides.weights[layer - 1][:, place], insides.units[layer - 1]
    found = {"bias": Parameter(None, float(insides.biases[layer - 1][place]))}
    return found | {
        f"weight {source}": Parameter(source, float(value))
        for source, value in zip(sources.tolist(), weights, strict=True)
    }


def node_rows(insides: Insides, node: Node, config: Config) -> list[Row]:
    """Return a row for each parameter of the neuron."""
    return [
        Row(
            key=key,
            label="bias"
            if parameter.source is None
            else f"from {_source_name(parameter.source, node, config)}",
            value=f"{parameter.value:+.4f}",
            help="Enter types another value, left and right change it by 0.1, escape goes back.",
        )
        for key, parameter in node_parameters(insides, node).items()
    ]


def change(node: Node, parameter: Parameter, value: float) -> SetParameter:
    """Return the command that gives the parameter another value."""
    return SetParameter(node[0] - 1, parameter.source, node[1], value)


def _source_name(source: int, node: Node, config: Config) -> str:
    if node[0] > 1:
        return f"hidden {node[0] - 1}, neuron {source + 1}"
    if config.uses_features and source < len(config.features):
        return FEATURES[config.features[source]].label
    return f"input {source + 1}"
