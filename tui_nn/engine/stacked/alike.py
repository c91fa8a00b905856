"""What networks must share to be a stack, and the layers that stand for theirs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_nn.engine.errors import EngineError
from tui_nn.engine.layers import BatchNorm, Dense, Dropout, Layer
from tui_nn.engine.network import Network
from tui_nn.engine.stacked.dense import StackedDense
from tui_nn.engine.stacked.dropout import StackedDropout


def stacked_layers(networks: Sequence[Network], rngs: Sequence[np.random.Generator]) -> list[Layer]:
    """Return the layers of a stack, which draw from `rngs`, one for each network.

    Raises EngineError where the networks cannot be one.
    """
    first = networks[0]
    for other in networks:
        if (other.loss, other.dtype, other.input_shape) != (first.loss, first.dtype, first.input_shape):
            raise EngineError("The networks of a stack share loss, dtype and inputs; these do not.")
        if len(other.layers) != len(first.layers):
            raise EngineError("The networks of a stack have the same layers; these do not.")
    return [
        _stacked([network.layers[i].layer for network in networks], tuple(rngs))
        for i in range(len(first.layers))
    ]


def _stacked(layers: Sequence[Layer], rngs: tuple[np.random.Generator, ...]) -> Layer:
    """Return the layer that stands for these, one of each network."""
    match layers[0]:
        case Dropout(rate):
            rates = tuple(layer.rate for layer in layers if isinstance(layer, Dropout))
            if len(rates) == len(layers) and all((other > 0.0) == (rate > 0.0) for other in rates):
                return StackedDropout(rates, rngs)
        case Dense(units, activation) as dense if all(layer == dense for layer in layers):
            return StackedDense(units, activation)
        case BatchNorm() as norm if all(layer == norm for layer in layers):
            return norm
    raise EngineError("Only dense networks with the same layers can be stacked.")
