"""The network in words: its layers, and one neuron as the sum that makes it."""

from __future__ import annotations

from collections.abc import Sequence

from tui_nn.engine import BatchNorm, Conv2D, Dense, Dropout, Flatten
from tui_nn.settings.config import Config
from tui_nn.settings.layers import hidden_activations, network_layers
from tui_nn.training.names import layer_name, node_name
from tui_nn.views.neuron.values import BIAS, Neuron

MOST_TERMS = 12


def layers_words(config: Config, sizes: Sequence[int], n_parameters: int) -> list[str]:
    """Return a sentence for each layer."""
    lines = [f"{len(sizes)} layers, {n_parameters:,} weights and biases."]
    lines.append(f"input: {_counted(sizes[0], 'number')}.")
    parts = [part for part in network_layers(config) if not isinstance(part, (BatchNorm, Dropout, Flatten))]
    activations = iter((*hidden_activations(config), config.output_activation_name))
    for layer, (part, size) in enumerate(zip(parts, sizes[1:], strict=True), start=1):
        name = layer_name(layer, len(sizes))
        if isinstance(part, (Dense, Conv2D)):
            lines.append(f"{name}: {_counted(size, 'neuron')}, {next(activations)}.")
        else:
            lines.append(f"{name}: {_counted(size, 'number')}. {part.help}")
    return lines


def _counted(size: int, what: str) -> str:
    return f"{size:,} {what}{'s' * (size != 1)}"


def neuron_words(neuron: Neuron, config: Config, sizes: tuple[int, ...]) -> list[str]:
    """Return what makes a neuron's number, for the example that is looked at."""
    layer = neuron.node[0]
    lines = [f"{node_name(neuron.node, sizes, config)}, for {neuron.example}."]
    for term in neuron.terms[:MOST_TERMS]:
        held = " frozen" if term.is_frozen else " cut" if term.is_cut else ""
        if term.source == BIAS:
            lines.append(f"bias {term.weight:.4g}{held}.")
        else:
            unit = term.source if term.unit is None else term.unit
            source = node_name((layer - 1, unit), sizes, config)
            lines.append(
                f"{source}: weight {term.weight:.4g}{held} times {term.value:.4g} is {term.product:.4g}."
            )
    left = neuron.n_terms - min(len(neuron.terms), MOST_TERMS)
    if left > 0:
        rest = neuron.rest + sum(term.product for term in neuron.terms[MOST_TERMS:])
        lines.append(f"{left:,} more terms come to {rest:.4g}.")
    lines += [
        f"{equation.name} is {equation.value:.4g}: {equation.formula}." for equation in neuron.equations
    ]
    return [*lines, *([neuron.words] if neuron.words else [])]
