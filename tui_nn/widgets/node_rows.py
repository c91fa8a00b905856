"""The rows that show one neuron: its bias and the weights of its inputs, strongest first."""

from __future__ import annotations

from dataclasses import dataclass

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
    layer, unit = node[0] - 1, node[1]
    if not 0 <= layer < len(insides.weights) or unit >= insides.weights[layer].shape[1]:
        return {}
    weights = insides.weights[layer][:, unit]
    found = {"bias": Parameter(None, float(insides.biases[layer][unit]))}
    return found | {f"weight {i}": Parameter(i, float(value)) for i, value in enumerate(weights)}


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
