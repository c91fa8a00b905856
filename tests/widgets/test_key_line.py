"""The key line shows the keys that matter at the moment, as many as fit."""

from __future__ import annotations

from typing import Any

import pytest

from tui_nn.render.palette import PALETTES
from tui_nn.training.place import TimelinePlace
from tui_nn.training.snapshot import Status
from tui_nn.widgets.key_line import KeyLine

Open = Any
USUAL = (("space", "run/pause"), ("?", "keys"), ("q", "quit"))


def key_line() -> KeyLine:
    return KeyLine(PALETTES["mono"], USUAL, past=((".", "forward"),), diverged=(("b", "last good step"),))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "space run/pause  ? keys  q quit"),
        ({"status": Status.RUNNING}, "space run/pause  ? keys  q quit"),
        ({"status": Status.DIVERGED}, "b last good step"),
        ({"timeline": TimelinePlace(3, position=1)}, ". forward"),
        ({"timeline": TimelinePlace(3, position=1), "status": Status.DIVERGED}, ". forward"),
    ],
    ids=["paused", "running", "diverged", "in the past", "in the past of a run that diverged"],
)
async def test_the_keys_are_those_of_the_moment(
    alone: Open, text: Any, moment: Any, changes: dict[str, Any], words: str
) -> None:
    line = key_line()
    async with alone(line):
        line.snapshot = moment(**changes)

        assert text(line)[0].strip() == words


async def test_what_has_the_keyboard_shows_its_own_keys_whatever_the_moment_is(
    alone: Open, text: Any, moment: Any
) -> None:
    line = key_line()
    async with alone(line):
        line.inner = (("enter", "take it"),)
        line.snapshot = moment(status=Status.DIVERGED)
        assert text(line)[0].strip() == "enter take it"
        line.inner = ()

        assert text(line)[0].strip() == "b last good step"


async def test_other_keys_are_shown_at_once(alone: Open, text: Any) -> None:
    line = key_line()
    async with alone(line):
        line.keys = (("z", "zoom"),)

        assert text(line)[0].strip() == "z zoom"


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (33, "space run/pause  ? keys  q quit"),
        (32, "space run/pause  ? keys"),
        (25, "space run/pause  ? keys"),
        (24, "space run/pause"),
        (17, "space run/pause"),
    ],
)
async def test_the_least_needed_are_left_out_where_it_is_narrow(
    alone: Open, text: Any, width: int, words: str
) -> None:
    line = key_line()
    async with alone(line, size=(width, 3)):
        assert text(line)[0].strip() == words
