"""The stack: networks of one shape in one array, trained by the calls that train one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array, Rows
from tui_nn.engine.layers import Dropout
from tui_nn.engine.network import Network
from tui_nn.engine.optimizers import Optimizer
from tui_nn.engine.placement import place
from tui_nn.engine.stacked.alike import stacked_layers
from tui_nn.engine.stacked.source import StackedSource
from tui_nn.engine.stacked.updating import Updating
from tui_nn.engine.workspace import Workspace, Workspaces

_CHUNK_VALUES = 1 << 18
"""Evaluation runs in chunks of about this many values of all networks, so that they stay in the cache."""


class Stack:
    """Networks with the same layers, loss and dtype; parameters, penalty rate and limits are each one's own.

    What training has made of the networks so far is taken over; they are left as they are, their random
    streams too. Raises EngineError where they are not alike.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        first = networks[0]
        draws = any(isinstance(placed.layer, Dropout) for placed in first.layers)
        self._rngs = [deepcopy(network.layers[0].rng) for network in networks if draws]
        layers = stacked_layers(networks, self._rngs)
        self.loss, self.dtype = first.loss, first.dtype
        self.n_networks = len(networks)
        placed = place(first.input_shape, layers, self.dtype, first.layers[0].rng, stack=(self.n_networks,))
        self.parameters = placed.parameters
        """(n_networks, n_parameters)."""
        self.gradients = placed.gradients
        """(n_networks, n_parameters): of the last step."""
        self.statistics = placed.statistics
        """(n_networks, n): what layers measure and do not train (batch norm)."""
        self.parameters[:] = [network.parameters for network in networks]
        self.gradients[:] = [network.gradients for network in networks]
        self.statistics[:] = [network.statistics for network in networks]
        self._all_gradients = self.gradients.reshape(-1)
        self._n_outputs, self._widest = first.n_outputs, max(first.layer_sizes)
        self._workspaces = Workspaces(placed.layers, self.loss, self.dtype, self.n_networks)
        self._updating = Updating(networks, self.parameters, self.gradients, placed.weight_mask)

    def gradient(self, source: StackedSource, rows: Rows) -> Array:
        """Fill and return `gradients`: dL/dp of each network's mean loss over its samples.

        rows: (n_networks, n) row numbers in `source.samples`, which are trusted to be in range.
        """
        space = self._workspaces.get(rows.shape[1], True)
        numbers = rows.reshape(-1)
        source.samples.inputs.take(numbers, 0, space.inputs, "clip")
        source.samples.targets.take(numbers, 1, space.targets, "clip")
        for operation in space.forward:
            operation()
        for operation in space.backward:
            operation()
        return self.gradients

    def train_step(
        self, source: StackedSource, rows: Rows, optimizer: Optimizer, learning_rate: float | Array
    ) -> None:
        """Take one step of each: gather, forward, backward, clip, update, regularize.

        learning_rate: of all, or (n_networks, 1); of which of these shapes must not change between steps.
        """
        self.gradient(source, rows)
        self._updating.update(optimizer, learning_rate)

    def not_finite(self) -> list[int]:
        """Return the networks whose gradient of the last step was not finite."""
        if np.isfinite(np.dot(self._all_gradients, self._all_gradients)):
            return []
        return [i for i, row in enumerate(self.gradients) if not np.isfinite(np.dot(row, row))]

    def predict(self, inputs: npt.ArrayLike) -> Array:
        """Return the outputs (n_networks, n, n_outputs) in evaluation mode; a fresh array.

        inputs: (n, n_inputs) for all, or (n_networks, n, n_inputs).
        """
        rows = np.asarray(inputs)
        outputs = np.empty((self.n_networks, rows.shape[-2], self._n_outputs), self.dtype)
        for part, space in self._forward(rows):
            outputs[:, part] = self._rows(space.slots[-1].activations)
        return outputs

    def evaluate(self, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> tuple[Array, Array]:
        """Return what `predict` does, and each network's sum over samples of the loss (float64).

        targets: (n, n_outputs), or (n_networks, n, n_outputs).
        """
        rows, wanted = np.asarray(inputs), np.asarray(targets)
        outputs = np.empty((self.n_networks, rows.shape[-2], self._n_outputs), self.dtype)
        sums = np.zeros(self.n_networks)
        for part, space in self._forward(rows):
            top = space.slots[-1]
            outputs[:, part] = self._rows(top.activations)
            compared = top.activations if self.loss.fused_activation is None else top.preactivations
            self._rows(space.targets)[...] = wanted[..., part, :]
            with np.errstate(over="ignore", invalid="ignore"):
                losses = self.loss.value(compared.astype(np.float64), space.targets.astype(np.float64))
                sums += losses.reshape(self.n_networks, -1).sum(axis=1)
        return outputs, sums

    def write(self, position: int, network: Network) -> None:
        """Put one network's numbers and random stream into a solo one of the same shape; its holds stay."""
        network.parameters[:] = self.parameters[position]
        network.gradients[:] = self.gradients[position]
        state = network.state() | {"statistics": self.statistics[position]}
        state.pop("alive", None)
        alive = self._updating.alive
        if alive is not None and not alive[position].all():
            state["alive"] = alive[position]
        network.load_state(state)
        if self._rngs:
            network.layers[0].rng.bit_generator.state = self._rngs[position].bit_generator.state

    def _rows(self, columns: Array) -> Array:
        """Return (units, n_networks * n) as (n_networks, n, units), a view."""
        view: Array = columns.reshape(len(columns), self.n_networks, -1).transpose(1, 2, 0)
        return view

    def _forward(self, rows: Array) -> Iterator[tuple[slice, Workspace]]:
        """Run inputs through all networks chunk by chunk; yield each chunk's place and its workspace."""
        n = rows.shape[-2]
        chunk = max(1, min(1024, _CHUNK_VALUES // (self._widest * self.n_networks)))
        for start in range(0, n, chunk):
            part = slice(start, min(start + chunk, n))
            space = self._workspaces.get(part.stop - start, False)
            own = space.inputs.reshape(self.n_networks, part.stop - start, -1)
            with np.errstate(over="ignore", invalid="ignore"):
                own[:, :, :-1] = rows[..., part, :]
                for operation in space.forward:
                    operation()
            yield part, space
