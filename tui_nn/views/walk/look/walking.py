"""Walks one example through copies of a run's network and back, and shows the step that was taken."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError, Network
from tui_nn.training.branching import branch_of
from tui_nn.training.build import build_optimizer
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.example import Example
from tui_nn.training.examples import FoundExample, find_example
from tui_nn.training.names import feature_names
from tui_nn.training.trainer import Trainer
from tui_nn.training.walk_step import TakenStep, batch_of
from tui_nn.views.walk.look.names import Names, name_parts
from tui_nn.views.walk.look.numbers import number
from tui_nn.views.walk.look.tables import NAME, largest, result
from tui_nn.views.walk.look.updates import MOST_CHANGES, find_place, name_of, spot_of
from tui_nn.views.walk.look.walk import walk
from tui_nn.views.walk.values import Line, Stage, Taken, Walk, WalkRequest


def look_at_walk(trainer: Trainer, request: WalkRequest) -> Walk:
    """Return the walk of an example, or why there is none; looking changes nothing of the run."""
    try:
        found = find_example(trainer.config, trainer.problem, request.example)
    except EngineError as error:
        return Walk(request.example, request.example.words, trainer.step, trouble=str(error))
    branch = branch_of(trainer) if trainer.is_rewound else None
    network = copy_network(trainer, branch)
    optimizer = build_optimizer(trainer.config, network)
    if branch is None:  # a step from a past moment begins a branch, with fresh state
        optimizer.load(trainer.optimizer.state, trainer.optimizer.steps)
    inputs, coded = batch_of(trainer, request.example, found, branch)
    rate, names = trainer.rate(trainer.step), names_of(trainer)
    walked = walk(network, optimizer, inputs, coded, rate, names, with_code=request.with_code)
    return Walk(
        example=request.example,
        words=_words(trainer, request.example, found),
        step=trainer.step,
        stages=walked.stages,
        has_target=coded is not None,
        activations=walked.activations(network),
        deltas=walked.deltas(network),
        code=walked.code,
        taken=_taken(trainer, names),
    )


def copy_network(trainer: Trainer, branch: Checkpoint | None) -> Network:
    """Return a network that is in all its numbers the run's, random ones too.

    branch: what training would go on from, where a past moment is shown.
    """
    if branch is None:
        return trainer.network.copy()
    rng = np.random.default_rng(0)
    rng.bit_generator.state = branch.dropout_state
    return trainer.network.copy(dropout_rng=rng)


def names_of(trainer: Trainer) -> Names:
    """Return what the parts of a run's network are called."""
    config, dataset = trainer.config, trainer.problem.dataset
    inputs = feature_names(config, trainer.network.n_inputs)
    return name_parts(trainer.network, inputs, config.image_shape, tuple(dataset.class_names))


def _taken(trainer: Trainer, names: Names) -> Taken | None:
    """Return the last step on an example, if nothing was trained since."""
    taken = trainer.taken
    if taken is None or taken.step != trainer.step:
        return None
    return Taken(taken.step, taken.example, _taken_stage(taken, trainer.network, names))


def _taken_stage(taken: TakenStep, network: Network, names: Names) -> Stage:
    """Return the stage that shows what a step has changed."""
    before, after = taken.before.parameters, taken.parameters
    loss_before, loss_after = taken.losses
    moved: NDArray[Any] = after.astype(np.float64) - before
    order = [int(index) for index in largest(moved, MOST_CHANGES)]
    places = [find_place(network, index) for index in order]
    titles = [name_of(place, network, names) for place in places]
    room = max([NAME, *map(len, titles)])
    lines = [
        Line("loss of this example", "head"),
        result("before the step", loss_before, role=""),
        result("after the step", loss_after),
        Line(f"{'parameter':<{room}}    before       after    change", "head"),
    ]
    for index, title in zip(order, titles, strict=True):
        change = np.float64(after[index]) - before[index]
        numbers = f"{number(before[index])} → {number(after[index])} {number(change)}"
        lines.append(Line(f"{title:<{room}} {numbers}"))
    if len(after) > len(order):
        lines.append(Line(f"{len(order)} of {len(after):,} parameters, largest changes", "note"))
    return Stage(
        kind="taken",
        layer=max(names.numbers),
        title=f"step {taken.step:,} taken",
        words="These parameters changed; ctrl+z takes the step back.",
        formula="after = before + change",
        lines=tuple(lines),
        spot=spot_of(places, network, names),
        values={"loss": np.array([loss_before, loss_after])},
    )


def _words(trainer: Trainer, example: Example, found: FoundExample) -> str:
    """Return what an example is called, with its class or value."""
    is_drawn = example.part == "typed" and trainer.config.image_shape is not None
    called = "the drawing" if is_drawn else found.words
    if found.target is None:
        return called
    names = trainer.problem.dataset.class_names
    if not trainer.problem.is_classification:
        return f"{called}, target {found.target:g}"
    return f"{called}, class {names[int(found.target)]}"
