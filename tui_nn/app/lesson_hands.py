"""Opens the app without a terminal, and presses the keys of a lesson there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.drivers.headless_driver import HeadlessDriver
from textual.events import CursorPosition, Key
from textual.pilot import Pilot

from tui_nn.app.app import PlaygroundApp
from tui_nn.app.launch import use_keymap
from tui_nn.app.lesson_keys import WINDOW, key_problems
from tui_nn.app.pacing import CURSOR_QUERY
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.problems import Problem
from tui_nn.settings.config import Config
from tui_nn.settings.keymaps.names import character_of
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.link import Link

PATIENCE_S = 60
"""A state that is not reached by then never comes."""
POLL_S = 0.002
HOPS = 4
"""A key becomes a message of a panel, then of the screen, then a command of the app."""


class AnsweringDriver(HeadlessDriver):
    """A terminal that nobody sees, and that answers each question for its cursor at once."""

    is_headless = False

    def write(self, data: str) -> None:
        """Drop it, and answer."""
        if CURSOR_QUERY in data:
            self.process_message(CursorPosition(0, 0))


class PilotHands:
    """Presses keys and looks at the screen; see lesson_keys.Hands."""

    def __init__(self, app: PlaygroundApp, pilot: Pilot[int]) -> None:
        self.app, self._pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys."""
        assert self.app._driver is not None
        for key in keys:
            self.app._driver.process_message(Key(key, character_of(key)))
            for _ in range(HOPS):
                await asyncio.sleep(0)
                await self._pilot.pause(0)
            await self.until(lambda: self.app.turnstile.is_idle)

    async def until(self, is_reached: Callable[[], object]) -> None:
        """Wait for a state."""

        async def look() -> None:
            while not is_reached():
                await asyncio.sleep(POLL_S)

        await asyncio.wait_for(look(), PATIENCE_S)

    def screen_lines(self) -> list[str]:
        """Return the text of the whole screen."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]


async def problems_in_the_app(lesson: Lesson, depth: str) -> list[Problem]:
    """Open the app for one lesson, and press its keys."""
    config = Config(paused=True, speed=None)
    client = Client(Link(config), config)
    try:
        app = PlaygroundApp(config, client, depth=depth, is_ascii=False, driver_class=AnsweringDriver)
        use_keymap(app, None)
        async with app.run_test(headless=False, size=WINDOW) as pilot:
            hands = PilotHands(app, pilot)
            await hands.until(lambda: app.shown.snapshot is not None)
            problems = await key_problems(hands, lesson)
            app.exit(0)
        return problems
    finally:
        client.close()
