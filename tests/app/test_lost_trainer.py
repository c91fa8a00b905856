"""A trainer that is gone: the app says so, stays, and goes on from the last checkpoint on a key."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.training.snapshot import Status
from tui_nn.widgets.state_line import StateLine

Open = Any
Driven = Any


async def _lose(driven: Driven) -> None:
    driven.link.kill()
    await driven.until_said("Training process lost: it was ended by SIGKILL")


async def _run_to(driven: Driven, step: int) -> None:
    await driven.press("space")
    await driven.until(lambda: driven.snapshot.step >= step)


async def test_it_is_said_in_words_and_in_the_state_line(open_app: Open) -> None:
    async with open_app() as driven:
        await _run_to(driven, 50)
        await _lose(driven)

        line = driven.playground.query_one(StateLine)
        await driven.until(lambda: "no trainer" in driven.text(line))


@pytest.mark.parametrize("is_running", [True, False], ids=["running", "paused"])
async def test_space_goes_on_from_the_last_checkpoint(open_app: Open, is_running: bool) -> None:
    async with open_app() as driven:
        await _run_to(driven, 2000)
        if not is_running:
            await driven.press("space")
            await driven.until_status(Status.PAUSED)
        reached = driven.session.trainer.step
        await _lose(driven)
        await driven.press("space")
        await driven.until_said("Another trainer goes on from step")
        restored = driven.session.trainer.step
        await driven.press("space")

        assert 0 < restored <= reached
        await driven.until_status(Status.RUNNING)
        step = driven.snapshot.step
        await driven.until(lambda: driven.snapshot.step > max(step, restored))
        line = driven.playground.query_one(StateLine)
        assert "no trainer" not in driven.text(line)


async def test_without_a_checkpoint_it_starts_over(open_app: Open) -> None:
    async with open_app() as driven:
        await _lose(driven)
        await driven.press("space")
        await driven.until_said("from step 0")
        await driven.press("s")

        await driven.until(lambda: driven.snapshot.step == 1)


async def test_settings_changed_meanwhile_are_those_of_the_next_trainer(open_app: Open) -> None:
    async with open_app() as driven:
        await _run_to(driven, 2000)
        await _lose(driven)
        await driven.press("right_square_bracket")
        assert driven.config.learning_rate == 0.1
        await driven.press("space", "s")

        await driven.until(lambda: driven.snapshot.config.learning_rate == 0.1)
        assert driven.session.trainer.config == driven.config == driven.snapshot.config


async def test_other_keys_wait_without_harm(open_app: Open) -> None:
    async with open_app() as driven:
        await _lose(driven)
        await driven.press("s", "e", "r", "R", "g", "b", "h", "u", "t", "z", "z", "ctrl+z", "a")
        await driven.press("space", "s")

        await driven.until(lambda: driven.snapshot.step == 1)


async def test_a_trainer_may_be_lost_again_and_again(open_app: Open) -> None:
    async with open_app() as driven:
        for _ in range(3):
            await driven.press("space")
            await driven.until(lambda: driven.snapshot.step > 0)
            await _lose(driven)
            await driven.press("space")
            await driven.until_said("Another trainer")
