"""A prompt asks for one value: it begins with the present one, and stays until it is right or left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from textual.app import App
from textual.widgets import Input, Static

from tui_nn.widgets.prompt import Prompt

Open = Any


@dataclass
class Asked:
    """Takes numbers, and keeps what it was given."""

    given: list[str] = field(default_factory=list)
    n_done: int = 0

    def accept(self, text: str) -> str:
        self.given.append(text)
        return "" if text.isdecimal() else f"{text or 'nothing'} is not allowed"

    def done(self) -> None:
        self.n_done += 1


def ask(prompt: Prompt, *, typed: str = "", note: str = "1 to 99", label: str = "batch size") -> Asked:
    asked = Asked()
    prompt.ask(label, "10", typed, note, asked.accept, asked.done)
    return asked


def field_of(app: App[None]) -> Input:
    return app.query_one(Input)


def note_of(app: App[None]) -> tuple[str, bool]:
    """Return what stands beside the field, and whether it is a complaint."""
    note = app.query_one("#prompt-note", Static)
    return str(note.content), note.has_class("-wrong")


async def test_it_is_hidden_until_something_is_asked(alone: Open) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(80, 5)) as pilot:
        assert not prompt.display
        ask(prompt)
        await pilot.pause()

        assert prompt.display
        assert field_of(pilot.app).has_focus
        assert (field_of(pilot.app).value, note_of(pilot.app)) == ("10", ("1 to 99", False))


async def test_the_present_value_is_replaced_by_what_is_typed(alone: Open) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(80, 5)) as pilot:
        asked = ask(prompt)
        await pilot.press("4", "2", "enter")

        assert (asked.given, asked.n_done, prompt.display) == (["42"], 1, False)


async def test_what_was_typed_already_is_gone_on_with(alone: Open) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(80, 5)) as pilot:
        asked = ask(prompt, typed="7")
        await pilot.press("5", "enter")

        assert asked.given == ["75"]


async def test_escape_leaves_without_a_value(alone: Open) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(80, 5)) as pilot:
        asked = ask(prompt)
        await pilot.press("4", "escape")

        assert (asked.given, asked.n_done, prompt.display) == ([], 1, False)


async def test_a_wrong_value_stays_with_a_complaint_until_something_else_is_typed(alone: Open) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(80, 5)) as pilot:
        asked = ask(prompt)
        await pilot.press("n", "o", "enter")
        await pilot.pause()
        assert note_of(pilot.app) == ("no is not allowed", True)
        assert (prompt.display, asked.n_done) == (True, 0)
        await pilot.press("w")
        await pilot.pause()

        assert note_of(pilot.app) == ("1 to 99", False)
        assert field_of(pilot.app).value == "now"


async def test_a_second_question_has_nothing_of_the_first(alone: Open) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(80, 5)) as pilot:
        first = ask(prompt)
        await pilot.press("x", "enter", "escape")
        second = ask(prompt, note="0 to 5", label="noise")
        await pilot.pause()

        assert note_of(pilot.app) == ("0 to 5", False)
        assert str(pilot.app.query_one("#prompt-label", Static).content) == "noise"
        await pilot.press("3", "enter")
        assert (first.given, second.given) == (["x"], ["3"])


@pytest.mark.parametrize(("length", "height"), [(20, 1), (24, 1), (29, 2), (90, 3), (160, 4)])
async def test_a_long_note_stands_above_in_as_many_rows_as_it_needs(
    alone: Open, length: int, height: int
) -> None:
    prompt = Prompt()
    async with alone(prompt, size=(62, 9)) as pilot:
        ask(prompt, note=("word " * 40)[:length].strip())
        await pilot.pause()

        assert prompt.size.height == height
        assert field_of(pilot.app).region.bottom == prompt.region.bottom
