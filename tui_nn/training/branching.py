"""Leaving the course of a run: going on from the moment that is shown, or with weights from elsewhere."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from tui_nn.engine import EngineError
from tui_nn.training.build import build_optimizer
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.streams import BATCHES, DROPOUT, stream
from tui_nn.training.trainer import Trainer


def branch_of(trainer: Trainer, training_seconds: float = 0.0) -> Checkpoint:
    """Return a run that goes on from the moment that is shown, with empty optimizer state.

    What it leaves to chance follows from seed and step, however far the run had come.
    """
    shown, config, batches = trainer.past.shown, trainer.config, trainer.batches
    optimizer = build_optimizer(config, trainer.network)
    batches_rng, dropout_rng = (stream(config, which, trainer.step) for which in (BATCHES, DROPOUT))
    position = batches.position if shown is None else shown.position
    return Checkpoint(
        config=config,
        step=trainer.step,
        optimizer_state=optimizer.state,
        optimizer_steps=optimizer.steps,
        parameters=trainer.network.parameters.copy(),
        network_state=trainer.network.state(),
        batches_state=batches.state_at(trainer.epoch, position, batches_rng),
        dropout_state=dropout_rng.bit_generator.state,
        history_state=trainer.history.state_at(trainer.step),
        training_seconds=training_seconds,
        trained_rows=trainer.trained.keys,
        data=trainer.problem.note(),
    )


def begin_branch(trainer: Trainer) -> None:
    """Let the moment that is shown be the present, and forget what came after it."""
    go_back_to(trainer, branch_of(trainer))


def go_back_to(trainer: Trainer, before: Checkpoint) -> None:
    """Be where the present run was, and forget what came after."""
    trainer.past.forget_later(before.step)
    trainer.checkups.cut(before.step)
    trainer.go_on_from(before)


def use_parameters(trainer: Trainer, parameters: NDArray[Any]) -> None:
    """Take over all weights and biases; raise EngineError where they are another network's."""
    network = trainer.network
    if parameters.shape != network.parameters.shape:
        raise EngineError("These weights belong to a network of a different shape.")
    if trainer.is_rewound:
        begin_branch(trainer)
    network.parameters[:] = parameters
    network.constraints.keep_cut()
    trainer.rules.judge_anew(trainer.batches.epoch)
    trainer.begin_records(f"The timeline begins at step {trainer.step:,}: other weights were put in there.")
