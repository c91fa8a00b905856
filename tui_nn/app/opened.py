"""The screens that are open, each with its run: made when wanted, and kept while others are shown."""

from __future__ import annotations

from collections.abc import Callable

from tui_nn.render.palette import Palette
from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import Config
from tui_nn.training.commands import CompareRuns
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.link import Link
from tui_nn.training.remote.run import Run

LOOKERS = ("inside", "space")
"""Screens without a run of their own: they look closer at the one that is shown."""
NewRun = Callable[[Client, Config], Run]


class OpenedScreens:
    """Finds a screen with its run by the screen's name; each screen's module is loaded when it is wanted."""

    def __init__(self, new_run: NewRun, palette: Callable[[], Palette]) -> None:
        self._new_run, self._palette = new_run, palette
        self._opened: dict[str, tuple[RunScreen, Run]] = {}
        self._lookers: dict[str, RunScreen] = {}

    @property
    def runs(self) -> list[tuple[str, Run]]:
        """All runs, by the names of their screens."""
        return [(name, run) for name, (_, run) in self._opened.items()]

    def find(self, name: str, run_shown: Run) -> tuple[RunScreen, Run] | None:
        """Return a screen with its run; None if it has none yet: `begin` starts it."""
        if name in LOOKERS:
            return self._looker(name, run_shown), run_shown
        return self._opened.get(name)

    def add(self, name: str, config: Config, client: Client) -> tuple[RunScreen, Run]:
        """Make a screen for a run whose trainer is there."""
        run = self._new_run(client, config)
        screen: RunScreen
        if name == "digits":
            from tui_nn.screens.digits import DigitsScreen  # not before it is wanted: the first paint waits

            screen = DigitsScreen(self._palette(), run)
        else:
            screen = PlaygroundScreen(self._palette(), run)
        self._opened[name] = (screen, run)
        return screen, run

    def begin(self, name: str, fps: int) -> tuple[RunScreen, Run]:
        """Start a trainer for a screen that has none; Digits begins with the shipped network."""
        from tui_nn.training.shipped import digits_config, shipped_parameters

        config = (digits_config() if name == "digits" else Config()).replace(fps=fps)
        screen, run = self.add(name, config, Client(Link(config), config))
        shipped = shipped_parameters() if name == "digits" else None
        if shipped is not None:
            run.send(shipped)
        return screen, run

    def _looker(self, name: str, run: Run) -> RunScreen:
        screen = self._lookers.get(name)
        if screen is None:
            screen = self._lookers[name] = new_looker(name, self._palette(), run)
        return screen


def connect(wanted: CompareRuns) -> Client:
    """Start a trainer of several runs."""
    return Client(Link(wanted), wanted)


def new_looker(name: str, palette: Palette, run: Run) -> RunScreen:
    """Return a new screen of LOOKERS."""
    if name == "space":
        from tui_nn.screens.space import SpaceScreen

        return SpaceScreen(palette, run)
    from tui_nn.screens.inside import InsideScreen

    return InsideScreen(palette, run)


def name_of_screen(config: Config) -> str:
    """Return which screen shows the data of these settings."""
    return "playground" if config.image_shape is None else "digits"
