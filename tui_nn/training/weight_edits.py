"""The commands by which a person changes single weights and neurons, and what they do to a network."""

from __future__ import annotations

from tui_nn.engine import Network
from tui_nn.training import commands as do
from tui_nn.training.holding import hold_neuron, hold_parameter, type_over

WeightEdit = do.SetParameter | do.HoldParameter | do.HoldNeuron


def edit(network: Network, wanted: WeightEdit) -> None:
    """Type over, freeze or cut what the command names, or let it go; raise EngineError where it cannot be."""
    match wanted:
        case do.SetParameter(layer, source, unit, value):
            type_over(network, layer, source, unit, value)
        case do.HoldParameter(kind, layer, source, unit, is_held):
            hold_parameter(network, kind, layer, source, unit, is_held)
        case do.HoldNeuron(kind, node, is_held):
            hold_neuron(network, kind, node, is_held)
