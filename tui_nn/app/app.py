"""The Textual app: hands keys to the run of the screen that is shown, and its snapshots to that screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.css.query import NoMatches
from textual.events import CursorPosition, Event, Key, Paste, Resize
from textual.filter import LineFilter
from textual.worker import WorkerFailed

from tui_nn.app.opened import LOOKERS, OpenedScreens, name_of_screen
from tui_nn.app.pacing import CURSOR_QUERY, FrameLoop
from tui_nn.app.questions import Questions
from tui_nn.app.themes import THEMES
from tui_nn.app.turnstile import Turnstile, is_at_rest
from tui_nn.app.window_size import USUAL, too_large
from tui_nn.render.palette import palette_for
from tui_nn.render.strips import VisibleLines
from tui_nn.screens.actions import bindings
from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import Config
from tui_nn.settings.wording import greeting
from tui_nn.training import commands as do
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Status

if TYPE_CHECKING:
    from tui_nn.app.comparing import Comparing
    from tui_nn.app.lesson_player import LessonPlayer
    from tui_nn.app.watching import Watching
    from tui_nn.training.remote.keeper import Keeper
    from tui_nn.widgets.lesson_panel import LessonPanel

SCREENS = Path(__file__).parents[1] / "screens"
ASKED_S = 3.0
"""A second q or ctrl+c within so many seconds quits."""
OPENING_S = 5.0
"""Keys wait for the first picture of a screen, but not longer."""
LEAVE_S = 0.3
"""After so many seconds ctrl+q passes by the keys that wait before it."""


class PlaygroundApp(App[int]):
    """The playground. Its return value is the exit status."""

    TITLE = "tui-nn"
    CSS_PATH = ["app.tcss", *(SCREENS / name for name in PlaygroundScreen.CSS_PATH)]
    """With that of the first screen: style sheets that come later have all of them read again."""
    BINDINGS = bindings()
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        config: Config,
        client: Client,
        *,
        depth: str,
        is_ascii: bool,
        keeper: Keeper | None = None,
        lesson: str = "",
        lessons: Path | None = None,
        opens_with: str = "",
        offers_tour: bool = False,
        **options: Any,
    ) -> None:
        self.depth, self.is_ascii, self._keeper, self._offers_tour = depth, is_ascii, keeper, offers_tour
        self._lesson_wanted, self._lessons_folder, self._opens_with = lesson, lessons, opens_with
        self.lessons: LessonPlayer | None = None
        """What plays lessons, once one was asked for."""
        self.comparing: Comparing | None = None
        """What compares runs, once that was asked for."""
        self.watching: Watching | None = None
        super().__init__(**options)
        self.register_theme(THEMES[depth])
        self.theme = THEMES[depth].name
        self._visible_lines, self.questions = VisibleLines(), Questions(self.tell)
        self.frames = FrameLoop(self._draw_frame, self._query_terminal, lambda: self.run_shown.config.fps)
        self.turnstile = Turnstile(self._hand_on, self._has_picture, lambda: is_at_rest(self))
        self._opened = self._in_use = self._new_screens()
        self.shown, self.run_shown = self._opened.add(name_of_screen(config), config, client)
        self.install_screen(self.shown, name_of_screen(config))
        self._is_asked_to_leave, self._shown_since = False, 0.0
        self._resumed = set[int]()

    @property
    def config(self) -> Config:
        """The settings of the run that is shown."""
        return self.run_shown.config

    async def on_mount(self) -> None:
        """Show the first screen, start the conversation with the trainer, listen to signals."""
        self.set_class(self.is_ascii, "-ascii")
        self.set_class(self.depth == "mono" and not self.is_ascii, "-mono")
        await self.push_screen(self.shown)
        if self._opens_with:
            self.call_after_refresh(self.run_action, self._opens_with)
        elif self._lesson_wanted:
            self.call_after_refresh(self._lesson_player().play_named, self._lesson_wanted)
        elif self.config.screen == "lessons":
            self.call_after_refresh(self.action_course)
        elif self.config.screen not in ("playground", name_of_screen(self.config)):
            self.call_after_refresh(self.action_open, self.config.screen)
        self.await_picture()
        self.run_worker(self.run_shown.listen(), group="listen")
        self.run_worker(self.frames.run(), group="frames")
        self.run_worker(self.turnstile.run(), group="keys")
        if not self.config.paused:
            self.run_shown.play()
        self.tell(greeting(self.config))
        if self._keeper is not None:
            from tui_nn.app.offers import offer_what_there_is

            self.run_worker(self._keeper.run(lambda: self._opened.runs, self.tell), group="keep")
            self.run_worker(offer_what_there_is(self, self._keeper, self._offers_tour), group="keep")
        self.frames.want()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the gates of every line on its way to the terminal: nothing from outside commands it."""
        return [*super().get_line_filters(), self._visible_lines]

    async def on_unmount(self) -> None:
        """End the trainers while the event loop is there to close their pipes."""
        if self._keeper is not None:
            await self._keeper.end(lambda: self._opened.runs, self.return_value in (0, 128 + signal.SIGINT))
        self.end_trainers()

    def end_trainers(self) -> None:
        """End all trainers: each is told before one is waited for."""
        lessons = self.lessons.opened.runs if self.lessons is not None else []
        compared = self.comparing.runs if self.comparing is not None else []
        clients = [run.client for _, run in (*self._opened.runs, *lessons, *compared)]
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
        """Show another screen; its run goes on from where it was left, the one that is hidden pauses."""
        looked_at = self.run_shown if self.comparing is None else self.comparing.looked_at
        screen, run = self._in_use.find(name, looked_at) or self._begin(name)
        if screen is self.shown:
            return
        if name in LOOKERS:
            screen.begin(run)
        await self.show_screen(screen, run)

    async def show_screen(self, screen: RunScreen, run: Run) -> None:
        """Show a screen with its run; the run that was shown before pauses, if it is another one."""
        if self.lessons is not None:
            self.lessons.attach(screen)
        if not self.is_screen_installed(screen):  # a screen that is not is taken down when another is shown
            self.install_screen(screen, f"screen-{id(screen)}")
        if run is not self.run_shown and self.run_shown.status is Status.RUNNING:
            self._resumed.add(id(self.run_shown))
            self.run_shown.send(do.Pause())
        self.shown, self.run_shown = screen, run
        self.await_picture()
        await self.switch_screen(screen)
        screen.show_palette(palette_for(self.depth, self.is_ascii))
        if id(run) in self._resumed:
            self._resumed.discard(id(run))
            run.play()
        self.frames.want()

    def start(self, opened: OpenedScreens, name: str) -> tuple[RunScreen, Run]:
        """Start a run for a screen that has none yet; it waits."""
        screen, run = opened.begin(name, self.config.fps)
        self.run_worker(run.listen(), group="listen")
        return screen, run

    def _begin(self, name: str) -> tuple[RunScreen, Run]:
        """Start a run for a screen that has none yet."""
        screen, run = self.start(self._in_use, name)
        if name == "playground":
            self._resumed.add(id(run))
        return screen, run

    def _new_run(self, client: Client, config: Config) -> Run:
        return Run(client, config, tell=self.tell, ask=self.questions.ask, changed=self.want_picture)

    async def action_walk(self) -> None:
        """Let an example walk through the run that is shown: the one pointed at, if there is one."""
        from tui_nn.screens.inside import InsideScreen  # not before it is wanted: the first paint waits

        example = self.shown.pointed_example()
        await self.action_open("inside")
        inside = self.shown
        assert isinstance(inside, InsideScreen)
        inside.call_after_refresh(inside.walk, example)

    async def action_page(self, name: str, screen: str = "inside") -> None:
        """Open a page of Inside, or a view of another screen."""
        await self.action_open(screen)
        self.call_after_refresh(self.run_action, f"screen.go_to_page({name!r})")

    # -- lessons

    def _new_screens(self) -> OpenedScreens:
        return OpenedScreens(self._new_run, lambda: palette_for(self.depth, self.is_ascii))

    def _lesson_player(self) -> LessonPlayer:
        if self.lessons is None:
            from tui_nn.app.lesson_player import LessonPlayer  # the first paint waits for no lesson

            self.lessons = LessonPlayer(self, self._new_screens(), self._lessons_folder)
        return self.lessons

    def use_screens(self, opened: OpenedScreens | None) -> None:
        """Let screens and runs be those of a lesson from now on; None: the person's own."""
        self._in_use = self._opened if opened is None else opened

    async def action_course(self) -> None:
        """Show the map of the course."""
        await self._lesson_player().show_course()

    async def action_lesson(self, what: str) -> None:
        """Do what a lesson's key says."""
        await self._lesson_player().do(what)

    async def on_lesson_panel_acted(self, event: LessonPanel.Acted) -> None:
        """Let a lesson take what was chosen or typed in its panel."""
        await self._lesson_player().act(event)

    # -- comparing

    async def action_compare(self, what: str) -> None:
        """Compare runs; see Comparing.do."""
        if self.comparing is None:
            from tui_nn.app.comparing import Comparing  # the first paint waits for no comparison

            self.comparing = Comparing(self)
        await self.comparing.do(what)

    async def action_take_over(self) -> None:
        """Go on with the run under the cursor of the comparison."""
        if self.comparing is not None:
            await self.comparing.take_over()

    async def action_sweep(self, path: str = "") -> None:
        """Show a sweep that others train, or the one that is open."""
        if self.watching is None:
            from tui_nn.app.watching import Watching  # the first paint waits for no sweep

            self.watching = Watching(self)
        await self.watching.show(path)

    def want_picture(self) -> None:
        """Ask for another picture; the settings are shown at once."""
        self.shown.config = self.config
        self.frames.want()

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
            if self.lessons is not None and isinstance(event, Key):
                self.call_later(self.lessons.pressed, event.key)

    def await_picture(self) -> None:
        """Let keys wait for what is about to be shown, though not for ever."""
        self._shown_since = asyncio.get_running_loop().time()

    def _has_picture(self) -> bool:
        """Return whether the screen shows a moment, or will not soon: a key acts on what is seen."""
        is_late = asyncio.get_running_loop().time() > self._shown_since + OPENING_S
        is_seen = self.shown.snapshot is not None and not (self.comparing and self.comparing.is_opening)
        return is_seen or is_late or self.run_shown.client.is_lost

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
        self.frames.want()

    def on_resize(self, _: Resize) -> None:
        """Draw for the new size, and say what of it is not drawn."""
        self.frames.want()
        if complaint := too_large(getattr(self._driver, "window", USUAL)):
            self.tell(complaint, is_warning=True)

    async def _draw_frame(self) -> bool:
        run, shown = self.run_shown, self.shown
        if not shown.is_ready:
            return False
        was_training = shown.is_training
        request = shown.view_request()
        for player in (self.lessons, self.comparing):
            request = request if player is None else player.request(request)
        snapshot = await run.fetch(request)
        if snapshot is None or not shown.is_ready:
            shown.show_lost(run.client.is_lost)
            return False
        shown.config = run.config
        shown.show_lost(False)
        shown.show(snapshot, self.frames.frames_per_second)
        for player in (self.lessons, self.comparing):
            if player is not None:
                await player.see(snapshot)
        painted = asyncio.Event()
        self.screen.call_after_refresh(painted.set)
        await painted.wait()
        # What a running picture leaves out is asked for once more when the run has come to rest.
        return snapshot.status is Status.RUNNING or was_training

    def _query_terminal(self) -> None:
        if self._driver is not None:
            self._driver.write(CURSOR_QUERY)

    def on_cursor_position(self, _: CursorPosition) -> None:
        """Take the terminal's answer: it has shown the last picture."""
        self.frames.answered()

    # -- leaving

    def _handle_exception(self, error: Exception) -> None:
        """Let go of what misses its widgets because the app is being left; everything else is a bug."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(cause, NoMatches)):
            super()._handle_exception(error)

    def action_leave(self) -> None:
        """Quit; ask first where something would be lost, and there is room to ask."""
        would_lose = any(run.is_worth_writing for _, run in self._opened.runs)
        if self._is_asked_to_leave or not would_lose or self.shown.has_class("-tiny"):
            self.exit(0)
        else:
            self._ask_to_leave("Run not saved. q: quit anyway, w: save, W: save with history.")

    def action_leave_at_once(self) -> None:
        """Quit."""
        self.exit(0)

    def action_interrupt(self) -> None:
        """Ask at the first ctrl+c, quit at the second."""
        if self._is_asked_to_leave:
            self.exit(128 + signal.SIGINT)
        self._ask_to_leave("Press ctrl+c again to quit, or any other key to continue.")

    def _ask_to_leave(self, question: str) -> None:
        self._is_asked_to_leave = True
        self.set_timer(ASKED_S, self._forget_question)
        self.tell(question, is_warning=True)

    def _forget_question(self) -> None:
        self._is_asked_to_leave = False
