"""The workspace: every array that a batch of one size needs, and the tape of calls that runs it.

Making a workspace allocates once and binds each NumPy call to its arrays. Running it is a loop over the tape,
so a step of training allocates nothing and costs little beyond the calls themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from tui_nn.engine.activations import ACTIVATIONS
from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.layers import PlacedLayer, Slot
from tui_nn.engine.losses import Loss


class Workspace:
    """Buffers and tapes for `n` samples; with `training`, those of the way back too."""

    def __init__(
        self, layers: Sequence[PlacedLayer], loss: Loss, n: int, dtype: np.dtype[Any], training: bool
    ):
        n_inputs = int(np.prod(layers[0].input_shape))
        self.inputs: Array = np.ones((n, n_inputs + 1), dtype)
        """(n, n_inputs + 1): a row is a sample, the last column stays one."""
        self.targets: Array = np.zeros((layers[-1].units, n), dtype)
        self.slots = self._make_slots(layers, n, dtype, training)
        self.forward: list[Operation] = []
        self.backward: list[Operation] = []
        fused = training and loss.fused_activation is not None
        for placed, below, here in zip(layers, self.slots, self.slots[1:], strict=False):
            self.forward += placed.layer.forward(placed, below, here, training)
            if placed.activation != "linear" and not (fused and placed is layers[-1]):
                value = ACTIVATIONS[placed.activation].value
                self.forward.append(partial(value, here.preactivations, here.activations))
        if training:
            self._write_backward(layers, loss, n, dtype, fused)

    def _make_slots(
        self, layers: Sequence[PlacedLayer], n: int, dtype: np.dtype[Any], training: bool
    ) -> list[Slot]:
        """Lay all layers' values under one another in one array for each kind."""
        height = sum(placed.units + 1 for placed in layers if not placed.layer.keeps_values)
        self._z: Array = np.zeros((height, n), dtype)
        self._a: Array = np.ones((height, n), dtype)
        self._delta: Array = np.zeros((height if training else 0, n), dtype)
        slots = [Slot(self.inputs[:, :-1].T, self.inputs[:, :-1].T, self.inputs.T, None)]
        top = 0
        for placed in layers:
            if placed.layer.keeps_values:
                slots.append(slots[-1])
                continue
            own = slice(top, top + placed.units)
            z = (self._a if placed.activation == "linear" else self._z)[own]
            delta = self._delta[own] if training else None
            slots.append(Slot(z, self._a[own], self._a[top : own.stop + 1], delta))
            top = own.stop + 1
        return slots

    def _write_backward(
        self,
        layers: Sequence[PlacedLayer],
        loss: Loss,
        n: int,
        dtype: np.dtype[Any],
        fused: bool,
    ) -> None:
        """Write the chain rule: slopes of all layers, dL/da of the last, then layer by layer downwards."""
        slopes: Array = np.ones_like(self._z)
        with_slope = list(layers[:-1]) if fused else list(layers)
        self.backward += self._slope_operations(with_slope, slopes)
        outputs = self.slots[-1]
        share = np.array(loss.factor(layers[-1].units) / n, dtype)
        compared = outputs.preactivations if fused else outputs.activations
        assert outputs.delta is not None
        self.backward.append(partial(loss.gradient, compared, self.targets, share, outputs.delta))
        tops = self._tops(layers)
        for index in reversed(range(len(layers))):
            placed, below, here = layers[index], self.slots[index], self.slots[index + 1]
            if index < len(with_slope) and placed.activation != "linear" and here.delta is not None:
                slope = slopes[tops[index] : tops[index] + placed.units]
                self.backward.append(partial(np.multiply, here.delta, slope, here.delta))
            self.backward += placed.layer.backward(placed, below, here)

    def _slope_operations(self, layers: Sequence[PlacedLayer], slopes: Array) -> list[Operation]:
        """Return one call of f'(z) for each run of neighboring layers that share an activation."""
        operations: list[Operation] = []
        runs: list[tuple[str, int, int]] = []
        for placed, top in zip(layers, self._tops(layers), strict=True):
            if placed.layer.keeps_values:
                continue
            stop = top + placed.units + 1
            if runs and runs[-1][0] == placed.activation:
                runs[-1] = (placed.activation, runs[-1][1], stop)
            else:
                runs.append((placed.activation, top, stop))
        for name, top, stop in runs:
            if name != "linear":
                derivative = ACTIVATIONS[name].derivative
                rows = slice(top, stop)
                operations.append(partial(derivative, self._z[rows], self._a[rows], slopes[rows]))
        return operations

    @staticmethod
    def _tops(layers: Sequence[PlacedLayer]) -> list[int]:
        """Return the first row of each layer's values."""
        heights = [0 if placed.layer.keeps_values else placed.units + 1 for placed in layers]
        return [sum(heights[:index]) for index in range(len(heights))]
