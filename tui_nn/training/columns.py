"""The layers as a person counts them: batch norm belongs to the one before, dropout and flatten are none."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.engine import BatchNorm, Dropout, Flatten, Network, PlacedLayer
from tui_nn.training.names import layer_name


@dataclass(frozen=True)
class Column:
    """One layer of the picture."""

    placed: PlacedLayer
    """The layer with the weights, if it has any."""
    output: int
    """Position in `network.layers` of the layer whose outputs are its activations."""


def columns(network: Network) -> list[Column]:
    """Return the layers after the input, in order."""
    found: list[Column] = []
    for position, placed in enumerate(network.layers):
        if isinstance(placed.layer, BatchNorm) and found:
            found[-1] = Column(found[-1].placed, position)
        elif not isinstance(placed.layer, (Dropout, Flatten)):
            found.append(Column(placed, position))
    return found


def column_sizes(network: Network) -> tuple[int, ...]:
    """Return the units of each layer, the input included."""
    return (network.n_inputs, *(column.placed.units for column in columns(network)))


def column_names(network: Network) -> tuple[str, ...]:
    """Return what the layers after the input are called: hidden 1, hidden 2, output."""
    n_layers = len(columns(network)) + 1
    return tuple(layer_name(layer, n_layers) for layer in range(1, n_layers))
