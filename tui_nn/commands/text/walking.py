"""The words that walk an example through the network, and change a weight by hand."""

from __future__ import annotations

import math

import numpy as np

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import Desk, Walked
from tui_nn.commands.text.stage_words import stage_lines
from tui_nn.training import commands as do
from tui_nn.training.example import parse_example
from tui_nn.training.snapshot import Status
from tui_nn.views.walk.values import Walk, WalkRequest

GROUP = "Walk"


async def example(desk: Desk, words: str) -> None:
    """Choose the example that is looked at."""
    if not words:
        desk.await_text(
            f"The example is {desk.example.words}. Type train 3, test 12, or numbers, a class after a colon.",
            lambda text: _choose(desk, text),
        )
        return
    await _choose(desk, words)


async def _choose(desk: Desk, text: str) -> None:
    snapshot = await moment_of(desk, points=True)
    config = snapshot.config
    shape = config.image_shape
    n_values = int(np.prod(shape)) if shape is not None else _n_inputs(desk)
    names = snapshot.points.class_names if snapshot.points is not None else _class_names(desk)
    try:
        desk.example = parse_example(text.replace(";", ","), n_values, names)
    except ValueError as error:
        raise RefusedError(f"example: {error}") from None
    if desk.lesson is not None:
        for key in ("E", *text.replace(" ", ""), "enter"):
            desk.lesson.pressed(key)
    await _walk(desk, 0)


def _n_inputs(desk: Desk) -> int:
    return len(desk.run.config.dataset_spec.input_names)


def _class_names(desk: Desk) -> tuple[str, ...]:
    config = desk.run.config
    if config.task == "regression":
        return ()
    return tuple(config.dataset_spec.class_names) or tuple(map(str, range(config.n_classes)))


async def walk(desk: Desk, words: str) -> None:
    """Begin a walk at its first stage."""
    if words:
        await _choose(desk, words)
    else:
        await _walk(desk, 0)


async def _walk(desk: Desk, stage: int) -> None:
    found = await _fetch(desk)
    desk.walked = Walked(found, min(stage, len(found.stages) - 1))
    desk.say(f"Walk of {found.words}, at step {found.step:,}, {len(found.stages)} stages.")
    _say_stage(desk)


async def _fetch(desk: Desk) -> Walk:
    """Return the walk of the example as the run is now."""
    found = (await moment_of(desk, WalkRequest(desk.example))).reply(Walk)
    if found is None or found.trouble:
        raise RefusedError("There is no walk here." if found is None else found.trouble)
    return found


def _say_stage(desk: Desk) -> None:
    assert desk.walked is not None
    found, number = desk.walked.walk, desk.walked.stage
    stage = found.stages[number]
    desk.say(f"Stage {number + 1} of {len(found.stages)}, {stage.phase}: {stage.title}.", stage.words)
    if stage.kind != "input" and stage.formula:
        desk.say(f"Formula: {stage.formula}")
    desk.say(*stage_lines(stage.lines))


async def stage(desk: Desk, words: str) -> None:
    """Go to the next stage, or to one by number."""
    if desk.walked is None:
        await _walk(desk, 0)
        if not words:
            await _go(desk, 1)
            return
    if not words:
        await _go(desk, 1)
        return
    if not words.isdecimal() or int(words[:6]) < 1:
        raise RefusedError(f"stage: {words[:40]} is not allowed; a number from 1")
    assert desk.walked is not None
    await _go(desk, int(words[:6]) - 1 - desk.walked.stage)


async def stage_back(desk: Desk, words: str) -> None:
    """Go a stage back."""
    await _go(desk, -1)


async def _go(desk: Desk, by: int) -> None:
    if desk.walked is None:
        await _walk(desk, 0)
        return
    desk.walked.walk = await _fetch(desk)
    last = len(desk.walked.walk.stages) - 1
    wanted = desk.walked.stage + by
    if not 0 <= wanted <= last:
        desk.say(f"There is no stage {wanted + 1}; the last is {last + 1}.")
        return
    desk.walked.stage = wanted
    _say_stage(desk)


async def take_step(desk: Desk, words: str) -> None:
    """Take the step on the example that the walk has announced."""
    desk.run.send(do.WalkStep(desk.example))
    desk.run.status = Status.PAUSED
    await _walk(desk, 10**6)


async def take_back(desk: Desk, words: str) -> None:
    """Take that step back."""
    desk.run.send(do.TakeBackStep())
    await _walk(desk, 0)


async def next_sample(desk: Desk, words: str) -> None:
    """Look at the next sample."""
    await _beside(desk, 1)


async def previous_sample(desk: Desk, words: str) -> None:
    """Look at the sample before."""
    await _beside(desk, -1)


async def _beside(desk: Desk, by: int) -> None:
    desk.example = desk.example.beside(by)
    found = (await moment_of(desk, WalkRequest(desk.example))).reply(Walk)
    if found is None or found.trouble or not found.activations:
        raise RefusedError("There is no such sample." if found is None else found.trouble)
    output = found.activations[-1]
    answers = ", ".join(f"{float(value):.4g}" for value in output[:10] if math.isfinite(float(value)))
    desk.say(f"{found.words}: the network answers {answers}.")


ACTIONS = (
    Action(
        "example",
        "NAME|NUMBERS",
        "choose what is looked at: train 3, test 12, or 0.5, -1: class",
        GROUP,
        example,
        counts=lambda words: (),
    ),
    Action("walk", "NAME|NUMBERS", "walk the example through the network, stage by stage", GROUP, walk),
    Action("stage", "NUMBER", "the next stage of the walk, or one by number", GROUP, stage),
    Action("stage back", "", "the stage before", GROUP, stage_back),
    Action("take step", "", "train one step on the example, as the walk has announced", GROUP, take_step),
    Action("take back", "", "undo that step", GROUP, take_back),
    Action("next sample", "", "look at the next sample", GROUP, next_sample),
    Action("previous sample", "", "look at the sample before", GROUP, previous_sample),
)
