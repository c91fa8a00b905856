"""The gradient of the loss by the inputs: which way each of them would have to move for the loss to rise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.layers import BatchNorm, Dropout, Layer, Pass, PlacedLayer, Slot
from tui_nn.engine.network import Network


def input_gradient(network: Network, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> Array:
    """Return dL/dx (n, n_inputs), a row for the loss of each sample, in evaluation mode, without penalty.

    inputs (n, ...), targets (n, n_outputs). The network is not touched. Raises EngineError on a wrong shape.
    """
    layers = [_still(placed.layer) for placed in network.layers if not isinstance(placed.layer, Dropout)]
    twin = network.copy(layers=[_Inlet(), *layers])
    with np.errstate(over="ignore", invalid="ignore"):
        *_, (_, space) = twin.in_pieces(inputs, targets)
        delta = space.slots[1].delta
        assert delta is not None, "in training every layer is told what the loss says of it"
        return np.asarray(delta.T * len(delta.T))


@dataclass(frozen=True)
class _Inlet(Layer):
    """A copy of the inputs as a layer: it is told dL/da, for which nobody asks the inputs themselves."""

    name = "inlet"

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Copy; nothing goes back further."""
        return Pass([partial(np.copyto, here.preactivations, below.activations)])


@dataclass(frozen=True)
class _StillNorm(BatchNorm):
    """Batch norm with its running mean and variance in training too: dL/dx = γ / √(variance + ε) delta."""

    def connect(self, placed: PlacedLayer, below: Slot, here: Slot, training: bool) -> Pass:
        """Do what evaluation does, and go back through that."""
        forward = super().connect(placed, below, replace(here, delta=None), False).forward
        if here.delta is None or below.delta is None:
            return Pass(forward)
        scale = placed.weights[0] / np.sqrt(placed.statistics[1] + self.epsilon)
        by_unit = (len(scale), -1)
        back: Operation = partial(
            np.multiply, here.delta.reshape(by_unit), scale[:, None], below.delta.reshape(by_unit)
        )
        return Pass(forward, [back])


def _still(layer: Layer) -> Layer:
    """Return a layer that does in training what it does in evaluation."""
    if not isinstance(layer, BatchNorm):
        return layer
    return _StillNorm(layer.activation, layer.momentum, layer.epsilon)
