"""Which screen is shown, and which run goes on there; the run that is hidden pauses."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tui_nn.app.opened import LOOKERS, OpenedScreens, name_of_screen
from tui_nn.render.palette import palette_for
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Status

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp


SCREENS = Path(__file__).parents[1] / "screens"


def sheets_of(screen: RunScreen) -> list[str | PurePath]:
    """Return the style sheets of the app with those of its first screen.

    Sheets that come later have all of them read again.
    """
    return [Path(__file__).with_name("app.tcss"), *(SCREENS / name for name in screen.CSS_PATH)]


class Navigation:
    """Goes from screen to screen: among the person's own, or among those of a lesson."""

    def __init__(self, app: PlaygroundApp, config: Config, client: Client) -> None:
        self._app = app
        self.own = self._in_use = self.new_screens()
        """The person's own screens; those of a lesson take their place while it is played."""
        self.screen, self.run = self.own.add(name_of_screen(config), config, client)
        self._resumed: set[int] = set()
        """Runs that train on as soon as they are shown again."""

    def new_screens(self) -> OpenedScreens:
        """Return a set of screens of which none is open yet."""
        app = self._app
        return OpenedScreens(
            lambda client, config: Run(
                client, config, tell=app.tell, ask=app.questions.ask, changed=app.want_picture
            ),
            lambda: palette_for(app.depth, app.is_ascii),
        )

    def use(self, opened: OpenedScreens | None) -> None:
        """Let screens and runs be those of a lesson from now on; None: the person's own."""
        self._in_use = self.own if opened is None else opened

    async def open(self, name: str) -> None:
        """Show the screen of a name; its run goes on from where it was left."""
        screen, run = self._in_use.find(name, self._app.players.looked_at) or self._begin(name)
        if screen is self.screen:
            return
        if name in LOOKERS:
            screen.begin(run)
        await self.show(screen, run)

    async def show(self, screen: RunScreen, run: Run) -> None:
        """Show a screen with its run; the run that was shown before pauses, if it is another one."""
        app = self._app
        app.players.attach(screen)
        if not app.is_screen_installed(screen):  # a screen that is not is taken down when another is shown
            app.install_screen(screen, f"screen-{id(screen)}")
        if run is not self.run and self.run.status is Status.RUNNING:
            self._resumed.add(id(self.run))
            self.run.send(do.Pause())
        self.screen, self.run = screen, run
        app.pictures.await_first()
        await app.switch_screen(screen)
        screen.show_palette(palette_for(app.depth, app.is_ascii))
        if id(run) in self._resumed:
            self._resumed.discard(id(run))
            run.play()
        app.pictures.frames.want()

    def start(self, opened: OpenedScreens, name: str) -> tuple[RunScreen, Run]:
        """Start a run for a screen that has none yet; it waits."""
        screen, run = opened.begin(name, self._app.config.fps)
        self._app.run_worker(run.listen(), group="listen")
        return screen, run

    def _begin(self, name: str) -> tuple[RunScreen, Run]:
        screen, run = self.start(self._in_use, name)
        if name == "playground":
            self._resumed.add(id(run))
        return screen, run

    async def walk(self) -> None:
        """Let an example walk through the run that is shown: the one pointed at, if there is one."""
        from tui_nn.screens.inside import InsideScreen  # not before it is wanted: the first paint waits

        example = self.screen.pointed_example()
        await self.open("inside")
        inside = self.screen
        assert isinstance(inside, InsideScreen)
        inside.call_after_refresh(inside.walk, example)

    async def page(self, name: str, screen: str = "inside") -> None:
        """Open a page of Inside, or a view of another screen."""
        await self.open(screen)
        self._app.call_after_refresh(self._app.run_action, f"screen.go_to_page({name!r})")
