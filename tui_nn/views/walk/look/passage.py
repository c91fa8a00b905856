"""What the engine itself computes for a batch on the way up and back, kept layer by layer.

The network that is given is a copy: a pass leaves traces in its statistics and its random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import ACTIVATIONS, Network, PlacedLayer

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class LayerPassage:
    """One layer's values; arrays (units, n_samples) unless it says otherwise. The first sample is shown."""

    position: int
    placed: PlacedLayer
    x: Array
    """The outputs of the layer below."""
    z: Array
    a: Array
    """f(z), in the last layer too, whose activation the loss may contain."""
    notes: Mapping[str, Array] = field(default_factory=dict)
    """What the layer wrote down; see engine.layers.Pass."""
    slope: Array | None = None
    """f'(z); None where it is one everywhere, and where the loss contains the activation."""
    arriving: Array | None = None
    """dL/da, from the layer above or the loss; dL/dz where the loss contains the activation."""
    delta: Array | None = None
    """dL/dz."""
    backpropagated: Array | None = None
    """dL/da; None where nobody asks, at the input."""
    grad_block: Array | None = None
    """(fan_in + 1, fan_out): dL/dW, and dL/db as the last row."""

    @property
    def shows_activation(self) -> bool:
        """Whether the activation changes anything."""
        return self.placed.activation != "linear"


@dataclass(frozen=True, eq=False)
class Passage:
    """A whole pass."""

    inputs: Array
    """(n_inputs, n_samples) as the network took them."""
    layers: tuple[LayerPassage, ...]
    targets: Array | None
    """(n_outputs, n_samples); None: forward only."""
    losses: Array | None
    """(n_samples,) in float64."""
    is_fused: bool
    """Whether the loss contains the last activation."""

    @property
    def n_samples(self) -> int:
        """Samples in the batch."""
        return int(self.inputs.shape[1])

    @property
    def has_way_back(self) -> bool:
        """Whether there is a target, and so a loss and gradients."""
        return self.targets is not None


def pass_through(network: Network, inputs: Array, coded: Array | None) -> Passage:
    """Run a batch through a copy of a network, and back if it has targets; inputs (n, n_inputs).

    Without targets it runs as it does when the network is asked: no dropout, running statistics.
    """
    count = len(network.layers)
    kept: list[dict[str, Any]] = [{} for _ in range(count)]
    taken = None
    for piece, space in network.in_pieces(inputs, coded):
        here, below, values = space.slots[piece.layer + 1], space.slots[piece.layer], kept[piece.layer]
        if piece.kind == "z":
            taken = space.slots[0].activations.copy() if taken is None else taken
            values |= {"x": below.activations.copy(), "z": here.preactivations.copy()}
            values |= {"notes": {name: note.copy() for name, note in space.notes[piece.layer].items()}}
            values["a"] = values["z"]
        elif piece.kind == "a":
            values["a"] = here.activations.copy()
        elif piece.kind == "loss":
            values["arriving"] = _copy(here.delta)
        elif piece.kind == "delta":
            values |= {"delta": _copy(here.delta), "slope": _copy(here.slope)}
        elif piece.kind == "gradients":
            values["grad_block"] = network.layers[piece.layer].grad_block.copy()
            values["backpropagated"] = _copy(below.delta)
            if piece.layer:
                kept[piece.layer - 1]["arriving"] = _copy(below.delta)
    assert taken is not None
    return _passage(network, kept, taken, None if coded is None else np.asarray(coded).T)


def _passage(network: Network, kept: list[dict[str, Any]], inputs: Array, targets: Array | None) -> Passage:
    loss, last = network.loss, kept[-1]
    is_fused = loss.fused_activation is not None
    losses = None
    if targets is not None:
        compared = last["z"] if is_fused else last["a"]
        losses = np.asarray(loss.value(compared.astype(np.float64), targets.astype(np.float64)))
        if is_fused:
            last["a"] = ACTIVATIONS[str(loss.fused_activation)](last["z"])
    layers = tuple(
        LayerPassage(position, network.layers[position], **values) for position, values in enumerate(kept)
    )
    return Passage(inputs, layers, targets, losses, is_fused)


def _copy(values: Array | None) -> Array | None:
    return None if values is None else values.copy()
