"""A trainer that was stopped from outside: that it does not answer is said, and taken back."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from tui_nn.settings.config import Config
from tui_nn.training.remote import client as client_module
from tui_nn.training.remote.run import Run
from tui_nn.training.session import Session
from tui_nn.training.snapshot import ViewRequest


class SilentClient:
    """A client whose trainer answers when it is told to."""

    is_lost = False

    def send(self, command: Any) -> None:
        """Send into the void."""


async def test_silence_is_said_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_S", 0.0)
    said: list[str] = []
    told = asyncio.Event()

    def tell(text: str, is_warning: bool = False) -> None:
        said.append(text)
        told.set()

    run = Run(
        cast(Any, SilentClient()), Config(), tell=tell, ask=lambda words, accept: None, changed=lambda: None
    )
    fetched = asyncio.ensure_future(run.fetch(ViewRequest()))
    await told.wait()
    assert said == ["The trainer does not answer; ctrl+q leaves."]
    run._snapshots.put_nowait(Session(Config()).snapshot(ViewRequest()))
    await fetched

    assert said[1:] == ["The trainer answers again."]
