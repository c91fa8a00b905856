"""Walks one example through copies of a run's network and back, and takes the step that was announced."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import FEATURES
from tui_nn.engine import BatchNorm, EngineError, Network
from tui_nn.training.build import build_optimizer
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.example import Example
from tui_nn.training.examples import FoundExample, find_example
from tui_nn.training.trainer import Trainer
from tui_nn.views.walk.look.names import Names, name_parts
from tui_nn.views.walk.look.numbers import number
from tui_nn.views.walk.look.tables import NAME, largest, result
from tui_nn.views.walk.look.updates import MOST_CHANGES, find_place, name_of, spot_of
from tui_nn.views.walk.look.walk import walk
from tui_nn.views.walk.values import Line, Stage, Taken, Walk, WalkRequest

Batch = tuple[NDArray[Any], NDArray[Any] | None]
"""Inputs (n, n_inputs) and coded targets (n, n_outputs); the first sample is the example."""


def look_at_walk(trainer: Trainer, request: WalkRequest) -> Walk:
    """Return the walk of an example, or why there is none; looking changes nothing of the run."""
    try:
        found = find_example(trainer.config, trainer.problem, request.example)
    except EngineError as error:
        return Walk(request.example, request.example.words, trainer.step, trouble=str(error))
    branch = trainer.branch() if trainer.is_rewound else None
    network = copy_network(trainer, branch)
    optimizer = build_optimizer(trainer.config, network)
    if branch is None:  # a step from a past moment begins a branch, with fresh state
        optimizer.load(trainer.optimizer.state, trainer.optimizer.steps)
    inputs, coded = batch_of(trainer, request.example, found, branch)
    rate, names = trainer.rate(trainer.step), names_of(trainer)
    walked = walk(network, optimizer, inputs, coded, rate, names, with_code=request.with_code)
    taken = trainer.taken
    return Walk(
        example=request.example,
        words=_words(trainer, request.example, found),
        step=trainer.step,
        stages=walked.stages,
        has_target=coded is not None,
        activations=walked.activations(network),
        deltas=walked.deltas(network),
        code=walked.code,
        taken=taken if taken is not None and taken.step == trainer.step else None,
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


def batch_of(
    trainer: Trainer, example: Example, found: FoundExample, branch: Checkpoint | None = None
) -> Batch:
    """Return what the example walks in: itself alone, or where samples are compared the next batch.

    There it takes the place of the batch's first sample, unless it is among them. Without a target it walks
    alone: the network is then only asked.
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


def names_of(trainer: Trainer) -> Names:
    """Return what the parts of a run's network are called."""
    config, dataset = trainer.config, trainer.problem.dataset
    if config.uses_features:
        inputs = [FEATURES[name].label for name in config.features]
    else:
        inputs = list(dataset.input_names)
    fits = len(inputs) == trainer.network.n_inputs
    return name_parts(trainer.network, inputs if fits else (), config.image_shape, tuple(dataset.class_names))


def take_walk_step(trainer: Trainer, example: Example) -> None:
    """Take one step of training on an example: the one that its walk announced.

    Where a past moment is shown, a branch begins there. Raises EngineError where the example does not fit,
    or nobody said what it should be.
    """
    found = find_example(trainer.config, trainer.problem, example)
    inputs, coded = batch_of(trainer, example, found)
    if coded is None or found.coded is None:
        raise EngineError("A step needs a target: give the example a class or value.")
    if trainer.is_rewound:
        trainer.begin_branch()
        inputs, coded = batch_of(trainer, example, found)
        assert coded is not None
    network = trainer.network
    before = network.parameters.copy()
    loss_before = network.loss_value(found.inputs, found.coded)
    trainer.advance_on(inputs, coded)
    loss_after = network.loss_value(found.inputs, found.coded)
    stage = _taken_stage(trainer, before, loss_before, loss_after)
    trainer.taken = Taken(trainer.step, example, stage)


def _taken_stage(trainer: Trainer, before: NDArray[Any], loss_before: float, loss_after: float) -> Stage:
    """Return the stage that shows what a step has changed."""
    network, names = trainer.network, names_of(trainer)
    after = network.parameters
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
        title=f"step {trainer.step:,} taken",
        words="These parameters changed; they are highlighted in the network.",
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
