"""Carry what was learned into a network of another shape: weights that fit stay, new neurons start small.

Layers with parameters are paired from the first one up, the last with the last. Within a pair the common part
of the weights is kept; `input_pairs` says which inputs are the same feature where the features changed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_nn.engine.holds import CUT, CUT_LINK, CUT_SOURCE, CUT_TARGET, FROZEN_LINK, FROZEN_NEURON
from tui_nn.engine.layers import BatchNorm, PlacedLayer
from tui_nn.engine.network import Network
from tui_nn.engine.optimizers import Optimizer

NEW_NEURON_SCALE = 0.1
"""A neuron added to a layer that stays starts with this fraction of its drawn weights."""

Positions = npt.NDArray[np.intp]


def transplant(old: Network, new: Network, input_pairs: Sequence[tuple[int, int]] | None = None) -> None:
    """Copy into `new` the parameters of `old` that fit, with dead links, holds and statistics.

    input_pairs: (old input, new input) for each feature that both have; by default the same positions.
    """
    pairs = _pairs(old, new)
    for _, ours in pairs:
        ours.weights[...] *= NEW_NEURON_SCALE
    before, after = matching_parameters(old, new, input_pairs)
    new.parameters[after] = old.parameters[before]
    for theirs, ours in pairs:
        if theirs.statistics.shape == ours.statistics.shape:
            ours.statistics[...] = theirs.statistics
    if old.constraints.alive is not None:
        state = new.state() | {"alive": np.ones(new.n_parameters, bool)}
        state["alive"][after] = old.constraints.alive[before]
        new.load_state(state)
    carry_holds(old, new, before, after)


def carry_holds(old: Network, new: Network, before: Positions, after: Positions) -> None:
    """Hold in `new`, at the positions `after`, what `old` holds at `before`.

    What is new at a neuron that is held as a whole is held with it. Cut parameters that are healed get the
    value that `old` kept for them.
    """
    if old.constraints.holds is None:
        return
    values = old.parameters[before]
    reasons, healed = old.constraints.holds.reasons[before], old.constraints.holds.healed[before]
    is_cut = (reasons & CUT) != 0
    new.parameters[after] = np.where(is_cut, healed, values)
    for reason in (CUT_LINK, CUT_TARGET, CUT_SOURCE, FROZEN_LINK, FROZEN_NEURON):
        new.constraints.hold(after[(reasons & reason) != 0], reason)
    _complete(new)


def _complete(network: Network) -> None:
    """Hold every link of a neuron that is held: some are new and were not there when it was."""
    for placed in network.layers:
        if network.constraints.holds is None or not placed.has_parameters:
            continue
        block = network.constraints.holds.reasons[placed.start : placed.start + placed.block.size]
        block = block.reshape(placed.block.shape)
        numbers = placed.start + np.arange(placed.block.size).reshape(placed.block.shape)
        for reason in (CUT_TARGET, FROZEN_NEURON):
            network.constraints.hold(numbers[:, (block[-1] & reason) != 0].ravel(), reason)
        network.constraints.hold(numbers[((block & CUT_SOURCE) != 0).any(axis=1)].ravel(), CUT_SOURCE)


def carry_state(
    old: Network,
    old_optimizer: Optimizer,
    new: Network,
    new_optimizer: Optimizer,
    input_pairs: Sequence[tuple[int, int]] | None = None,
) -> None:
    """Copy into `new_optimizer` what `old_optimizer` remembers of the parameters that fit.

    Optimizers of different kinds remember different numbers: then nothing is carried.
    """
    if old_optimizer.kind is new_optimizer.kind:
        before, after = matching_parameters(old, new, input_pairs)
        new_optimizer.state[:, after] = old_optimizer.state[:, before]
        new_optimizer.steps = old_optimizer.steps


def matching_parameters(
    old: Network, new: Network, input_pairs: Sequence[tuple[int, int]] | None = None
) -> tuple[Positions, Positions]:
    """Return positions (k,) in the vectors of `old` and of `new` that hold the same weight or bias."""
    before: list[Positions] = []
    after: list[Positions] = []
    for theirs, ours in _pairs(old, new):
        rows = min(len(theirs.weights), len(ours.weights))
        pairs = [(row, row) for row in range(rows)]
        if input_pairs is not None and theirs.start == ours.start == 0:
            pairs = list(input_pairs)
        pairs.append((len(theirs.weights), len(ours.weights)))  # the biases
        columns = np.arange(min(theirs.block.shape[1], ours.block.shape[1]))
        before.append(_positions(theirs, [pair[0] for pair in pairs], columns))
        after.append(_positions(ours, [pair[1] for pair in pairs], columns))
    return np.concatenate(before), np.concatenate(after)


def _positions(placed: PlacedLayer, rows: Sequence[int], columns: Positions) -> Positions:
    fan_out = placed.block.shape[1]
    first: Positions = placed.start + np.asarray(rows, np.intp) * fan_out
    return np.add.outer(first, columns).ravel()


def _pairs(old: Network, new: Network) -> list[tuple[PlacedLayer, PlacedLayer]]:
    """Return the layers that correspond; batch norms, which come and go, are counted by themselves."""
    theirs, ours = _trained(old, batch_norm=False), _trained(new, batch_norm=False)
    pairs = [*zip(theirs[:-1], ours[:-1], strict=False), (theirs[-1], ours[-1])]
    pairs += zip(_trained(old, batch_norm=True), _trained(new, batch_norm=True), strict=False)
    return [(a, b) for a, b in pairs if a.layer.name == b.layer.name]


def _trained(network: Network, batch_norm: bool) -> list[PlacedLayer]:
    """Return the layers with parameters that are, or are not, batch norms."""
    return [
        placed
        for placed in network.layers
        if placed.has_parameters and isinstance(placed.layer, BatchNorm) == batch_norm
    ]
