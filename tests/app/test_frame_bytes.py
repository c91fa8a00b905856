"""What a picture costs on the line, counted: no clock is asked, so the figures are the same everywhere."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections import Counter
from typing import Any

import pytest

from tui_nn.app.pacing import CURSOR_QUERY
from tui_nn.training.snapshot import Status
from tui_nn.views.network.values import COLORINGS

Open = Any
Driven = Any
MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
PICTURES = 30
MAP_BYTES, NETWORK_BYTES = 12_000, 11_000


def _pictures(written: list[str]) -> list[str]:
    """Return what was written for each picture: all that stands before a question for the cursor."""
    return "".join(written).split(CURSOR_QUERY)[:-1]


def _bytes_by_panel(picture: str, panels: dict[str, Any]) -> Counter[str]:
    """Return the bytes that follow each placing of the cursor, by the panel it is placed in."""
    counted: Counter[str] = Counter()
    _, *parts = MOVE.split(picture)
    for row, column, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        at = int(column) - 1, int(row) - 1
        name = next((name for name, panel in panels.items() if panel.region.contains(*at)), "other")
        counted[name] += len(f"\x1b[{row};{column}H{text}".encode())
    return counted


async def _watch(driven: Driven) -> list[Counter[str]]:
    panels = {"map": driven.map, "network": driven.network}
    await driven.press("space")
    await driven.until(lambda: driven.snapshot.status is Status.RUNNING)
    driven.driver.written.clear()
    await driven.until(lambda: len(_pictures(driven.driver.written)) >= PICTURES)
    counted = [_bytes_by_panel(picture, panels) for picture in _pictures(driven.driver.written)]
    return [_kept_apart(first, second) for first, second in itertools.pairwise(counted)]


def _kept_apart(first: Counter[str], second: Counter[str]) -> Counter[str]:
    """Return the second of two pictures; where a sentence was written in place of the first map, two came."""
    return second if first["map"] else second + Counter({"map": -(second["map"] // 2)})


@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("dataset", ["moons", "spiral"])
async def test_a_picture_stays_within_its_bytes(open_app: Open, depth: str, dataset: str) -> None:
    async with open_app((120, 36), depth=depth, dataset=dataset, hidden_sizes=(8, 8)) as driven:
        pictures = await _watch(driven)

    assert 0 < max(counted["map"] for counted in pictures) <= MAP_BYTES
    assert 0 < max(counted["network"] for counted in pictures) <= NETWORK_BYTES


@pytest.mark.parametrize("coloring", COLORINGS)
async def test_marks_that_flow_stay_within_the_bytes_of_the_network(open_app: Open, coloring: str) -> None:
    async with open_app((120, 36), hidden_sizes=(8, 8)) as driven:
        await driven.press("k", *["v"] * COLORINGS.index(coloring))
        pictures = await _watch(driven)

    assert 0 < max(counted["network"] for counted in pictures) <= NETWORK_BYTES


async def test_marks_stand_still_while_it_is_paused(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await driven.press("k")
        await _stand_still(driven)
        driven.driver.written.clear()
        await _stand_still(driven)

        assert driven.driver.written == []


async def test_the_network_is_drawn_at_every_second_picture(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        pictures = await _watch(driven)

    drawn = sum(counted["network"] > 200 for counted in pictures)
    assert drawn == pytest.approx(len(pictures) / 2, abs=2)


async def test_paused_and_untouched_nothing_is_written(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await driven.press("space")
        await driven.until(lambda: driven.snapshot.step > 100)
        await driven.press("space")
        await driven.until_status(Status.PAUSED)
        await _stand_still(driven)
        driven.driver.written.clear()
        sent = len(driven.link.sent)
        await _stand_still(driven)

        assert driven.driver.written == []
        assert len(driven.link.sent) == sent


async def test_a_key_that_changes_one_line_writes_little(open_app: Open) -> None:
    async with open_app((120, 36)) as driven:
        await _stand_still(driven)
        driven.driver.written.clear()
        await driven.press("right_square_bracket")
        await _stand_still(driven)

        assert len("".join(driven.driver.written).encode()) < 2500


async def _stand_still(driven: Driven) -> None:
    """Wait until no picture is wanted any more."""
    for _ in range(20):
        await driven.settle()
        await asyncio.sleep(1 / 60)
