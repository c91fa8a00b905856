"""The workspace: every array that a batch of one size needs, and the tape of calls that runs it.

Making a workspace allocates once and binds each NumPy call to its arrays. Running it is a loop over the tape,
so a step of training allocates nothing and costs little beyond the calls themselves.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

from tui_nn.engine.activations import ACTIVATIONS
from tui_nn.engine.arrays import Array, Operation
from tui_nn.engine.layers import Pass, PlacedLayer, Slot
from tui_nn.engine.losses import Loss
from tui_nn.engine.tape import Scratch, record

MAX_WORKSPACES = 12
"""Batch sizes in use at once: of training, its remainder, maps, evaluation and its last chunks."""


@dataclass(frozen=True)
class Piece:
    """A part of the tape after which something is worth a look."""

    kind: str
    """z, a, slopes, loss (dL/da of the last layer), delta (dL/dz), or gradients (and dL/da below)."""
    layer: int
    """Position of the layer; of the slopes and the loss the last."""
    operations: Sequence[Operation]


class Workspace:
    """Buffers and tapes for `n` samples; with `training`, those of the way back too.

    n_networks: of a stack (stacked/), each with `n` samples of its own, which lie behind one another.
    """

    def __init__(
        self,
        layers: Sequence[PlacedLayer],
        loss: Loss,
        n: int,
        dtype: np.dtype[Any],
        *,
        training: bool,
        n_networks: int = 1,
    ) -> None:
        n_inputs, width = math.prod(layers[0].input_shape), n * n_networks
        self.inputs: Array = np.ones((width, n_inputs + 1), dtype)
        """(n, n_inputs + 1): a row is a sample, the last column stays one."""
        self.targets: Array = np.zeros((layers[-1].units, width), dtype)
        self._training = training
        self._activations = [placed.activation for placed in layers]
        if training and loss.fused_activation is not None:
            self._activations[-1] = "linear"  # the loss contains it
        self.forward: list[Operation] = []
        self.backward: list[Operation] = []
        self.pieces: list[Piece] = []
        """Both tapes, forward and backward, cut where one value is complete and the next begins."""
        self.slots = self._make_slots(layers, width, dtype)
        """Values of the inputs and of each layer. In training the last may be logits."""
        self._scratch = Scratch(dtype)
        passes = [
            placed.layer.connect(placed, below, here, training)
            for placed, below, here in zip(layers, self.slots, self.slots[1:], strict=False)
        ]
        self.notes = [layer.notes for layer in passes]
        """What each layer writes down beside its values; see Pass."""
        self._write_forward(passes)
        if training:
            last = len(layers) - 1
            self._write_slopes()
            self._cut("slopes", last, self.backward, 0)
            start = len(self.backward)
            self._write_loss(loss, np.array(1.0 / n, dtype))
            self._cut("loss", last, self.backward, start)
            self._write_backward(passes)

    def _make_slots(self, layers: Sequence[PlacedLayer], n: int, dtype: np.dtype[Any]) -> list[Slot]:
        """Lay all layers' values under one another, in one array of each kind, a row of ones below each."""
        own = [not placed.layer.keeps_values(self._training) for placed in layers]
        self._stops = np.cumsum(
            [(placed.units + 1) * is_own for placed, is_own in zip(layers, own, strict=True)]
        )
        height = int(self._stops[-1])
        self._z: Array = np.zeros((height, n), dtype)
        self._a: Array = np.ones((height, n), dtype)
        self._slope: Array = np.ones((height if self._training else 0, n), dtype)
        delta: Array = np.zeros((height if self._training else 0, n), dtype)
        extended = self.inputs.T
        if not layers[0].layer.reads_rows:
            extended = np.ones(extended.shape, dtype)
            self.forward.append(partial(np.copyto, extended, self.inputs.T))
        slots = [Slot(extended[:-1], extended[:-1], extended)]
        for placed, is_own, stop, activation in zip(layers, own, self._stops, self._activations, strict=True):
            if not is_own:
                below = slots[-1]
                slots.append(Slot(below.activations, below.activations, below.extended, None, below.delta))
                continue
            rows = slice(stop - 1 - placed.units, stop - 1)
            a = self._a[rows]
            is_linear = activation == "linear"
            slots.append(
                Slot(
                    preactivations=a if is_linear else self._z[rows],
                    activations=a,
                    extended=self._a[rows.start : stop],
                    slope=self._slope[rows] if self._training and not is_linear else None,
                    delta=delta[rows] if self._training else None,
                )
            )
        return slots

    def _write_forward(self, passes: Sequence[Pass]) -> None:
        """Write layer by layer upwards: z from the layer below, then a = f(z)."""
        start = 0
        for position, (layer, here) in enumerate(zip(passes, self.slots[1:], strict=True)):
            self.forward += layer.forward
            self._cut("z", position, self.forward, start)
            start = len(self.forward)
            if here.preactivations is not here.activations:
                value = ACTIVATIONS[self._activations[position]].value
                self.forward += record(value, [here.preactivations], [here.activations], self._scratch)
                self._cut("a", position, self.forward, start)
                start = len(self.forward)

    def _cut(self, kind: str, layer: int, tape: list[Operation], start: int) -> None:
        """Note what was written on a tape from `start` on as one piece."""
        self.pieces.append(Piece(kind, layer, tape[start:]))

    def _write_loss(self, loss: Loss, share: Array) -> None:
        """Write dL/da of the last layer, for the mean over samples."""
        top = self.slots[-1]
        assert top.delta is not None

        def gradient_of_mean(o: Array, t: Array, share: Array) -> Array:
            return share * loss.gradient(o, t)

        arguments = [top.activations, self.targets, share]
        self.backward += record(gradient_of_mean, arguments, [top.delta], self._scratch)

    def _write_backward(self, passes: Sequence[Pass]) -> None:
        """Write layer by layer downwards: dL/dz = dL/da f'(z), then the gradients and dL/da below."""
        for position in reversed(range(len(passes))):
            here, start = self.slots[position + 1], len(self.backward)
            if here.slope is not None:
                self.backward.append(partial(np.multiply, here.delta, here.slope, here.delta))
            self._cut("delta", position, self.backward, start)
            start = len(self.backward)
            self.backward += passes[position].backward
            self._cut("gradients", position, self.backward, start)

    def _write_slopes(self) -> None:
        """Write f'(z): one pass for each run of neighboring layers that share an activation."""
        start = 0
        for name, run in groupby(zip(self._activations, self._stops, strict=True), key=lambda pair: pair[0]):
            stop = int(list(run)[-1][1])
            rows = slice(start, stop)
            if name != "linear" and stop > start:
                arguments = [self._z[rows], self._a[rows]]
                self.backward += record(
                    ACTIVATIONS[name].derivative, arguments, [self._slope[rows]], self._scratch
                )
            start = stop


class Workspaces:
    """The workspaces of a network, made at the first use of a batch size; the few used last are kept."""

    def __init__(
        self, layers: Sequence[PlacedLayer], loss: Loss, dtype: np.dtype[Any], n_networks: int = 1
    ) -> None:
        self._layers, self._loss, self._dtype, self._n_networks = layers, loss, dtype, n_networks
        self._kept: OrderedDict[tuple[int, bool], Workspace] = OrderedDict()
        self._last: tuple[int, bool] | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, n: int, training: bool) -> Workspace:
        """Return the workspace for batches of `n`."""
        key = (n, training)
        if key != self._last:
            self._last = key
            if key not in self._kept:
                self._kept[key] = Workspace(
                    self._layers, self._loss, n, self._dtype, training=training, n_networks=self._n_networks
                )
            self._kept.move_to_end(key)
            if len(self._kept) > MAX_WORKSPACES:
                self._kept.popitem(last=False)
        return self._kept[key]
