"""What the picture of a network shows: the strongest neurons of each layer, their links, maps and values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Dense, EngineError, Network, PlacedLayer
from tui_nn.engine.holds import CUT, CUT_LINK, CUT_SOURCE, CUT_TARGET, FROZEN_LINK, FROZEN_NEURON
from tui_nn.training.columns import Column, columns
from tui_nn.training.examples import find_example
from tui_nn.training.names import Node
from tui_nn.training.problem import SHOWN_POINTS
from tui_nn.training.trainer import Trainer
from tui_nn.training.wiring import leaving_positions, own_positions, weight_column
from tui_nn.views.map.look import as_grids, as_maps, layer_outputs
from tui_nn.views.map.values import Grid
from tui_nn.views.network.look_arriving import OUTSIDE, arriving
from tui_nn.views.network.values import CUT as CUT_MARK
from tui_nn.views.network.values import FROZEN as FROZEN_MARK
from tui_nn.views.network.values import MOST_UNITS, NOT_HELD, Insides, InsidesRequest

Array = NDArray[Any]
Units = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Activations:
    """(n,) of each layer, the input included, and whose they are."""

    values: list[Array]
    is_probed: bool
    example: str = ""


def look_at_network(trainer: Trainer, request: InsidesRequest) -> Insides:
    """Return the insides; looking changes nothing of the run."""
    network = trainer.network
    shapes = layer_shapes(trainer)
    found = columns(network)
    units = strongest_units(network, shapes, request.kept)
    activations = _activations(trainer, request)
    linked = [
        _links(column.placed, units[i], units[i + 1], activations.values[i], column.placed.block)
        for i, column in enumerate(found)
    ]
    gradients: list[Array] = []
    grad_biases: list[Array] = []
    if request.coloring == "gradients":
        for i, column in enumerate(found):
            block = column.placed.grad_block
            gradients.append(_links(column.placed, units[i], units[i + 1], activations.values[i], block))
            grad_biases.append(_biases(column.placed, block, units[i + 1]))
    held_links, held_units = _holds(network, found, units)
    return Insides(
        weights=_floats(linked),
        biases=_floats([_biases(c.placed, c.placed.block, units[i + 1]) for i, c in enumerate(found)]),
        maps=_maps(trainer, request.grid, units) if trainer.problem.has_map else (),
        activations=_floats(activations.values),
        is_probed=activations.is_probed,
        units=tuple(units),
        shapes=tuple(shapes),
        example=activations.example,
        coloring=request.coloring,
        grad_weights=_floats(gradients),
        grad_biases=_floats(grad_biases),
        held_links=held_links,
        held_units=held_units,
    )


def strongest_units(network: Network, shapes: list[tuple[int, ...]], kept: Node | None = None) -> list[Units]:
    """Return the numbers of the units to show of each layer, the input included, ascending.

    Large layers show MOST_UNITS: those that weigh most for the shown units of the layer above; before the
    neuron `kept`, which is always shown, those that weigh most for it.
    """
    found = columns(network)
    chosen: list[Units] = [np.arange(0)] * len(shapes)
    for layer in range(len(shapes) - 1, -1, -1):
        count = math.prod(shapes[layer])
        if count <= MOST_UNITS:
            chosen[layer] = np.arange(count)
            continue
        own = kept[1] if kept is not None and kept[0] == layer and kept[1] < count else None
        if layer == len(shapes) - 1:
            strength = np.abs(np.nan_to_num(found[-1].placed.weights)).sum(axis=0)
        else:
            is_before_kept = kept is not None and kept[0] == layer + 1 and kept[1] in chosen[layer + 1]
            readers = np.array([kept[1]]) if kept is not None and is_before_kept else chosen[layer + 1]
            strength = _strength(found[layer].placed, readers, count)
        if own is not None:
            strength[own] = np.inf
        chosen[layer] = np.sort(np.argsort(-strength, kind="stable")[:MOST_UNITS])
    return chosen


def _strength(placed: PlacedLayer, readers: Units, count: int) -> Array:
    """Return (count,): how much each unit weighs for the units of the next layer that are shown."""
    if isinstance(placed.layer, Dense):
        return np.asarray(np.abs(np.nan_to_num(placed.weights[:, readers])).sum(axis=1), np.float64)
    strength = np.zeros(count)
    for reader in readers.tolist():
        found = arriving(placed, reader, strength)
        inside = found.units != OUTSIDE
        np.add.at(strength, found.units[inside], np.abs(np.nan_to_num(found.weights[inside])))
    return strength


def _links(placed: PlacedLayer, sources: Units, units: Units, below: Array, block: Array) -> Array:
    """Return (sources, units): weights, or gradients if `block` is theirs; 0 where there is no link."""
    if isinstance(placed.layer, Dense):
        return np.asarray(block[np.ix_(sources, units)])
    matrix = np.zeros((len(sources), len(units)))
    for column, unit in enumerate(units.tolist()):
        found = arriving(placed, unit, below)
        place = {int(source): row for row, source in enumerate(found.units)}
        for row, source in enumerate(sources.tolist()):
            if source not in place:
                continue
            term = place[source]
            if placed.has_parameters:
                matrix[row, column] = block[term, weight_column(placed, unit)]
            elif block is not placed.grad_block:
                matrix[row, column] = found.weights[term]
    return matrix


def _biases(placed: PlacedLayer, block: Array, units: Units) -> Array:
    if not placed.has_parameters:
        return np.zeros(len(units))
    return np.asarray(block[-1][[weight_column(placed, int(unit)) for unit in units]])


def _activations(trainer: Trainer, request: InsidesRequest) -> _Activations:
    problem = trainer.problem
    if request.example is not None:
        try:
            example = find_example(trainer.config, problem, request.example)
        except EngineError:
            example = None
        if example is not None:
            outputs = layer_outputs(trainer.network, example.inputs)
            return _Activations([layer[0] for layer in outputs], False, example.words)
    is_probed = request.probe is not None and problem.has_map
    if request.probe is not None and is_probed:
        shown = problem.on_plane(np.array([request.probe]))
    else:
        shown = problem.train.inputs(slice(SHOWN_POINTS))
    outputs = layer_outputs(trainer.network, shown)
    return _Activations([layer.mean(axis=0) for layer in outputs], is_probed)


def _maps(trainer: Trainer, grid: Grid, units: list[Units]) -> tuple[Array, ...]:
    outputs = layer_outputs(trainer.network, trainer.problem.on_plane(grid.points()))
    if trainer.network.n_outputs == 1:
        outputs[-1] = as_maps(trainer, outputs[-1])
    return tuple(as_grids(layer[:, shown], grid) for layer, shown in zip(outputs, units, strict=True))


def layer_shapes(trainer: Trainer) -> list[tuple[int, ...]]:
    """Return the shape of each layer, the input included: (n,), or (maps, rows, columns)."""
    image = trainer.config.image_shape
    first = trainer.network.input_shape if image is None else (1, *image)
    return [first, *(column.placed.output_shape for column in columns(trainer.network))]


def _holds(
    network: Network, found: list[Column], units: list[Units]
) -> tuple[tuple[NDArray[np.uint8], ...], tuple[NDArray[np.uint8], ...]]:
    """Return what is held of the links and the units that are shown; nothing if nothing is."""
    if network.constraints.holds is None:
        return (), ()
    reasons = network.constraints.holds.reasons
    links: list[NDArray[np.uint8]] = []
    for i, column in enumerate(found):
        placed = column.placed
        marks = np.zeros((len(units[i]), len(units[i + 1])), np.uint8)
        if isinstance(placed.layer, Dense):
            block = reasons[placed.start : placed.start + placed.block.size].reshape(placed.block.shape)
            own = block[np.ix_(units[i], units[i + 1])]
            marks[(own & FROZEN_LINK) != 0] = FROZEN_MARK
            marks[((own & CUT_LINK) != 0) & ((own & (CUT ^ CUT_LINK)) == 0)] = CUT_MARK
        links.append(marks)
    return tuple(links), tuple(
        np.array([unit_hold(network, (layer, int(unit))) for unit in shown], np.uint8)
        for layer, shown in enumerate(units)
    )


def unit_hold(network: Network, node: Node) -> int:
    """Return whether a neuron is held as a whole: NOT_HELD, FROZEN or CUT."""
    if network.constraints.holds is None:
        return 0
    reasons = network.constraints.holds.reasons
    own = own_positions(network, node)
    if own.size:
        is_cut = bool((reasons[own] & CUT_TARGET).all())
    else:
        try:
            leaving = leaving_positions(network, node)
        except EngineError:
            return 0
        is_cut = leaving.size > 0 and bool((reasons[leaving] & CUT_SOURCE).all())
    if is_cut:
        return CUT_MARK
    return FROZEN_MARK if own.size and bool((reasons[own] & FROZEN_NEURON).all()) else NOT_HELD


def _floats(arrays: list[Array]) -> tuple[NDArray[np.float32], ...]:
    return tuple(np.array(array, dtype=np.float32) for array in arrays)
