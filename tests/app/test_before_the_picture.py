"""Keys in the first second: they wait for the first picture, and end nothing where none comes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.events import Key
from textual.keys import key_to_character

from tui_nn.settings.actions import ACTIONS
from tui_nn.training.remote.run import Run

Open = Any
Driven = Any

ELSEWHERE = {"q", "ctrl+q", "ctrl+c", *"12345", "f1", "f2", "f3", "f4"}
KEYS = [
    "enter",
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "backspace",
    *(key for action in ACTIONS for key in action.keys if key not in ELSEWHERE),
]


@pytest.fixture
def curtain(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Return an event before which no trainer shows anything."""
    rises, fetch = asyncio.Event(), Run.fetch

    async def fetch_later(run: Run, request: Any) -> Any:
        await rises.wait()
        return await fetch(run, request)

    monkeypatch.setattr(Run, "fetch", fetch_later)
    return rises


async def test_keys_wait_for_the_first_picture(open_app: Open, curtain: asyncio.Event) -> None:
    async with open_app(has_picture=False) as driven:
        await driven.type("\t\x1b[C\rs", settles=False)
        await asyncio.sleep(0)
        assert driven.playground.focused is None

        curtain.set()
        await driven.until(lambda: driven.playground.snapshot is not None)
        await driven.until(lambda: driven.snapshot.step == 1)
        assert driven.playground.inspected == (2, 0)


@pytest.mark.parametrize("opening", ["", "2", "3", "4"])
async def test_no_key_ends_what_has_no_picture_yet(
    open_app: Open, curtain: asyncio.Event, monkeypatch: pytest.MonkeyPatch, opening: str
) -> None:
    monkeypatch.setattr("tui_nn.app.pictures.OPENING_S", -1.0)
    async with open_app(has_picture=False) as driven:
        await driven.press(*opening)
        for key in KEYS:
            for each in ("tab", key, "escape"):
                driven.driver.process_message(Key(each, key_to_character(each)))
            await driven.until(lambda: driven.app.turnstile.is_idle)
        await driven.press("1")

        assert driven.app._exception is None
        assert driven.app.screen is driven.playground
