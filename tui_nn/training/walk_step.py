"""One step of training on one example, with what it takes to show what it changed, and to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import BatchNorm, EngineError
from tui_nn.training.branching import begin_branch, go_back_to
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.example import Example
from tui_nn.training.examples import FoundExample, find_example
from tui_nn.training.trainer import Trainer

Batch = tuple[NDArray[Any], NDArray[Any] | None]
"""Inputs (n, n_inputs) and coded targets (n, n_outputs); the first sample is the example."""


@dataclass(frozen=True, eq=False)
class TakenStep:
    """A step that was taken on one example."""

    step: int
    """The number of steps after it."""
    example: Example
    before: Checkpoint
    """The run as it was."""
    parameters: NDArray[np.floating[Any]]
    """After the step, (n_parameters,)."""
    losses: tuple[float, float]
    """Of the example, before and after."""


def batch_of(
    trainer: Trainer, example: Example, found: FoundExample, branch: Checkpoint | None = None
) -> Batch:
    """Return what a step on the example takes: itself alone, or where samples are compared the next batch.

    There it takes the place of the batch's first sample, unless it is among them. Without a target it is
    alone: the network is then only asked. branch: what training would go on from.
    """
    compares = any(isinstance(placed.layer, BatchNorm) for placed in trainer.network.layers)
    if found.coded is None or not compares:
        return found.inputs, found.coded
    rows = trainer.batches.peek() if branch is None else trainer.batches.peek(branch.batches_state)
    train = trainer.problem.train
    own = example.index % len(train) if example.part == "train" else -1
    companions = rows[rows != own] if own in rows else rows[1:]
    others = [train.inputs(slice(row, row + 1)) for row in companions]
    inputs = np.concatenate([found.inputs, *others])
    return inputs, np.concatenate([found.coded, train.coded[companions]])


def take_walk_step(trainer: Trainer, example: Example) -> None:
    """Take one step of training on an example: the one that its walk announced.

    Where a past moment is shown, a branch begins there. Raises EngineError where the example does not fit,
    or nobody said what it should be.
    """
    found = find_example(trainer.config, trainer.problem, example)
    if found.coded is None:
        raise EngineError("A step needs a target: give the example a class or value.")
    if trainer.is_rewound:
        begin_branch(trainer)
    inputs, coded = batch_of(trainer, example, found)
    assert coded is not None
    network, before = trainer.network, trainer.checkpoint()
    loss_before = network.loss_value(found.inputs, found.coded)
    trainer.advance_on(inputs, coded)
    loss_after = network.loss_value(found.inputs, found.coded)
    losses = loss_before, loss_after
    trainer.taken = TakenStep(trainer.step, example, before, network.parameters.copy(), losses)


def take_back(trainer: Trainer) -> None:
    """Be where the run was before that step; raise EngineError where it is not the last change."""
    taken, trainer.taken = trainer.taken, None
    if taken is None or trainer.is_rewound or not _is_last(trainer, taken):
        raise EngineError("The step on an example cannot be undone: the run has changed since.")
    go_back_to(trainer, taken.before)


def _is_last(trainer: Trainer, taken: TakenStep) -> bool:
    network, optimizer, before = trainer.network, trainer.optimizer, taken.before
    return (
        trainer.step == taken.step
        and np.array_equal(network.parameters, taken.parameters, equal_nan=True)
        and optimizer.state.shape == before.optimizer_state.shape
        and len(before.batches_state["order"]) == trainer.batches.n_samples
    )
