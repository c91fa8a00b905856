"""Looks at one neuron: the sum that makes it, what a training step would do to it, what it was before.

The numbers are the engine's: a copy of the network takes the example up and back, without dropout.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import ACTIVATIONS, BatchNorm, Dropout, EngineError, Network
from tui_nn.engine.holds import CUT, FROZEN
from tui_nn.training.columns import Column, columns
from tui_nn.training.examples import find_example
from tui_nn.training.looks import Looks
from tui_nn.training.trainer import Trainer
from tui_nn.training.wiring import check_node, weight_column
from tui_nn.views.network.look import layer_shapes, unit_hold
from tui_nn.views.network.look_arriving import OUTSIDE, Arriving, arriving
from tui_nn.views.network.values import CUT as CUT_MARK
from tui_nn.views.network.values import FROZEN as FROZEN_MARK
from tui_nn.views.neuron.look_history import neuron_history
from tui_nn.views.neuron.values import (
    BIAS,
    MOST_TERMS,
    Equation,
    Neuron,
    NeuronRequest,
    Term,
    missing_neuron,
)
from tui_nn.views.walk.look.numbers import fill_in, short
from tui_nn.views.walk.look.passage import LayerPassage, Passage, pass_through

Array = NDArray[Any]
NO_TARGET = "The example has no class: without a target there is no loss and no gradient."
NO_BATCH = "Batch norm needs a whole batch: a single example has no gradient."


def look_at_neuron(trainer: Trainer, request: NeuronRequest) -> Neuron:
    """Return the neuron; looking changes nothing of the run."""
    try:
        check_node(trainer.network, request.node)
        example = find_example(trainer.config, trainer.problem, request.example)
    except EngineError as error:
        return missing_neuron(request.node, str(error))
    network = still_copy(trainer.network)
    has_norm = any(isinstance(placed.layer, BatchNorm) for placed in network.layers)
    with np.errstate(all="ignore"):
        passage = pass_through(network, example.inputs, None if has_norm else example.coded)
        look = _Look(trainer, network, passage, request)
        history = neuron_history(trainer, network, example.inputs, request.node, request.term)
    omitted = NO_TARGET if example.coded is None else NO_BATCH if has_norm else ""
    if request.node[0] == 0:
        value = float(passage.inputs[request.node[1], 0])
        return look.neuron(example.words, (), (Equation("a", "", "", value),), history, "")
    return look.neuron(example.words, look.terms(), look.equations(), history, omitted)


def still_copy(network: Network) -> Network:
    """Return a copy on which nothing that is tried out reaches the run; it has no dropout."""
    layers = [placed.layer for placed in network.layers if not isinstance(placed.layer, Dropout)]
    return network.copy(layers=layers)


class _Look:
    """One neuron of a passage."""

    def __init__(self, trainer: Trainer, network: Network, passage: Passage, request: NeuronRequest) -> None:
        self._trainer, self._network, self._passage = trainer, network, passage
        self._node, self._term = request.node, request.term

    def neuron(
        self,
        example: str,
        terms: Sequence[Term],
        equations: Sequence[Equation],
        history: Any,
        omitted: str,
    ) -> Neuron:
        """Return all that is known of it, with as many of its terms as are listed."""
        listed, rest = _largest(terms, (BIAS, self._term))
        layer, unit = self._node
        placed = None if layer == 0 else self._column.placed
        shape = self._network.input_shape if placed is None else placed.output_shape
        held = unit_hold(self._trainer.network, self._node)
        return Neuron(
            node=self._node,
            kind="input" if placed is None else placed.layer.name,
            below=layer_shapes(self._trainer)[max(0, layer - 1)],
            place=_place(shape, unit, "filter" if layer else "channel"),
            example=example,
            terms=tuple(listed),
            n_terms=len(terms),
            rest=rest,
            equations=tuple(equations),
            is_trained=placed is not None and placed.has_parameters,
            is_frozen=held == FROZEN_MARK,
            is_cut=held == CUT_MARK,
            history=history,
            words=omitted,
        )

    @property
    def _column(self) -> Column:
        return columns(self._network)[self._node[0] - 1]

    @property
    def _layer(self) -> LayerPassage:
        """The layer that adds up."""
        placed = self._column.placed
        return next(layer for layer in self._passage.layers if layer.placed is placed)

    @property
    def _top(self) -> LayerPassage:
        """The layer that makes the activation: the same, or its batch norm."""
        return self._passage.layers[self._column.output]

    def terms(self) -> list[Term]:
        """Return every term, the bias last."""
        layer, unit = self._layer, self._node[1]
        placed = layer.placed
        found = arriving(placed, unit, layer.x[:, 0])
        if not placed.has_parameters:
            return [self._fixed(found, row) for row in range(len(found.units))]
        column = weight_column(placed, unit)
        positions = placed.start + column + placed.block.shape[1] * np.arange(len(placed.block))
        run = self._trainer
        kept = run.network.constraints.holds
        reasons = np.zeros(len(positions), np.uint8) if kept is None else kept.reasons[positions]
        own = None if layer.grad_block is None else layer.grad_block[:, column]
        run.last_step.is_watched = True
        moved = run.last_step.change(run.network.parameters, run.step)
        batch = run.network.gradients[positions] if run.step > 0 else None
        values = np.append(found.values, 1.0)
        units = np.append(found.units, OUTSIDE)
        return [
            Term(
                source=row if row < len(found.units) else BIAS,
                unit=None if units[row] == OUTSIDE else int(units[row]),
                weight=float(placed.block[row, column]),
                value=float(values[row]),
                gradient=None if own is None else float(own[row]),
                batch_gradient=None if batch is None else float(batch[row]),
                update=None if moved is None else float(moved[positions[row]]),
                is_frozen=bool(reasons[row] & FROZEN),
                is_cut=bool(reasons[row] & CUT),
            )
            for row in range(len(positions))
        ]

    @staticmethod
    def _fixed(found: Arriving, row: int) -> Term:
        unit = int(found.units[row])
        return Term(row, unit, float(found.weights[row]), float(found.values[row]))

    def equations(self) -> list[Equation]:
        """Return z, a and delta, each with its formula filled in."""
        layer, top, unit = self._layer, self._top, self._node[1]
        kind = layer.placed.layer.name
        first = {"maxpool": "max of the window", "avgpool": "mean of the window"}.get(kind, "sum of w·a + b")
        total = float(layer.z[unit, 0])
        found = [Equation("z" if top is layer else "sum", first, "", total)]
        if top is not layer:
            found.append(self._normalization(total))
        z, a = float(top.z[unit, 0]), float(top.a[unit, 0])
        activation = ACTIVATIONS[top.placed.activation]
        if activation.name != "linear":
            letters = {"z": short(z), "z_i": short(z)}
            right = activation.formula.split(" = ", 1)[-1]
            found.append(Equation("a", right, fill_in(activation.formula, letters), a))
        else:
            found.append(Equation("a", "z", "", a))
        if layer.delta is not None:
            found.append(self._delta(float(a)))
        return found

    def _delta(self, a: float) -> Equation:
        top, unit = self._top, self._node[1]
        assert top.delta is not None
        value = float(top.delta[unit, 0])
        is_last = top.position == len(self._passage.layers) - 1
        if is_last and self._passage.is_fused:
            assert self._passage.targets is not None
            wanted = float(self._passage.targets[unit, 0])
            return Equation("delta", "a - t", f"{short(a)} - {short(wanted)}", value)
        if top.slope is None or top.arriving is None:
            return Equation("delta", "dL/da", "", value)
        pair = short(float(top.arriving[unit, 0])), short(float(top.slope[unit, 0]))
        return Equation("delta", "dL/da · f'(z)", " × ".join(pair), value)

    def _normalization(self, total: float) -> Equation:
        top = self._top
        column = weight_column(self._layer.placed, self._node[1])
        gamma, beta = float(top.placed.weights[0, column]), float(top.placed.biases[column])
        mean, variance = (float(row[column]) for row in top.placed.statistics)
        assert isinstance(top.placed.layer, BatchNorm)
        filled = (
            f"{short(gamma)} × ({short(total)} - {short(mean)}) / √({short(variance)} + "
            f"{top.placed.layer.epsilon:g}) + {short(beta)}"
        )
        formula = "γ (sum - mean) / √(variance + ε) + β"
        return Equation("z", formula, filled, float(top.z[self._node[1], 0]))


def _largest(terms: Sequence[Term], kept: tuple[int | None, ...]) -> tuple[list[Term], float]:
    """Return the terms to list, largest product first, those of `kept` in any case; and the others' sum."""

    def size(term: Term) -> float:
        return -abs(float(np.nan_to_num(term.product, nan=np.inf)))

    chosen = sorted(terms, key=lambda term: (term.source not in kept, size(term)))
    return sorted(chosen[:MOST_TERMS], key=size), sum(term.product for term in chosen[MOST_TERMS:])


def _place(shape: tuple[int, ...], unit: int, channel_word: str) -> str:
    """Return where a pixel lies, counted from 1; nothing for a neuron."""
    if len(shape) != 3:
        return ""
    channel, rest = divmod(unit, shape[1] * shape[2])
    row, column = divmod(rest, shape[2])
    words = f"row {row + 1}, column {column + 1}"
    return words if shape[0] == 1 else f"{channel_word} {channel + 1}, {words}"


def new_looks() -> Looks:
    """Return what the page asks of a session."""
    return {NeuronRequest: look_at_neuron}
