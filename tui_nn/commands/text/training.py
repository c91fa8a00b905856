"""The words that train, reset and go back in time."""

from __future__ import annotations

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.state import state_words
from tui_nn.commands.text.teaching import moment_words
from tui_nn.settings.config import SETTINGS
from tui_nn.training import commands as do
from tui_nn.training.snapshot import Status

GROUP = "Train"
REPLAYED = 8
"""Moments that are said of a run that is replayed."""


async def train(desk: Desk, words: str) -> None:
    """Train so many epochs, or as many as the setting says, and say how it stands."""
    count = (
        SETTINGS["epochs"].parse(words.removesuffix("epochs").strip()) if words else desk.run.config.epochs
    )
    await _some(desk, do.RunEpochs(count))


async def step(desk: Desk, words: str) -> None:
    """Train so many steps."""
    text = words.removesuffix("steps").strip() or "1"
    if not text.replace(",", "").isdecimal() or not 0 < int(text.replace(",", "")[:12]) <= 10_000_000:
        raise RefusedError(f"step: {text[:40]} is not allowed; a whole number from 1 to 10,000,000")
    await _some(desk, do.RunSteps(int(text.replace(",", ""))))


async def epoch(desk: Desk, words: str) -> None:
    """Train to the end of the epoch."""
    await _some(desk, do.RunEpochs(1))


async def _some(desk: Desk, command: do.RunSteps | do.RunEpochs) -> None:
    desk.run.send(command)
    desk.run.status = Status.RUNNING
    await desk.rest()
    if not desk.is_training:  # else what was typed meanwhile comes first
        await state_of(desk)


async def state_of(desk: Desk) -> None:
    """Say how the run stands."""
    snapshot = await desk.see()
    if snapshot is not None:
        desk.say(state_words(snapshot), *moment_words(snapshot.paused_at))


async def run(desk: Desk, words: str) -> None:
    """Train until told otherwise; another trainer goes on where the last one is gone."""
    if desk.run.client.is_lost:
        desk.run.toggle()
    elif desk.is_training:
        desk.say("It trains already; pause stops it.")
    else:
        await _go_on(desk)
        await desk.see()


async def _go_on(desk: Desk) -> None:
    """Train on: from a moment that was paused at as far as was asked for, else until told otherwise."""
    snapshot = await desk.see()
    if snapshot is not None and snapshot.paused_at:
        desk.run.status = Status.RUNNING
        desk.run.send(do.GoOn())
        desk.say("Running.")
    else:
        desk.run.toggle()


async def pause(desk: Desk, words: str) -> None:
    """Stop after the step under way."""
    if desk.is_training:
        desk.run.toggle()
        await state_of(desk)
    else:
        desk.say("It stands still already.")


async def wait(desk: Desk, words: str) -> None:
    """Wait until the run rests, or so many seconds."""
    seconds = None
    if words:
        try:
            seconds = float(words.removesuffix("s").removesuffix("second"))
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds <= 86_400:
            raise RefusedError(f"wait: {words[:40]} is not allowed; seconds from 0 to 86400, or nothing")
    await desk.see()
    await desk.rest(seconds)
    await state_of(desk)


async def reset(desk: Desk, words: str) -> None:
    """Start over from the same weights."""
    desk.run.reset()
    await state_of(desk)


async def new_weights(desk: Desk, words: str) -> None:
    """Start over from other weights."""
    desk.run.reset_to_new_weights()
    await state_of(desk)


async def new_data(desk: Desk, words: str) -> None:
    """Draw other data."""
    desk.run.draw_new_data()
    await state_of(desk)


async def earlier(desk: Desk, words: str) -> None:
    """Go so many moments back."""
    await _travel(desk, -_count(words))


async def later(desk: Desk, words: str) -> None:
    """Go so many moments forward."""
    await _travel(desk, _count(words))


def _count(words: str) -> int:
    if words and not (words.isdecimal() and 0 < int(words[:9]) <= 100_000):
        raise RefusedError(f"{words[:40]} is not allowed; how many moments, a whole number")
    return int(words[:9] or 1)


async def _travel(desk: Desk, by: int) -> None:
    desk.run.rewind(by)
    await state_of(desk)


async def first_moment(desk: Desk, words: str) -> None:
    """Go to the first moment."""
    desk.run.rewind_to(0)
    await state_of(desk)


async def latest(desk: Desk, words: str) -> None:
    """Return to the latest step."""
    desk.run.rewind_to(None)
    await state_of(desk)


async def replay(desk: Desk, words: str) -> None:
    """Say how the run stood at some moments from the first to the latest."""
    snapshot = await desk.see()
    n_frames = 0 if snapshot is None else snapshot.timeline.n_frames
    count = min(_count(words) if words else REPLAYED, n_frames)
    if not count:
        raise RefusedError("Nothing to replay yet.")
    for number in range(count):
        desk.run.rewind_to(number * n_frames // count)
        await state_of(desk)
    await latest(desk, "")


async def recover(desk: Desk, words: str) -> None:
    """Go back to the last good step, or to better weights."""
    desk.run.recover()
    await state_of(desk)


async def recover_slower(desk: Desk, words: str) -> None:
    """The same with a tenth of the learning rate."""
    desk.run.recover("learning_rate")
    await state_of(desk)


async def recover_clipped(desk: Desk, words: str) -> None:
    """The same with the gradient clipped."""
    desk.run.recover("clip_norm")
    await state_of(desk)


def undo(desk: Desk, words: str) -> None:
    """Take back the last change."""
    desk.run.undo()


def redo(desk: Desk, words: str) -> None:
    """Do again what was taken back."""
    desk.run.redo()


ACTIONS = (
    Action(
        "train",
        "N",
        "train N epochs, or as many as the setting epochs says, and say the result",
        GROUP,
        train,
        ("epochs",),
    ),
    Action("step", "N", "train one step, or N", GROUP, step, ("steps",)),
    Action("epoch", "", "train to the end of the epoch", GROUP, epoch),
    Action("run", "", "train until told otherwise", GROUP, run, ("go", "play")),
    Action("pause", "", "stop training", GROUP, pause, ("stop",), counts=lambda words: ("space",)),
    Action("wait", "SECONDS", "wait until the training rests, or so many seconds", GROUP, wait),
    Action("reset", "", "start over from the same initial weights", GROUP, reset),
    Action("new weights", "", "start over from new initial weights", GROUP, new_weights),
    Action("new data", "", "generate new data; weights stay", GROUP, new_data),
    Action("earlier", "N", "go one moment back in the run, or N", GROUP, earlier, ("rewind",)),
    Action("later", "N", "go one moment forward, or N", GROUP, later),
    Action("first moment", "", "go to the first moment of the run", GROUP, first_moment),
    Action("latest", "", "return to the latest step", GROUP, latest),
    Action("replay", "N", "how the run stood at eight moments from the first to now, or at N", GROUP, replay),
    Action("recover", "", "after divergence: to the last good step; else to better weights", GROUP, recover),
    Action("recover slower", "", "the same with a tenth of the learning rate", GROUP, recover_slower),
    Action("recover clipped", "", "the same with the gradient norm clipped to 1", GROUP, recover_clipped),
    Action("undo", "", "take back the last change of settings or weights", GROUP, undo),
    Action("redo", "", "do again what was taken back", GROUP, redo),
)
