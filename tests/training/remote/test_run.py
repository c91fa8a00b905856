"""What a run says of its commands: what was done is said with the picture that shows it."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.remote.run import Run
from tui_nn.training.session import Session
from tui_nn.training.snapshot import Notice, Status, ViewRequest

DONE = "One step was taken."


class DeafClient:
    """A client whose trainer answers when the test does."""

    is_lost = False

    def send(self, command: Any) -> None:
        """Send into the void."""


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def run(said: list[str]) -> Run:
    def tell(text: str, is_warning: bool = False) -> None:
        said.append(text)

    return Run(
        cast(Any, DeafClient()), Config(), tell=tell, ask=lambda words, accept: None, changed=lambda: None
    )


async def _ask(run: Run) -> asyncio.Task[Any]:
    """Ask for a picture; it is on its way when this returns."""
    asked = asyncio.create_task(run.fetch(ViewRequest()))
    await asyncio.sleep(0)
    return asked


async def _answer(run: Run, asked: asyncio.Task[Any]) -> None:
    run._snapshots.put_nowait(Session(Config()).snapshot(ViewRequest()))
    await asked


async def test_what_was_done_is_said_with_the_first_picture_asked_for_after_it(
    run: Run, said: list[str]
) -> None:
    before = await _ask(run)
    run.send(do.RunSteps(1), done=DONE)
    await _answer(run, before)
    assert said == [], "that picture is of before"
    await _answer(run, await _ask(run))
    await _answer(run, await _ask(run))

    assert said == [DONE]


async def test_what_could_not_be_done_is_not_said_to_be(run: Run, said: list[str]) -> None:
    run.send(do.RunSteps(1), done=DONE)
    asked = await _ask(run)
    run._take_notice(Notice("It cannot be done.", is_error=True))
    await _answer(run, asked)

    assert said == ["It cannot be done."]


async def test_pressing_twice_within_one_picture_runs_and_pauses(run: Run) -> None:
    before = await _ask(run)
    run.toggle()
    await _answer(run, before)
    assert run.status is Status.RUNNING, "that picture is of before"
    run.toggle()

    assert run.status is Status.PAUSED
    await _answer(run, await _ask(run))
    assert run.status is Status.PAUSED
