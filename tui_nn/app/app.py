"""The Textual app: hands keys to the run of the screen that is shown, and its snapshots to that screen."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.css.query import NoMatches
from textual.events import CursorPosition, Event, Key, Paste, Resize
from textual.filter import LineFilter
from textual.worker import WorkerFailed

from tui_nn.app.navigation import Navigation, sheets_of
from tui_nn.app.opened import name_of_screen
from tui_nn.app.pictures import Pictures
from tui_nn.app.players import Players
from tui_nn.app.questions import Questions, Quitting
from tui_nn.app.themes import THEMES
from tui_nn.app.turnstile import Turnstile, bindings, is_at_rest
from tui_nn.app.window_size import USUAL, too_large
from tui_nn.render.palette import palette_for
from tui_nn.render.strips import VisibleLines
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import Config
from tui_nn.settings.wording import greeting
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.run import Run

if TYPE_CHECKING:
    from tui_nn.settings.keymaps.keymap import Keymap
    from tui_nn.training.remote.keeper import Keeper
    from tui_nn.widgets.lesson_panel import LessonPanel

LEAVE_S = 0.3
"""After so many seconds ctrl+q passes by the keys that wait before it."""


class PlaygroundApp(App[int]):
    """The playground. Its return value is the exit status."""

    TITLE = "tui-nn"
    BINDINGS = bindings()
    ENABLE_COMMAND_PALETTE = False
    keymap: Keymap | None = None
    """A person's own keys, for who shows keys."""

    def __init__(
        self,
        config: Config,
        client: Client,
        *,
        depth: str,
        is_ascii: bool,
        keeper: Keeper | None = None,
        lessons: Path | None = None,
        opens_with: str = "",
        offers_tour: bool = False,
        **options: Any,
    ) -> None:
        self.depth, self.is_ascii, self._keeper, self._offers_tour = depth, is_ascii, keeper, offers_tour
        self._opens_with = opens_with
        self.questions = Questions(self.tell)
        self.navigation, self.players = Navigation(self, config, client), Players(self, lessons)
        super().__init__(css_path=sheets_of(self.shown), **options)
        self.register_theme(THEMES[depth])
        self.theme = THEMES[depth].name
        self._visible_lines = VisibleLines()
        self.pictures = Pictures(self)
        self.turnstile = Turnstile(self._hand_on, self.pictures.has_first, lambda: is_at_rest(self))
        self.quitting = Quitting(self)
        self.install_screen(self.shown, name_of_screen(config))

    @property
    def shown(self) -> RunScreen:
        """The screen that is shown, whatever is asked on top of it."""
        return self.navigation.screen

    @property
    def run_shown(self) -> Run:
        """The run that is shown."""
        return self.navigation.run

    @property
    def config(self) -> Config:
        """The settings of the run that is shown."""
        return self.run_shown.config

    def get_default_screen(self) -> RunScreen:
        """Return the first screen: there is none below it."""
        self.shown._push_result_callback(self, None)  # which Textual expects where another takes its place
        return self.shown

    def on_mount(self) -> None:
        """Show the first screen, and listen to its trainer meanwhile."""
        self.set_class(self.is_ascii, "-ascii")
        self.set_class(self.depth == "mono" and not self.is_ascii, "-mono")
        self.run_worker(self.run_shown.listen(), group="listen")
        self.shown.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Begin to draw and to take keys, on a screen that is laid out."""
        if self._opens_with:
            self.call_after_refresh(self.run_action, self._opens_with)
        elif self.config.screen == "lessons":
            self.call_after_refresh(self.action_course)
        elif self.config.screen not in ("playground", name_of_screen(self.config)):
            self.call_after_refresh(self.action_open, self.config.screen)
        self.pictures.await_first()
        self.run_worker(self.pictures.frames.run(), group="frames")
        self.run_worker(self.turnstile.run(), group="keys")
        if not self.config.paused:
            self.run_shown.play()
        self.tell(greeting(self.config))
        if self._keeper is not None:
            from tui_nn.app.offers import offer_what_there_is

            self.run_worker(self._keeper.run(lambda: self.navigation.own.runs, self.tell), group="keep")
            self.run_worker(offer_what_there_is(self, self._keeper, self._offers_tour), group="keep")
        self.pictures.frames.want()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the gates of every line on its way to the terminal: nothing from outside commands it."""
        return [*super().get_line_filters(), self._visible_lines]

    async def on_unmount(self) -> None:
        """End the trainers while the event loop is there to close their pipes."""
        if self._keeper is not None:
            await self._keeper.end(
                lambda: self.navigation.own.runs, self.return_value in (0, 128 + signal.SIGINT)
            )
        self.end_trainers()

    def end_trainers(self) -> None:
        """End all trainers: each is told before one is waited for."""
        own = [run for _, run in self.navigation.own.runs]
        clients = [run.client for run in (*own, *self.players.runs)]
        for client in clients:
            client.dismiss()
        for client in clients:
            client.close()

    def live_on(self) -> None:
        """Lift the deadline that the process had for leaving: what could hold it up is done."""
        getattr(self._driver, "lift", lambda: None)()  # a headless one has none

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Say in words what happened."""
        self.shown.tell(self.questions.beside(text), is_warning)

    # -- screens

    async def action_open(self, name: str) -> None:
        """Show another screen."""
        await self.navigation.open(name)

    async def action_walk(self) -> None:
        """Let an example walk through the run that is shown: the one pointed at, if there is one."""
        await self.navigation.walk()

    async def action_page(self, name: str, screen: str = "inside") -> None:
        """Open a page of Inside, or a view of another screen."""
        await self.navigation.page(name, screen)

    # -- lessons

    async def action_course(self) -> None:
        """Show the map of the course."""
        await self.players.lessons.show_course()

    async def action_play_lesson(self, wanted: str) -> None:
        """Play the lesson of a name, a number or a path."""
        await self.players.lessons.play_named(wanted)

    async def action_lesson(self, what: str) -> None:
        """Do what a lesson's key says."""
        await self.players.lessons.do(what)

    async def on_lesson_panel_acted(self, event: LessonPanel.Acted) -> None:
        """Let a lesson take what was chosen or typed in its panel."""
        await self.players.lessons.act(event)

    # -- comparing

    async def action_compare(self, what: str) -> None:
        """Compare runs; see Comparing.do."""
        await self.players.comparing.do(what)

    async def action_take_over(self) -> None:
        """Go on with the run under the cursor of the comparison."""
        await self.players.comparing.take_over()

    async def action_sweep(self, path: str = "") -> None:
        """Show a sweep that others train, or the one that is open."""
        await self.players.watching.show(path)

    def want_picture(self) -> None:
        """Ask for another picture; the settings are shown at once."""
        self.shown.config = self.config
        self.pictures.frames.want()

    # -- keys

    async def on_event(self, event: Event) -> None:
        """Let what is typed wait for its turn; see Turnstile."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if isinstance(event, Key) and event.key == "ctrl+q":
                self.set_timer(LEAVE_S, self.action_leave_at_once)
            self.turnstile.take(event)
        else:
            await super().on_event(event)

    async def _hand_on(self, event: Key | Paste) -> None:
        """Let a key answer what was asked, or be for what has the keyboard."""
        if not (isinstance(event, Key) and self.questions.take(event.key)):
            await super().on_event(event)
            if isinstance(event, Key):
                self.call_later(self.players.pressed, event.key)

    def action_run(self, what: str, first: Any = None, second: Any = None) -> None:
        """Have the run that is shown do something: `what` is a method of Run, the others what it is given.

        Textual hands an action as many arguments as it names, and none of `*arguments`.
        """
        getattr(self.run_shown, what)(*(given for given in (first, second) if given is not None))

    # -- pictures

    def action_explain(self, what: str) -> None:
        """Explain a word of the field, or what has the keyboard; see explaining."""
        from tui_nn.app.explaining import explain

        explain(self, what)

    def action_command_palette(self) -> None:
        """Open the list of all that can be found."""
        from tui_nn.app.finding import open_palette

        open_palette(self)

    async def action_choose(self, name: str, text: str) -> None:
        """Give a setting a value that was found."""
        from tui_nn.app.finding import choose

        await choose(self, name, text)

    async def action_use_preset(self, name: str) -> None:
        """Use the settings of a preset that was found."""
        from tui_nn.app.finding import use_preset

        await use_preset(self, name)

    def action_ascii(self) -> None:
        """Switch between blocks and plain characters."""
        self.is_ascii = not self.is_ascii
        self.set_class(self.is_ascii, "-ascii")
        self.shown.show_palette(palette_for(self.depth, self.is_ascii))
        self.tell("Plain ASCII characters." if self.is_ascii else "Block characters.")
        self.pictures.frames.want()

    def on_resize(self, _: Resize) -> None:
        """Draw for the new size, and say what of it is not drawn."""
        self.pictures.frames.want()
        if complaint := too_large(getattr(self._driver, "window", USUAL)):
            self.tell(complaint, is_warning=True)

    def on_cursor_position(self, _: CursorPosition) -> None:
        """Take the terminal's answer: it has shown the last picture."""
        self.pictures.frames.answered()

    # -- leaving

    def _handle_exception(self, error: Exception) -> None:
        """Let go of what misses its widgets because the app is being left; everything else is a bug."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def action_leave(self) -> None:
        """Quit; ask first where something would be lost."""
        self.quitting.leave()

    def action_leave_at_once(self) -> None:
        """Quit."""
        self.exit(0)

    def action_interrupt(self) -> None:
        """Ask at the first ctrl+c, quit at the second."""
        self.quitting.interrupt()
