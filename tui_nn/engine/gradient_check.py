"""The gradient check: is what the chain rule says what the loss really does when a parameter is nudged?

In float64 and in training mode, with the draws of dropout repeated: central differences,
dL/dp = (L(p + h) - L(p - h)) / 2h. A parameter is left out, and counted, where a nudge of 10 h carries some
neuron over a kink (ReLU at zero, the winner of a max pool), for there the derivative jumps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui_nn.engine.activations import ACTIVATIONS
from tui_nn.engine.arrays import Array, Rows
from tui_nn.engine.network import Network
from tui_nn.engine.source import Source
from tui_nn.engine.workspace import Workspace

STEP = 1e-5
"""The nudge h: small enough for the curvature, large enough for the last digits of the loss."""
TOLERANCE = 1e-6
NEGLIGIBLE = 1e-9
"""Gradients below this are compared as if they were this large; rounding alone reaches 1e-11."""


@dataclass(frozen=True)
class LayerCheck:
    """What the check found in one layer."""

    layer: str
    activation: str
    checked: int
    """Parameters compared."""
    left_out: int
    """Parameters too near a kink to compare."""
    relative_error: float
    """Largest difference between the two gradients, as a fraction of the layer's largest gradient."""

    @property
    def passed(self) -> bool:
        """Whether the two gradients agree."""
        return self.relative_error <= TOLERANCE


def gradcheck(
    network: Network, inputs: npt.ArrayLike, targets: npt.ArrayLike, *, per_layer: int = 200, seed: int = 0
) -> list[LayerCheck]:
    """Return a row for each layer with parameters; `network` itself is not touched.

    inputs (n, ...) and targets (n, n_outputs) as encoded: one batch, 10 samples or so. Of a layer with more
    than `per_layer` parameters that many are drawn and compared.
    """
    probe = _Probe(network, inputs, targets, seed)
    rng = np.random.default_rng(seed)
    gradients = probe.gradients()
    checks: list[LayerCheck] = []
    for placed in probe.network.layers:
        if not placed.has_parameters:
            continue
        size = placed.block.size
        drawn = rng.permutation(size)[:per_layer] + placed.start
        smooth = [position for position in drawn if probe.is_smooth_at(position)]
        numeric = np.array([probe.slope_at(position) for position in smooth])
        analytic = gradients[smooth]
        largest = max(np.abs(np.append(analytic, NEGLIGIBLE)).max(), np.abs(np.append(numeric, 0.0)).max())
        error = float(np.abs(np.append(analytic - numeric, 0.0)).max() / largest)
        checks.append(
            LayerCheck(placed.name, placed.activation, len(smooth), len(drawn) - len(smooth), error)
        )
    return checks


class _Probe:
    """A float64 twin of a network with one batch, to be nudged."""

    def __init__(self, network: Network, inputs: npt.ArrayLike, targets: npt.ArrayLike, seed: int) -> None:
        self._dropout = np.random.default_rng(seed)
        self._draws = self._dropout.bit_generator.state
        self.network = network.copy(dtype="float64", dropout_rng=self._dropout)
        self.source: Source = self.network.prepare(inputs, targets)
        self.rows: Rows = np.arange(self.source.n_samples)

    def gradients(self) -> Array:
        """Return dL/dp by the chain rule (n_parameters,)."""
        self._dropout.bit_generator.state = self._draws
        gradients: Array = self.network.gradient(self.source, self.rows).copy()
        return gradients

    def slope_at(self, position: int) -> float:
        """Return dL/dp of one parameter by central differences."""
        above, below = (self._loss(position, nudge) for nudge in (STEP, -STEP))
        return (above - below) / (2.0 * STEP)

    def is_smooth_at(self, position: int) -> bool:
        """Return whether no kink lies within 10 h of the parameter."""
        above, below = (self._pieces(position, nudge) for nudge in (10.0 * STEP, -10.0 * STEP))
        return all(np.array_equal(a, b) for a, b in zip(above, below, strict=True))

    def _loss(self, position: int, nudge: float) -> float:
        kept = self.network.parameters[position]
        self.network.parameters[position] = kept + nudge
        self._dropout.bit_generator.state = self._draws
        loss = self.network.training_loss(self.source, self.rows)
        self.network.parameters[position] = kept
        return loss

    def _pieces(self, position: int, nudge: float) -> list[Array]:
        """Return which side of every kink each neuron is on, with one parameter nudged."""
        self._loss(position, nudge)
        space: Workspace = self.network.training_workspace(len(self.rows))
        pieces: list[Array] = []
        for placed, below, here in zip(self.network.layers, space.slots, space.slots[1:], strict=False):
            pieces += [here.preactivations > kink for kink in ACTIVATIONS[placed.activation].kinks]
            piece = placed.layer.piece(placed, below)
            pieces += [] if piece is None else [piece]
        if self.network.loss.kink is not None:
            pieces.append(self.network.loss.kink(space.slots[-1].activations, space.targets) > 0.0)
        return pieces
