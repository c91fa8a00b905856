"""The stack: networks of one shape in one array, trained by the calls that train one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array, Rows
from tui_nn.engine.errors import EngineError
from tui_nn.engine.layers import BatchNorm, Dense, Dropout, Layer
from tui_nn.engine.network import Network
from tui_nn.engine.optimizers import Optimizer
from tui_nn.engine.placement import place
from tui_nn.engine.regularization import Regularization
from tui_nn.engine.stacked.clipping import StackedClipping
from tui_nn.engine.stacked.dense import StackedDense
from tui_nn.engine.stacked.dropout import StackedDropout
from tui_nn.engine.stacked.optimizers import one_or_each
from tui_nn.engine.stacked.source import StackedSource
from tui_nn.engine.workspace import Workspace, Workspaces

_CHUNK_VALUES = 1 << 18
"""Evaluation runs in chunks of about this many values of all networks, so that they stay in the cache."""


class Stack:
    """Networks with the same layers, loss and dtype; parameters, penalty rate and limits are each one's own.

    What training has made of the networks so far is taken over; they are left as they are, but for the
    random streams of dropout, which are theirs. Raises EngineError where they are not alike.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        first = networks[0]
        _check_alike(networks)
        self.loss, self.dtype = first.loss, first.dtype
        self.n_networks = len(networks)
        layers = [_stacked([n.layers[i].layer for n in networks], networks) for i in range(len(first.layers))]
        placement = place(
            first.input_shape, layers, self.dtype, first.layers[0].rng, stack=(self.n_networks,)
        )
        self.parameters = placement.parameters
        """(n_networks, n_parameters)."""
        self.gradients = placement.gradients
        """(n_networks, n_parameters): of the last step."""
        self.statistics = placement.statistics
        self.parameters[:] = [network.parameters for network in networks]
        self.gradients[:] = [network.gradients for network in networks]
        self.statistics[:] = [network.statistics for network in networks]
        self._alive = _stack_alive(networks)
        self._flat = self.gradients.reshape(-1)
        self._n_outputs, self._widest = first.n_outputs, max(first.layer_sizes)
        self._workspaces = Workspaces(placement.layers, self.loss, self.dtype, self.n_networks)
        self._clip_value = StackedClipping([network.clip_value for network in networks])
        self._clip_norm = StackedClipping([network.clip_norm for network in networks])
        penalties = [network.penalty for network in networks]
        name = next((penalty.name for penalty in penalties if penalty is not None), None)
        self._penalty_rates = one_or_each([0.0 if penalty is None else penalty.rate for penalty in penalties])
        self._regularization: Regularization | None = None
        if name is not None:
            ratio = one_or_each([0.5 if penalty is None else penalty.l1_ratio for penalty in penalties])
            self._regularization = Regularization(name, ratio, self.parameters, placement.weight_mask)

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
        if self._clip_value.is_needed:
            self._clip_value.by_value(self.gradients)
        if self._clip_norm.is_needed:
            self._clip_norm.by_norm(self.gradients)
        if self._regularization is not None:
            self._regularization.measure(learning_rate * self._penalty_rates)
        optimizer.update(self.parameters, self.gradients, learning_rate)
        killed = None if self._regularization is None else self._regularization.move()
        if killed is not None:
            self._alive = ~killed if self._alive is None else self._alive & ~killed
        if self._alive is not None:
            np.multiply(self.parameters, self._alive, self.parameters)

    def not_finite(self) -> list[int]:
        """Return the networks whose gradient of the last step was not finite."""
        if np.isfinite(np.dot(self._flat, self._flat)):
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
            z = top.activations if self.loss.fused_activation is None else top.preactivations
            self._rows(space.targets)[...] = wanted[..., part, :]
            losses = self.loss.value(z.astype(np.float64), space.targets.astype(np.float64))
            sums += losses.reshape(self.n_networks, -1).sum(axis=1)
        return outputs, sums

    def write(self, position: int, network: Network) -> None:
        """Put one network's numbers into a solo network of the same shape."""
        network.parameters[:] = self.parameters[position]
        network.gradients[:] = self.gradients[position]
        state = {"statistics": self.statistics[position]}
        if self._alive is not None and not self._alive[position].all():
            state["alive"] = self._alive[position]
        network.load_state(state)

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


def _check_alike(networks: Sequence[Network]) -> None:
    """Raise EngineError where networks cannot be one stack."""
    first = networks[0]
    penalties = {network.penalty.name for network in networks if network.penalty is not None}
    if len(penalties) > 1:
        raise EngineError(f"Penalties differ in a stack: {', '.join(sorted(penalties))}.")
    for network in networks:
        if (network.loss.name, network.dtype, network.input_shape) != (
            first.loss.name,
            first.dtype,
            first.input_shape,
        ):
            raise EngineError("The networks of a stack share loss, dtype and inputs; these do not.")
        if len(network.layers) != len(first.layers):
            raise EngineError("The networks of a stack have the same layers; these do not.")
        if network.holds is not None:
            raise EngineError("A network with frozen or cut weights cannot be stacked.")


def _stacked(layers: Sequence[Layer], networks: Sequence[Network]) -> Layer:
    """Return the layer that stands for these, the same layer of each network."""
    match layers[0]:
        case Dropout():
            drops = [layer for layer in layers if isinstance(layer, Dropout)]
            if len(drops) == len(layers) and len({drop.rate > 0.0 for drop in drops}) == 1:
                rngs = tuple(network.layers[0].rng for network in networks)
                return StackedDropout(tuple(drop.rate for drop in drops), rngs)
        case Dense(units, activation) as dense if all(layer == dense for layer in layers):
            return StackedDense(units, activation)
        case BatchNorm() as norm if all(layer == norm for layer in layers):
            return norm
    raise EngineError("Only dense networks with the same layers can be stacked.")


def _stack_alive(networks: Sequence[Network]) -> npt.NDArray[Any] | None:
    """Return which parameters L1 has not killed, (n_networks, n_parameters), or None while all live."""
    if all(network.alive is None for network in networks):
        return None
    ones = np.ones(networks[0].n_parameters, bool)
    return np.stack([ones if network.alive is None else network.alive for network in networks])
