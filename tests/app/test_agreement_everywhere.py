"""What any screen says of a run is what the trainer measures, read from the text sent to the terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tui_nn.training.commands import HoldNeuron, HoldParameter, SetParameter
from tui_nn.training.snapshot import Status

Open = Any
Driven = Any

STATE = re.compile(
    r"epoch +([\d,]+) +step +([\d,]+) +loss train ([\d.e+-]+) test ([\d.e+-]+)"
    r" +accuracy train +([\d.]+)% test +([\d.]+)%"
)
OF_A_SET = re.compile(r"\b(train|test) (\d\.[\de.+-]*)(?! ?%)")
"""As over the curves: losses, and behind the word accuracies."""
AT_A_STEP = re.compile(r"at step ([\d,]+)")
MIDDLE = re.compile(r"middle +([\d.e+-]+) +step ([\d,]+)")
"""Of a landscape: it may be of a step before."""

PLACES = ["1", "3", "m", "m", "m", "m", "m", "m", "m", "4"]
"""Playground, the pages of Inside one after the other, Space."""
DONE: dict[str, Any] = {
    "step": "s",
    "epoch": "e",
    "epochs": "n",
    "new data": "g",
    "learning rate": "]",
    "weight": SetParameter(0, 0, 0, 3.0),
    "freeze": HoldParameter("frozen", 0, 0, 1),
    "cut": HoldNeuron("cut", (1, 1)),
    "undo": "\x1a",
    "redo": "\x19",
    "step after": "s",
    "another layer": "h",
    "undo that": "\x1a",
    "epoch after": "e",
    "back": ",,",
    "forward": ".",
    "branch": "s",
    "write": "wrun.npz\r",
    "epoch beyond": "e",
    "read": "orun.npz\r",
    "new weights": "R",
    "reset": "r",
}


SETTLINGS = 40
"""Pictures after which a number that is not so will never be."""


def number(text: str) -> float:
    return float(text.replace(",", ""))


def is_about(text: str, value: float) -> bool:
    """Return whether a text is a value, rounded as it is written."""
    mantissa = text.split("e")[0]
    decimals = len(mantissa.partition(".")[2])
    scale = 10 ** int(text.split("e")[1]) if "e" in text else 1
    return abs(float(text) - value) <= 0.51 * 10**-decimals * scale


def disagreements(driven: Driven, trainer: Any) -> list[str]:
    """Return what is on the screen and not so."""
    lines = driven.screen_lines()
    (found,) = [match for line in lines if (match := STATE.search(line))]
    measured = trainer.measure()
    true = {"train": measured.train_loss, "test": measured.test_loss}
    right = {"train": measured.train_accuracy, "test": measured.test_accuracy}
    epoch, step, train, test, train_percent, test_percent = found.groups()
    wrong = []
    if (number(epoch), number(step)) != (trainer.epoch, trainer.step):
        wrong.append(found.group())
    for text, value in ((train, true["train"]), (test, true["test"])):
        if not is_about(text, value):
            wrong.append(f"{found.group()}, not {value}")
    for text, value in ((train_percent, measured.train_accuracy), (test_percent, measured.test_accuracy)):
        if not is_about(text, 100 * value):
            wrong.append(f"{found.group()}, not {value}")
    for line in lines:
        said = line.replace(found.group(), "")
        losses, _, accuracies = said.partition("Accuracy")
        wrong += [line for name, text in OF_A_SET.findall(losses) if not is_about(text, true[name])]
        wrong += [line for name, text in OF_A_SET.findall(accuracies) if not is_about(text, right[name])]
        wrong += [line for text in AT_A_STEP.findall(said) if number(text) != trainer.step]
        for text, at in MIDDLE.findall(said):
            if number(at) == trainer.step and not is_about(text, true["train"]):
                wrong.append(line)
    return wrong


async def do(driven: Driven, what: Any) -> None:
    """Do one of DONE on the screen that is shown."""
    if isinstance(what, str):
        await driven.type(what)
    else:
        driven.app.run_shown.carry_out(what, None, "Done.")
    await driven.settle()
    await driven.until(lambda: driven.app.shown.snapshot.status is not Status.RUNNING)


async def agree(driven: Driven, trainer: Any, *at: str) -> None:
    """Wait until all that is on the screen is so."""
    for _ in range(SETTLINGS):
        if not (wrong := disagreements(driven, trainer)):
            return
        await driven.settle()
    pytest.fail(f"{at}: {wrong}")


async def test_every_screen_of_a_run_says_what_is_measured_after_every_command(
    open_app: Open,
) -> None:
    async with open_app((120, 36), hidden_sizes=(4, 3), epochs=3) as driven:
        for name, what in DONE.items():
            await do(driven, what)
            for index, place in enumerate(PLACES):
                await driven.type(place)
                await agree(driven, driven.session.trainer, name, place, str(index))
            await driven.type("1")


async def test_every_view_of_digits_says_what_is_measured_after_every_command(open_app: Open) -> None:
    async with open_app((120, 36), epochs=2) as driven:
        await driven.type("2")
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        for name in (
            "step",
            "epoch",
            "epochs",
            "new data",
            "learning rate",
            "weight",
            "back",
            "branch",
            "reset",
        ):
            await do(driven, DONE[name])
            for view in range(4):
                await driven.type("v")
                await agree(driven, driven.session.trainer, name, str(view))
