"""Units that are silent: what a network answers while the activations of some of them are zero.

The layers below are gone through once for all groups of units of the rows at hand; above them each group goes
up anew. The products are those of a network whose weights out of these units are zero, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui_nn.engine.arrays import Array
from tui_nn.engine.network import Network
from tui_nn.engine.trace import chunks


@dataclass(frozen=True)
class Group:
    """Units of one layer that are silent together: a neuron, or all pixels of a filter."""

    position: int
    """Of the layer in `network.layers`."""
    units: slice
    """Which of its units."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What the network made of some of the rows."""

    part: slice
    """Which rows."""
    group: int | None
    """Number of the group that was silent; None: nothing was."""
    outputs: Array
    """(rows, n_outputs)"""
    loss_sum: float
    """Of these rows, without penalty."""


def answers_without(
    network: Network, inputs: Array, targets: Array, groups: Sequence[Group]
) -> Iterator[Answer]:
    """Yield, rows by rows, the answer of the whole network and then that without each group.

    inputs (n, n_inputs), targets (n, n_outputs), in evaluation mode. Of one network one such walk at a time.
    """
    downwards = sorted(range(len(groups)), key=lambda number: -groups[number].position)
    for part in chunks(len(inputs), max(network.layer_sizes)):
        wanted = targets[part].T
        *_, (_, space) = network.in_pieces(inputs[part])
        outputs = space.slots[-1].activations
        yield Answer(part, None, outputs.T.copy(), network.loss_of(space, wanted))
        for number in downwards:
            group = groups[number]
            values = space.slots[group.position + 1].activations[group.units]
            kept = values.copy()
            values[...] = 0.0
            for piece in space.pieces:
                if piece.layer > group.position:
                    for operation in piece.operations:
                        operation()
            values[...] = kept
            yield Answer(part, number, outputs.T.copy(), network.loss_of(space, wanted))
