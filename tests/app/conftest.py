"""The whole app in this process: a real session, a link without a pipe, a terminal that answers at once."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import CursorPosition, Key, Resize
from textual.geometry import Size
from textual.keys import key_to_character
from textual.pilot import Pilot

from tui_nn.app.app import PlaygroundApp
from tui_nn.app.driver import lean
from tui_nn.app.input_parser import InputParser
from tui_nn.app.launch import use_keymap
from tui_nn.app.pacing import CURSOR_QUERY
from tui_nn.render.terminal import COLOR_SYSTEMS
from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.settings.config import Config
from tui_nn.settings.keymaps.keymap import Keymap
from tui_nn.training.commands import Command, CompareRuns, RequestSnapshot
from tui_nn.training.comparing.session import ComparisonSession
from tui_nn.training.remote.client import Client
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Snapshot, Status
from tui_nn.views.compare.look import compared_looks
from tui_nn.views.curves.panel import CurveView
from tui_nn.views.looks import new_looks
from tui_nn.views.map.panel import MapView
from tui_nn.views.network.panel import NetworkView
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.form import Form
from tui_nn.widgets.prompt import Prompt

PATIENCE_S = 60
"""A state that is not reached by then never comes."""
HOPS = 4
"""A key becomes a message of a panel, then of the screen, then a command of the app."""
ROUNDS = 4
"""A running session trains so many slices between two pictures."""
TICK_S = 0.0001
IMAGE_TICK_S = 0.002
"""A step on images takes longer: fewer of them make a slice."""
DIGITS = 1000
"""Generated for the Digits screen: enough for each class, and drawn in a tenth of the time."""
KEEP_APPS: Any = (XTermParser._parse_extended_key, StylesCache.get_inner_outer)
"""Caches of Textual that keep whole apps: of a parser with its last key, of a widget with its lines."""
CHARACTERS = {"minus": "-", "plus": "+"}
"""Names of keys for which Textual does not know the character."""


class LocalLink:
    """What Link offers, with the session in this process: it trains only between two pictures."""

    def __init__(self, first: Config | CompareRuns) -> None:
        config = first.configs[0] if isinstance(first, CompareRuns) else first
        ticks, tick_s = itertools.count(), TICK_S if config.image_shape is None else IMAGE_TICK_S

        def clock() -> float:
            return next(ticks) * tick_s  # a slice is as many steps on every machine

        self.session: Any
        if isinstance(first, CompareRuns):
            self.session = ComparisonSession(
                first, looks=compared_looks(), checkpoint_every_s=0.001, clock=clock
            )
        else:
            self.session = Session(
                first, looks=new_looks(), checkpoint_every_s=0.1, pauses_on_explosion=True, clock=clock
            )
        self.sent: list[Command] = []
        self.pid = 0
        self._messages: asyncio.Queue[Message | None] = asyncio.Queue()

    def send(self, command: Command) -> None:
        """Obey at once."""
        self.sent.append(command)
        rounds = ROUNDS if isinstance(command, RequestSnapshot) else 0
        script: list[Sequence[Command] | None] = [*itertools.repeat((), rounds), [command], None]
        self.session.run(lambda _: script.pop(0), self._messages.put_nowait)

    async def messages(self) -> AsyncIterator[Message]:
        """Yield what the session publishes, until it is killed."""
        while (message := await self._messages.get()) is not None:
            yield message

    def kill(self) -> None:
        """End as a killed trainer does."""
        self._messages.put_nowait(None)

    def last_words(self) -> str:
        """Return what Link says of a killed trainer."""
        return "it was ended by SIGKILL"

    def dismiss(self) -> None:
        """Leave."""

    def close(self) -> None:
        """Leave."""


class CountingDriver(HeadlessDriver):
    """A terminal that answers each question for the cursor at once, and keeps what LeanDriver would send."""

    is_headless = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.written: list[str] = []

    def write(self, data: str) -> None:
        """Keep it."""
        self.written.append(lean(data))
        if CURSOR_QUERY in data:
            self.process_message(CursorPosition(0, 0))

    def resize(self, size: Size) -> None:
        """Be of another size."""
        self._size = size
        self.process_message(Resize(size, size))


class Driven:
    """An open app, hands on its keyboard, eyes on its screen, and the session behind it."""

    def __init__(self, app: PlaygroundApp, pilot: Pilot[int], links: list[LocalLink]) -> None:
        self.app, self.pilot, self._links = app, pilot, links

    @property
    def driver(self) -> CountingDriver:
        """The terminal."""
        driver = self.app._driver
        assert isinstance(driver, CountingDriver)
        return driver

    async def press(self, *keys: str) -> None:
        """Press keys; what they do to the app has been done when this returns."""
        for key in keys:
            self.driver.process_message(Key(key, CHARACTERS.get(key) or key_to_character(key)))
            await self.settle()

    async def type(self, text: str, settles: bool = True) -> None:
        """Send what a terminal sends: keys, pasted text, escape sequences."""
        for event in InputParser().feed(text):
            self.driver.process_message(event)
        if settles:
            await self.settle()

    async def settle(self) -> None:
        """Wait until messages, and those sent in handling them, have been handled."""
        for _ in range(2):  # what was typed comes to the turnstile, then it is let through
            for _ in range(HOPS):
                await asyncio.sleep(0)
                await self.pilot.pause(0)
            await self.until(lambda: self.app.turnstile.is_idle or self.app.return_value is not None)

    async def change(self, **settings: Any) -> None:
        """Change settings at once, as the playground does."""
        self.playground.run.configure(**settings)
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        self.driver.resize(Size(width, height))
        await self.until(lambda: [cell_len(line) for line in self.screen_lines()] == [width] * height)
        await self.settle()

    async def until(self, is_reached: Callable[[], object]) -> None:
        """Wait for a state."""

        async def look() -> None:
            while not is_reached():
                await asyncio.sleep(0.001)

        await asyncio.wait_for(look(), PATIENCE_S)

    async def until_said(self, words: str) -> None:
        """Wait until the event line holds the words."""
        await self.until(lambda: words in self.said)

    async def until_status(self, status: Status) -> None:
        """Wait until the screen has seen the status."""
        await self.until(lambda: self.snapshot.status is status)

    @property
    def config(self) -> Config:
        """The settings as they are now."""
        return self.app.config

    @property
    def playground(self) -> PlaygroundScreen:
        """The screen of a small network."""
        screen = self.app.navigation.own.find("playground", self.app.run_shown)[0]
        assert isinstance(screen, PlaygroundScreen)
        return screen

    @property
    def snapshot(self) -> Snapshot:
        """The moment that is on the screen."""
        snapshot = self.playground.snapshot
        assert snapshot is not None
        return snapshot

    @property
    def said(self) -> str:
        """The sentence in the event line."""
        return self.playground.query_one(EventLine).text

    @property
    def link(self) -> LocalLink:
        """The other end of the link that is in use."""
        return self._links[-1]

    @property
    def session(self) -> Session:
        """The session, to look at."""
        return self.link.session

    @property
    def parameters(self) -> np.ndarray:
        """A copy of all weights and biases."""
        return self.session.trainer.network.parameters.copy()

    @property
    def map(self) -> MapView:
        """The decision map."""
        return self.playground.query_one(MapView)

    @property
    def network(self) -> NetworkView:
        """The network."""
        return self.playground.query_one(NetworkView)

    @property
    def curves(self) -> CurveView:
        """The curves."""
        return self.playground.query_one(CurveView)

    @property
    def form(self) -> Form:
        """The settings, or the weights of a neuron."""
        return self.playground.query_one(Form)

    @property
    def prompt(self) -> Prompt:
        """The line to type a value in."""
        return self.playground.query_one(Prompt)

    def screen_lines(self) -> list[str]:
        """Return the text of the whole screen, as it would be sent to a terminal."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self, view: CellsView) -> str:
        """Return what a view shows, line by line."""
        return "\n".join(view.render_line(y).text for y in range(view.size.height))


Open = Callable[..., contextlib.AbstractAsyncContextManager[Driven]]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Return an opener of the app: `async with open_app((80, 24), dataset="xor") as driven`.

    It is paused, as fast as it can be, in 256 colors and in an empty folder, unless told otherwise; it has
    shown its first picture, unless `has_picture` is False.
    """
    links: list[LocalLink] = []

    def connect(config: Config | CompareRuns) -> LocalLink:
        links.append(LocalLink(config))
        return links[-1]

    for module in ("training.remote.client", "app.opened"):
        monkeypatch.setattr(f"tui_nn.{module}.Link", connect)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUI_NN_DATA", str(tmp_path))
    monkeypatch.setenv("TUI_NN_CACHE", str(tmp_path))
    monkeypatch.setenv("TUI_NN_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(sys, "__stdin__", None)
    monkeypatch.setattr("tui_nn.training.shipped.SCREEN_SAMPLES", DIGITS)

    @contextlib.asynccontextmanager
    async def open_(
        size: tuple[int, int] = (120, 36),
        *,
        depth: str = "256",
        is_ascii: bool = False,
        has_picture: bool = True,
        keymap: Keymap | None = None,
        **settings: Any,
    ) -> AsyncIterator[Driven]:
        config = Config().replace(**{"fps": 60, "paused": True, "speed": None, **settings})
        monkeypatch.setattr("textual.constants.COLOR_SYSTEM", COLOR_SYSTEMS[depth])
        client = Client(connect(config), config)
        app = PlaygroundApp(config, client, depth=depth, is_ascii=is_ascii, driver_class=CountingDriver)
        use_keymap(app, keymap)
        async with app.run_test(headless=False, size=size) as pilot:
            driven = Driven(app, pilot, links)
            if has_picture:
                await driven.until(lambda: app.shown.snapshot is not None)
                if app.shown.query(NetworkView) and driven.network.size.area:
                    await driven.until(lambda: driven.text(driven.network).strip())
                await driven.settle()
            yield driven
            if app.return_value is None:
                app.exit(0)
        for kept in KEEP_APPS:
            kept.cache_clear()

    return open_
