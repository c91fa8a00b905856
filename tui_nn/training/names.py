"""What neurons are called in pictures."""

from __future__ import annotations

from tui_nn.data.features import feature_label
from tui_nn.settings.config import Config

Node = tuple[int, int]
"""(layer, unit); layer 0 is the input."""
LONGEST_LABEL = 2
"""Letters of a class name that fits beside its neuron."""


def layer_name(layer: int, n_layers: int) -> str:
    """Return "input", "hidden 2" or "output"; n_layers counts the input."""
    if layer == 0:
        return "input"
    return "output" if layer == n_layers - 1 else f"hidden {layer}"


def short_layer_name(layer: int, n_layers: int) -> str:
    """Return "in", "h2" or "out"."""
    if layer == 0:
        return "in"
    return "out" if layer == n_layers - 1 else f"h{layer}"


def node_name(node: Node, sizes: tuple[int, ...], config: Config | None = None) -> str:
    """Return a neuron's name, such as "hidden 1, neuron 3", "output 2", "output class 0", "input x²".

    Where no sizes are known yet, none is taken for an output.
    """
    layer, unit = node
    if layer == 0:
        names = () if config is None else feature_names(config, sizes[0] if sizes else 0)
        return f"input {names[unit] if unit < len(names) else unit + 1}"
    if not sizes or layer < len(sizes) - 1:
        return f"hidden {layer}, neuron {unit + 1}"
    names = () if config is None else class_labels(config, sizes[-1])
    return f"output class {names[unit]}" if unit < len(names) else f"output {unit + 1}"


def unit_label(layer: int, unit: int, shape: tuple[int, ...], config: Config) -> str:
    """Return a unit's short name in its layer: "x²", "neuron 3", "row 4, col 12", "f2 (4,12)"."""
    if len(shape) == 3:
        channel, rest = divmod(unit, shape[1] * shape[2])
        row, column = divmod(rest, shape[2])
        if layer == 0 and shape[0] == 1:
            return f"row {row + 1}, col {column + 1}"
        return f"f{channel + 1} ({row + 1},{column + 1})"
    if layer > 0:
        return f"neuron {unit + 1}"
    names = feature_names(config, shape[0] if shape else 0)
    return names[unit] if unit < len(names) else f"input {unit + 1}"


def class_labels(config: Config, n_outputs: int) -> tuple[str, ...]:
    """Return the short names of the outputs, where each stands for a class; else nothing."""
    if config.task == "regression" or n_outputs != config.n_classes:
        return ()
    names = tuple(config.dataset_spec.class_names) or tuple(map(str, range(n_outputs)))
    return names if len(names) == n_outputs and max(map(len, names)) <= LONGEST_LABEL else ()


def feature_names(config: Config, n_inputs: int) -> tuple[str, ...]:
    """Return the names of the inputs; nothing where they have none."""
    if config.uses_features:
        labels = tuple(feature_label(name, config.dataset_spec.input_names) for name in config.features)
    else:
        labels = tuple(config.dataset_spec.input_names)
    return labels if len(labels) == n_inputs else ()
