"""The app's end of a real trainer process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.data import array_dataset
from tui_nn.data.registry import keep
from tui_nn.settings.config import Config
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import Configure, Play, RequestSnapshot, Restore, RunSteps
from tui_nn.training.remote.link import PACKAGE_PARENT, Link
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.looks import new_looks
from tui_nn.views.map.values import DecisionMap, Grid, MapRequest

CONFIG = Config(samples=60, batch_size=7, speed=None)
LOOK = RequestSnapshot(ViewRequest(looks=(MapRequest(Grid(20, 10, -2, 2, -2, 2)),), known_data=0))
PATIENCE_S = 30


@pytest.fixture
def start() -> Iterator[Callable[..., Link]]:
    """Return a starter of links that are closed after the test, whatever happened in it."""
    with contextlib.ExitStack() as stack:

        def make(config: Config = CONFIG) -> Link:
            link = Link(config)
            stack.callback(link.close)
            return link

        yield make


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def next_of(kind: type, messages: AsyncIterator[Message]) -> Any:
    """Return the next message of one kind; StopAsyncIteration where the trainer ends before."""
    while True:
        message = await asyncio.wait_for(anext(messages), PATIENCE_S)
        if isinstance(message, kind):
            return message


async def until_paused(link: Link, messages: AsyncIterator[Message]) -> Snapshot:
    """Look until the run stands still."""
    while True:
        link.send(LOOK)
        seen = await next_of(Snapshot, messages)
        if seen.status is not Status.RUNNING:
            return seen


async def test_a_trainer_answers(start: Any) -> None:
    link = start()
    link.send(LOOK)
    seen = await next_of(Snapshot, link.messages())

    assert (seen.status, seen.step, seen.layer_sizes) == (Status.PAUSED, 0, (2, 4, 2, 1))


async def test_what_is_sent_before_anyone_listens_is_not_lost(start: Any) -> None:
    link = start()
    link.send(RunSteps(12))
    seen = await until_paused(link, link.messages())

    assert seen.step == 12


async def test_the_trainer_process_gives_the_same_bits_as_a_session_here(start: Any) -> None:
    link = start()
    link.send(RunSteps(200))
    watched = await until_paused(link, link.messages())
    here = Session(CONFIG, looks=new_looks())
    lines: list[Any] = [[RunSteps(200)], [LOOK]]
    seen: list[Any] = []
    here.run(lambda wait_s: () if wait_s is not None else (lines.pop(0) if lines else None), seen.append)

    assert np.array_equal(watched.reply(DecisionMap).surface, seen[-1].reply(DecisionMap).surface)
    assert watched.metrics == seen[-1].metrics


async def test_a_large_picture_comes_through(start: Any) -> None:
    link = start()
    link.send(RequestSnapshot(ViewRequest(looks=(MapRequest(Grid(400, 300, -2, 2, -2, 2)),))))
    seen = await next_of(Snapshot, link.messages())

    assert seen.reply(DecisionMap).surface.shape == (300, 400, 1)


async def test_a_killed_trainer_ends_the_messages_and_its_last_words_say_so(start: Any) -> None:
    link = start()
    link.send(Play())
    link.send(LOOK)
    messages = link.messages()
    await next_of(Snapshot, messages)
    os.kill(link.pid, signal.SIGKILL)

    async for message in messages:
        assert message is not None
    assert link.last_words() == "it was ended by SIGKILL"


async def test_sending_to_a_trainer_that_is_gone_is_quiet(start: Any) -> None:
    link = start()
    link.send(LOOK)
    messages = link.messages()
    await next_of(Snapshot, messages)
    os.kill(link.pid, signal.SIGKILL)
    async for _ in messages:
        pass
    for _ in range(20):
        link.send(LOOK)

    link.close()


async def test_a_run_goes_on_from_the_checkpoint_of_a_killed_trainer(start: Any) -> None:
    link = start()
    link.send(RunSteps(300))
    messages = link.messages()
    checkpoint = await next_of(Checkpoint, messages)
    os.kill(link.pid, signal.SIGKILL)
    other = start(Config(dataset="xor"))
    other.send(Restore(checkpoint))
    other.send(LOOK)
    seen = await next_of(Snapshot, other.messages())

    assert (seen.step, seen.status, seen.config) == (checkpoint.step, Status.PAUSED, CONFIG)


async def test_an_interrupt_from_the_keyboard_leaves_the_trainer_alone(start: Any) -> None:
    link = start()
    link.send(LOOK)
    messages = link.messages()
    await next_of(Snapshot, messages)
    os.kill(link.pid, signal.SIGINT)
    link.send(LOOK)

    assert (await next_of(Snapshot, messages)).step == 0


async def test_the_trainer_has_a_process_group_of_its_own(start: Any) -> None:
    link = start()

    assert os.getpgid(link.pid) == link.pid != os.getpgid(0)


@pytest.mark.parametrize("command", [Play(), LOOK])
async def test_closing_ends_the_trainer(start: Any, command: Any) -> None:
    link = start()
    link.send(command)
    link.send(LOOK)
    await next_of(Snapshot, link.messages())
    link.close()

    assert not is_alive(link.pid)


def test_closing_before_anyone_listened_ends_the_trainer(start: Any) -> None:
    link = start()
    link.close()

    assert not is_alive(link.pid)


def test_closing_twice_is_closing_once(start: Any) -> None:
    link = start()
    link.close()
    link.close()


def test_closing_after_the_event_loop_is_over_ends_the_trainer(start: Any) -> None:
    link = start()

    async def listen() -> None:
        link.send(LOOK)
        await next_of(Snapshot, link.messages())

    asyncio.run(listen())
    link.close()

    assert not is_alive(link.pid)


async def test_a_trainer_that_cannot_start_says_why(
    start: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise ImportError('this numpy is broken')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    link = start()
    async for _ in link.messages():
        pass

    assert link.last_words() == "ImportError: this numpy is broken"


async def test_a_trainer_that_left_unasked_says_its_status(
    start: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    link = start()
    async for _ in link.messages():
        pass

    assert link.last_words() == "it left with status 3"


def test_the_trainer_is_started_from_the_folder_of_this_package() -> None:
    assert (PACKAGE_PARENT / "tui_nn" / "__init__.py").is_file()


async def test_the_trainer_has_a_persons_data_whenever_it_came_here(start: Any) -> None:
    rng = np.random.default_rng(0)
    for n_rows, is_first in ((40, True), (50, False)):
        data = array_dataset("own", rng.normal(size=(n_rows, 3)), rng.integers(0, 2, n_rows))
        keep(data)
        config = CONFIG.replace(dataset=data.name)
        if is_first:
            link = start(config)
            messages = link.messages()
        else:
            link.send(Configure(config))
        link.send(LOOK)
        seen = await next_of(Snapshot, messages)

        assert (seen.config.dataset, seen.layer_sizes[0], seen.trouble) == (data.name, 3, "")
