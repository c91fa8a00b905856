"""After any sequence of sizes the last one wins, whatever a screen still has to do for those before it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.geometry import Size

Open = Any


@pytest.mark.parametrize("opening", ["", ":", "?", "cd\r"], ids=["alone", "palette", "keys", "list"])
@pytest.mark.parametrize(
    "sizes", [((20, 24), (80, 24)), ((80, 24), (20, 24)), ((20, 5), (120, 36), (80, 24))]
)
async def test_the_last_size_wins_on_a_screen_that_is_busy(
    open_app: Open, opening: str, sizes: tuple[tuple[int, int], ...]
) -> None:
    async with open_app((100, 30)) as driven:
        await driven.type(opening)
        screens = driven.app.screen_stack[1:]
        busy = asyncio.Event()
        for screen in screens:
            screen.call_later(busy.wait)
        for size in sizes:
            for screen in screens:
                screen.call_later(lambda: None)  # sizes that follow at once would be taken for one
            driven.driver.resize(Size(*size))
            await driven.until(lambda size=size: driven.app.size == size and not driven.app._resize_event)
        busy.set()
        await driven.settle()
        await driven.press("escape", "escape")

        assert [screen.size for screen in screens] == [Size(*sizes[-1])] * len(screens)
        assert driven.app.screen is driven.playground
        assert ("windowistoosmall" in "".join(driven.screen_lines()).replace(" ", "")) == (sizes[-1][0] < 60)
