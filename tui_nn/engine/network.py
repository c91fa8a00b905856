"""The network: layers over one flat vector of parameters, and what can be done with it.

The face of this class speaks in rows: a row is a sample. Inside a step columns are samples (layers/layer.py).
Numbers may overflow when training diverges: hold `np.errstate(over="ignore", invalid="ignore")` around a loop
of steps and ask `first_layer_not_finite` now and then.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_nn.engine.arrays import Array, Rows
from tui_nn.engine.clipping import clip_by_norm, clip_by_value
from tui_nn.engine.constraints import OTHER_SHAPE, Constraints
from tui_nn.engine.errors import EngineError
from tui_nn.engine.initializers import INITIALIZERS
from tui_nn.engine.layers import Layer
from tui_nn.engine.losses import LOSSES, Loss
from tui_nn.engine.optimizers import Optimizer
from tui_nn.engine.placement import check_activations, place, sample_shape
from tui_nn.engine.registry import look_up
from tui_nn.engine.regularizers import Penalty
from tui_nn.engine.source import Source
from tui_nn.engine.trace import Trace, chunks, new_trace
from tui_nn.engine.updating import Updating
from tui_nn.engine.workspace import Piece, Workspace, Workspaces


class Network:
    """Layers over one flat vector of parameters.

    input_shape: (n_inputs,) or (channels, height, width); (height, width) is read as one channel.
    layers: descriptions in order, such as [Dense(8, "tanh"), Dense(1, "sigmoid")]; the last one's activation
    must be one that `loss` allows. rng draws the weights, dropout_rng what training itself leaves to chance.
    Raises EngineError where the parts do not fit.

    Live attributes: `penalty` (Penalty or None), `clip_norm`, `clip_value` (a number or None).
    """

    def __init__(
        self,
        input_shape: int | Sequence[int],
        layers: Sequence[Layer],
        *,
        loss: str | Loss,
        rng: np.random.Generator,
        dtype: npt.DTypeLike = "float32",
        initializer: str = "xavier",
        bias_init: float = 0.0,
        dropout_rng: np.random.Generator | None = None,
    ) -> None:
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        if self.dtype not in (np.float32, np.float64):
            raise EngineError(f"dtype is {self.dtype}; allowed are float32 and float64.")
        self.loss = look_up("loss", LOSSES, loss) if isinstance(loss, str) else loss
        self.input_shape = sample_shape(input_shape)
        self.penalty: Penalty | None = None
        self.clip_norm: float | None = None
        self.clip_value: float | None = None
        placement = place(self.input_shape, layers, self.dtype, dropout_rng or np.random.default_rng(0))
        self.layers = placement.layers
        """The layers in order, each with views `weights`, `biases`, `grad_weights`, `grad_biases`."""
        self.parameters = placement.parameters
        """(n_parameters,): every weight and bias; write to it freely."""
        self.gradients = placement.gradients
        """(n_parameters,): of the last step."""
        self.statistics = placement.statistics
        """What layers measure and do not train (batch norm)."""
        self.weight_mask = placement.weight_mask
        """(n_parameters,): True for weights, False for biases: who is regularized."""
        self.constraints = Constraints(self.parameters)
        """What training leaves alone."""
        self._updating = Updating(self.parameters, self.gradients, self.weight_mask, self.constraints)
        check_activations(self.layers, self.loss)
        self._workspaces = Workspaces(self.layers, self.loss, self.dtype)
        chosen = look_up("initializer", INITIALIZERS, initializer)
        for placed in self.layers:
            placed.layer.initialize(placed, chosen, bias_init, rng)

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases."""
        return self.parameters.size

    @property
    def n_inputs(self) -> int:
        """Number of values in one input sample."""
        return math.prod(self.input_shape)

    @property
    def n_outputs(self) -> int:
        """Number of values in one output."""
        return self.layers[-1].units

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """Units of each layer, the inputs included."""
        return (self.n_inputs, *(placed.units for placed in self.layers))

    def prepare(self, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> Source:
        """Return inputs (n, ...) and targets (n, n_outputs) in the layout of the hot path.

        Raises EngineError on a wrong shape, and on NaN or infinity.
        """
        rows = self._input_rows(inputs)
        wanted = np.asarray(targets)
        if wanted.shape != (len(rows), self.n_outputs):
            raise EngineError(f"Targets are {wanted.shape}; needed are {(len(rows), self.n_outputs)}.")
        extended = np.ones((len(rows), self.n_inputs + 1), self.dtype)
        extended[:, :-1] = rows
        columns = np.ascontiguousarray(wanted.T, self.dtype)
        if not (np.isfinite(extended.sum(dtype=np.float64)) and np.isfinite(columns).all()):
            raise EngineError(
                "The data contains NaN or infinity; a network can learn only from finite numbers."
            )
        return Source(extended, columns)

    def gradient(self, source: Source, rows: Rows) -> Array:
        """Fill and return `gradients`: dL/dp of the mean loss over the samples `rows` of `source`.

        rows: row numbers, which are trusted to be in range. Layers that draw at random draw once.
        """
        for operation in self._forward_batch(source, rows).backward:
            operation()
        return self.gradients

    def in_pieces(
        self, inputs: npt.ArrayLike, targets: npt.ArrayLike | None = None
    ) -> Iterator[tuple[Piece, Workspace]]:
        """Do to a batch what `gradient` does, or without targets what `predict` does, piece by piece.

        inputs (n, ...), targets (n, n_outputs). Yields after each piece the buffers as they are then. Raises
        EngineError on a wrong shape.
        """
        rows = self._input_rows(inputs)
        space = self._workspaces.get(len(rows), targets is not None)
        space.inputs[:, :-1] = rows
        if targets is not None:
            space.targets[...] = np.asarray(targets).T
        for piece in space.pieces:
            for operation in piece.operations:
                operation()
            yield piece, space

    def training_loss(self, source: Source, rows: Rows) -> float:
        """Return the mean loss over the samples `rows` of `source` in training mode (dropout drawn)."""
        space = self._forward_batch(source, rows)
        return self.loss_of(space, space.targets) / len(rows)

    def _forward_batch(self, source: Source, rows: Rows) -> Workspace:
        """Gather a batch and run it upwards; "clip" because NumPy copies once more when asked to check."""
        space = self._workspaces.get(len(rows), True)
        source.inputs.take(rows, 0, space.inputs, "clip")
        source.targets.take(rows, 1, space.targets, "clip")
        for operation in space.forward:
            operation()
        return space

    def train_step(self, source: Source, rows: Rows, optimizer: Optimizer, learning_rate: float) -> None:
        """Take one step: gather, forward, backward, clip, update, regularize."""
        self.gradient(source, rows)
        held = self.constraints.holds
        if held is not None:
            self.gradients[held.held] = 0.0
        if self.clip_value is not None:
            clip_by_value(self.gradients, self.clip_value)
        if self.clip_norm is not None:
            clip_by_norm(self.gradients, self.clip_norm)
        self._updating.update(optimizer, learning_rate, self.penalty)

    def state(self) -> dict[str, Array]:
        """Return copies of what training changes beside the parameters, and what is held; with the
        parameters, all of it.
        """
        return {"statistics": self.statistics.copy(), **self.constraints.state()}

    def load_state(self, state: Mapping[str, Array]) -> None:
        """Take over `state` of a network of the same shape. Raises EngineError on another."""
        if state["statistics"].shape != self.statistics.shape:
            raise EngineError(OTHER_SHAPE)
        self.constraints.load_state(state)
        self.statistics[...] = state["statistics"]

    def copy(
        self,
        *,
        layers: Sequence[Layer] | None = None,
        dtype: npt.DTypeLike | None = None,
        dropout_rng: np.random.Generator | None = None,
    ) -> Network:
        """Return a network with the same numbers; nothing done to it reaches this one.

        layers: others that share the parameters, such as these without dropout. dropout_rng: what training
        it leaves to chance; without it, the same draws as this one's next.
        """
        twin = Network(
            self.input_shape,
            [placed.layer for placed in self.layers] if layers is None else layers,
            loss=self.loss,
            rng=np.random.default_rng(0),
            dtype=self.dtype if dtype is None else dtype,
            initializer="zeros",
            dropout_rng=dropout_rng or deepcopy(self.layers[0].rng),
        )
        twin.penalty, twin.clip_norm, twin.clip_value = self.penalty, self.clip_norm, self.clip_value
        twin.parameters[:] = self.parameters
        twin.load_state(self.state())
        return twin

    def first_layer_not_finite(self) -> int | None:
        """Return the position of the first layer with a gradient or parameter that is not finite, or None."""
        with np.errstate(over="ignore", invalid="ignore"):
            if np.isfinite(np.dot(self.parameters, self.gradients)):
                return None
        for position, placed in enumerate(self.layers):
            if not (np.isfinite(placed.grad_block).all() and np.isfinite(placed.block).all()):
                return position
        return None

    def predict(self, inputs: npt.ArrayLike) -> Array:
        """Return the outputs (n, n_outputs) for inputs (n, ...), in evaluation mode; a fresh array."""
        rows = self._input_rows(inputs)
        outputs = np.empty((len(rows), self.n_outputs), self.dtype)
        for part, space in self._forward(rows):
            outputs[part] = space.slots[-1].activations.T
        return outputs

    def layer_outputs(self, inputs: npt.ArrayLike) -> list[Array]:
        """Return each layer's activations (n, units), in order; fresh arrays."""
        return list(self.trace(inputs).activations)

    def trace(self, inputs: npt.ArrayLike) -> Trace:
        """Return each layer's preactivations and activations for inputs (n, ...); fresh arrays."""
        rows = self._input_rows(inputs)
        trace = new_trace(len(rows), self.layer_sizes[1:], self.dtype)
        for part, space in self._forward(rows):
            for index, slot in enumerate(space.slots[1:]):
                trace.preactivations[index][part] = slot.preactivations.T
                trace.activations[index][part] = slot.activations.T
        return trace

    def loss_sum(self, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> float:
        """Return the sum over samples of the loss (float64, without penalty) for targets (n, n_outputs)."""
        wanted = np.asarray(targets)
        total = 0.0
        for part, space in self._forward(self._input_rows(inputs)):
            total += self.loss_of(space, wanted[part].T)
        return total

    def loss_value(self, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> float:
        """Return the mean loss (float64, without penalty) over inputs (n, ...), targets (n, n_outputs)."""
        rows = self._input_rows(inputs)
        return self.loss_sum(rows, targets) / len(rows)

    def loss_of(self, space: Workspace, targets: Array) -> float:
        """Return the sum of the losses of what `space` holds, for targets (n_outputs, n)."""
        top = space.slots[-1]
        compared = top.activations if self.loss.fused_activation is None else top.preactivations
        with np.errstate(over="ignore", invalid="ignore"):
            return float(self.loss.value(compared.astype(np.float64), targets).sum())

    def _forward(self, rows: Array) -> Iterator[tuple[slice, Workspace]]:
        """Run `rows` through the network chunk by chunk; yield each chunk's place and its workspace."""
        for part in chunks(len(rows), max(self.layer_sizes)):
            space = self._workspaces.get(part.stop - part.start, False)
            with np.errstate(over="ignore", invalid="ignore"):
                space.inputs[:, :-1] = rows[part]
                for operation in space.forward:
                    operation()
            yield part, space

    def _input_rows(self, inputs: npt.ArrayLike) -> Array:
        """Return inputs as (n, n_inputs). Raises EngineError where they do not fit."""
        array = np.asarray(inputs)
        if array.ndim < 2 or math.prod(array.shape[1:]) != self.n_inputs:
            raise EngineError(f"Inputs are {array.shape}; needed are (n, {self.n_inputs}).")
        return array.reshape(len(array), self.n_inputs)

    def training_workspace(self, n: int) -> Workspace:
        """Return the buffers and tapes of training steps with batches of `n`, as the last step left them."""
        return self._workspaces.get(n, True)
