"""A run that blows up, and rules that end one: said in words, with a way on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_nn.training.snapshot import Status
from tui_nn.widgets.key_line import KeyLine
from tui_nn.widgets.state_line import StateLine

Open = Any
Driven = Any
HOT = {"activation": "relu", "optimizer": "sgd", "learning_rate": 1e4}


async def _diverge(driven: Driven) -> None:
    await driven.press("space")
    await driven.until_status(Status.DIVERGED)
    await driven.settle()


async def test_it_says_that_and_where_and_when(open_app: Open) -> None:
    async with open_app(**HOT) as driven:
        await _diverge(driven)

        assert driven.said.startswith("Diverged: ")
        assert "step" in driven.said
        assert "learning rate 10000" in driven.said
        assert "diverged" in driven.text(driven.playground.query_one(StateLine))


async def test_the_key_line_offers_the_ways_on(open_app: Open) -> None:
    async with open_app(**HOT) as driven:
        key_line = driven.playground.query_one(KeyLine)
        await _diverge(driven)
        offered = driven.text(key_line)
        assert "last good step" in offered
        assert "clip" in offered

        await driven.press("b")
        await driven.until_status(Status.PAUSED)
        assert "last good step" not in driven.text(key_line)


async def test_the_same_run_with_a_tenth_of_the_rate_may_be_undone(open_app: Open) -> None:
    async with open_app(**HOT) as driven:
        await _diverge(driven)
        await driven.press("B")
        assert driven.config.learning_rate == 1e3
        await driven.press("ctrl+z")

        assert driven.config.learning_rate == 1e4


async def test_a_clipped_run_goes_on(open_app: Open) -> None:
    async with open_app(activation="relu", optimizer="sgd", learning_rate=100) as driven:
        await _diverge(driven)
        await driven.press("x", "left_square_bracket", "left_square_bracket", "left_square_bracket")
        await driven.press("left_square_bracket", "left_square_bracket", "s")

        await driven.until(lambda: driven.snapshot.step > 0)
        assert driven.snapshot.status is Status.PAUSED
        assert np.isfinite(driven.parameters).all()


async def test_reset_ends_a_divergence_too(open_app: Open) -> None:
    async with open_app(**HOT) as driven:
        await _diverge(driven)
        await driven.press("r")

        await driven.until(lambda: driven.snapshot.status is Status.PAUSED and driven.snapshot.step == 0)


async def test_without_a_divergence_the_recovery_keys_say_so(open_app: Open) -> None:
    async with open_app() as driven:
        before = driven.config
        for key in ("b", "B", "x"):
            await driven.press(key)
            assert "has not diverged" in driven.said

        assert driven.config == before


@pytest.mark.parametrize("depth", ["truecolor", "mono"])
async def test_every_view_survives_a_divergence(open_app: Open, depth: str) -> None:
    async with open_app(depth=depth, **HOT) as driven:
        await _diverge(driven)
        await driven.press("l", "L", "t", "d", "p", "z", "z", "tab", "enter", "tab", "right", "a", "e")
        await driven.resize(80, 24)
        await driven.press("l", "c", "d", "right", "space")

        await driven.settle()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"stop_epochs": 3}, "3 epochs done"),
        ({"stop_accuracy": 0.5}, "the test accuracy reached"),
        ({"stop_loss": 0.6}, "the test loss fell to"),
        ({"patience": 1, "optimizer": "sgd", "learning_rate": 1e-9}, "has not fallen for 1 epochs"),
        ({"stop_accuracy": 0.5, "train_fraction": 1.0}, "the training accuracy reached"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
async def test_a_rule_ends_the_run_and_says_why(open_app: Open, rule: dict[str, Any], words: str) -> None:
    async with open_app(**rule) as driven:
        await driven.press("space")
        await driven.until_status(Status.STOPPED)

        assert words in driven.said
        assert "stopped" in driven.text(driven.playground.query_one(StateLine))
        assert words in driven.snapshot.trouble


async def test_a_stopped_run_goes_on_when_the_rule_is_lifted(open_app: Open) -> None:
    async with open_app(stop_epochs=2) as driven:
        await driven.press("space")
        await driven.until_status(Status.STOPPED)
        await driven.change(stop_epochs=None)
        step = driven.snapshot.step
        await driven.press("space")

        await driven.until(lambda: driven.snapshot.step > step + 100)
