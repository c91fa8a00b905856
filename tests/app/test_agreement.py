"""Two numbers of one thing on one screen are the same, paused or running, whatever was asked for last."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tui_nn.training.commands import SetParameter
from tui_nn.training.snapshot import Status
from tui_nn.views.curves.panel import CurveView
from tui_nn.views.images.panel import ConfusionView
from tui_nn.widgets.state_line import StateLine

Open = Any
Driven = Any


def numbers(driven: Driven) -> tuple[list[float], list[float], float, float]:
    """Return the losses of the state line, those over the curves, the step shown and the curves' last."""
    screen = driven.app.shown
    curves = screen.query_one(CurveView)
    metrics = screen.snapshot.metrics
    assert f"{metrics.train_loss:.4f}" in driven.text(screen.query_one(StateLine))
    head = driven.text(curves).splitlines()[0]
    written = [float(found) for found in re.findall(r"(?:train|test) ([\d.e+-]+)", head)][:2]
    return [metrics.train_loss, metrics.test_loss], written, screen.snapshot.step, curves._curves.steps[-1]


def agrees(driven: Driven) -> bool:
    losses, written, step, last = numbers(driven)
    return written == pytest.approx(losses, rel=1e-3) and step == last


KEYS = [
    "s",
    "s",
    "e",
    "g",
    "s",
    "right_square_bracket",
    "e",
    "h",
    "u",
    "s",
    "R",
    "s",
    "r",
    "e",
    "e",
    "ctrl+z",
]


@pytest.mark.parametrize(
    "seen", [{"learning_rate": 1.0}, {"activation": "relu", "loss": "mse"}, {"dataset": "reg-plane"}], ids=str
)
async def test_state_line_and_curves_say_the_same_after_every_command(
    open_app: Open, seen: dict[str, Any]
) -> None:
    async with open_app((200, 60), hidden_sizes=(8,), **seen) as driven:
        for key in KEYS:
            await driven.press(key)
            await driven.until_status(Status.PAUSED)
            await driven.until(lambda: agrees(driven))


TYPED = [
    "e",
    "cr0.01\r",
    "\x1b",
    "cb7\r",
    "\x1b",
    "\x1a",
    "\x19",
    "s",
    ",",
    ",",
    ".",
    "R",
    "e",
    ",",
    "r",
    "s",
]
"""Settings by their rows, undo and redo, back in time and forward, first weights."""


@pytest.mark.parametrize("keys", ["1", "2vR"], ids=["playground", "digits"])
async def test_they_agree_after_what_is_typed_on_every_screen_with_curves(open_app: Open, keys: str) -> None:
    async with open_app((200, 60)) as driven:
        await driven.type(keys)
        await driven.until(lambda: driven.app.shown.snapshot is not None)
        for typed in TYPED:
            await driven.type(typed)
            await driven.until(lambda: driven.app.shown.snapshot.status is not Status.RUNNING)
            await driven.until(lambda: agrees_with_the_moment(driven))


def agrees_with_the_moment(driven: Driven) -> bool:
    """Return whether the curves' words say the losses of the state line, of the past as of the present."""
    losses, written, _, _ = numbers(driven)
    return written == pytest.approx(losses, rel=1e-3)


async def test_a_weight_that_was_set_counts_at_once(open_app: Open) -> None:
    async with open_app((200, 60)) as driven:
        await driven.press("e")
        await driven.until_status(Status.PAUSED)
        before = driven.snapshot.metrics.train_loss
        driven.app.run_shown.carry_out(SetParameter(0, 0, 0, 5.0), None, "A weight was set.")
        await driven.until(lambda: driven.snapshot.metrics.train_loss != before)

        await driven.until(lambda: agrees(driven))


async def test_the_curves_say_what_the_state_line_says_while_it_runs(open_app: Open) -> None:
    async with open_app((200, 60)) as driven:
        await driven.press("space")
        for step in (100, 400, 1000):
            await driven.until(lambda step=step: driven.snapshot.step > step)  # type: ignore[misc]
            losses, written, _, _ = numbers(driven)

            assert written == pytest.approx(losses, rel=1e-3)


async def test_a_moment_of_the_past_has_its_own_numbers_over_the_curves(open_app: Open) -> None:
    async with open_app((200, 60)) as driven:
        await driven.press("e")
        await driven.until_status(Status.PAUSED)
        await driven.press("comma", "comma")
        await driven.until(lambda: driven.snapshot.timeline.is_past)
        losses, written, _, _ = numbers(driven)

        assert written == pytest.approx(losses, rel=1e-3)


async def test_the_errors_of_digits_are_those_of_the_accuracy_beside_them(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await driven.press("2")
        screen = driven.app.shown
        await driven.until(lambda: screen.snapshot is not None)
        await driven.press("v", "v", "v")
        assert screen.showing == "errors"
        await driven.press("e")
        await driven.until(lambda: screen.snapshot.epoch == 1 and screen.snapshot.status is Status.PAUSED)
        view = screen.query_one(ConfusionView)
        await driven.until(lambda: view.errors is not None and view.errors.step == screen.snapshot.step)

        wrong = view.errors.n_wrong / view.errors.n_tested
        assert screen.snapshot.metrics.test_accuracy == pytest.approx(1 - wrong)
        assert f"at step {screen.snapshot.step:,}" in driven.text(view)
