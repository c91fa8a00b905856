"""The app's hand on lessons: opens the course, plays one in a session of its own, gives the former one back.

A lesson has its own screens and trainer; those of the person stay as they are, and pause.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.events import Key

from tui_nn.app.drawing_sight import DrawingSight
from tui_nn.app.lesson_panels import LessonPanels
from tui_nn.app.opened import OpenedScreens, name_of_screen
from tui_nn.app.pointing import under_cursor
from tui_nn.files.errors import FileError
from tui_nn.lessons.candidates import Meant, MeantRequest
from tui_nn.lessons.course_book import CourseBook
from tui_nn.lessons.giving import give
from tui_nn.lessons.keys import key_name
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.playing import Playing
from tui_nn.lessons.practice import PRACTICE
from tui_nn.lessons.problems import LessonError
from tui_nn.lessons.records import records_since
from tui_nn.lessons.settings_given import usual_settings
from tui_nn.lessons.wanted import Wanted
from tui_nn.render.palette import palette_for
from tui_nn.render.rows import Row
from tui_nn.screens.course import LEAVE, CourseScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.config import Config
from tui_nn.training import commands as do
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.widgets.lesson_panel import LessonPanel

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp

CHOSEN = ("speed", "pause_on")
"""Settings that stay as a person has changed them within a lesson."""
OWN_KEYS = ("7", "8", "K", "S", "G", "D")
"""Keys of lessons themselves, which do nothing to a task."""


class LessonPlayer:
    """Plays one lesson at a time."""

    def __init__(self, app: PlaygroundApp, opened: OpenedScreens, folder: Path | None) -> None:
        self._app, self.opened = app, opened
        self._book = CourseBook(folder)
        self.playing: Playing | None = None
        self._panels = LessonPanels(app)
        self._pointed: tuple[int, int] | None = None
        """What a person points at, while it is not judged yet."""
        self._sight = DrawingSight()
        self._begun: Config | None = None
        """What the run of the lesson began with, as the lesson wants it."""
        self._former: tuple[RunScreen, Run] = (app.shown, app.run_shown)

    # -- the course

    async def _read(self) -> bool:
        """Read the course; say what is wrong with it, and return whether it can be used."""
        try:
            complaint = await asyncio.to_thread(self._book.read)
        except FileError as error:
            self._app.tell(f"{error}.", True)
            return False
        if complaint:
            self._app.tell(f"{complaint}.", True)
        return True

    async def show_course(self) -> None:
        """Show the map of the course; what is chosen there is played."""
        if not await self._read():
            return
        rows = [Row(p.name, p.label, p.state, p.words) for p in self._book.places()]
        current = self._book.next_lesson()
        if self.playing is not None:
            rows.insert(0, Row(LEAVE, "Leave the lesson", "", "Back to your own run, as you left it."))
            current = self.playing.lesson.name if self.playing.lesson.name != PRACTICE else LEAVE
        if not self.opened.runs:
            self._app.navigation.start(
                self.opened, "playground"
            )  # by the time a lesson is chosen its trainer is there
        palette = palette_for(self._app.depth, self._app.is_ascii)
        self._app.push_screen(CourseScreen(rows, current, "Lessons", palette), self._chosen)

    def _chosen(self, name: str | None) -> None:
        if name == LEAVE:
            self._app.call_later(self.leave)
        elif name is not None:
            self._app.call_later(self._play_found, name)

    async def _play_found(self, wanted: str) -> None:
        try:
            lesson = self._book.find(wanted)
        except (FileError, LessonError) as error:
            self._app.tell(f"{error}.", True)
            return
        await self.play(lesson)

    async def play_named(self, wanted: str) -> None:
        """Play the lesson of a name, a number or a path."""
        if await self._read():
            await self._play_found(wanted)

    # -- in and out

    async def play(self, lesson: Lesson) -> None:
        """Play a lesson from its first step of which something is left."""
        if self.playing is None:
            self._former = (self._app.shown, self._app.run_shown)
        first = self._book.first_step(lesson)
        self.playing = Playing(lesson, usual_settings(self._app.config), first)
        self._panels.play(self.playing)
        self._app.navigation.use(self.opened)
        await self._app.navigation.open(name_of_screen(self.playing.start_config()))
        self._begun = None
        await self._carry_out(self.playing.again())
        self._arrive()

    async def leave(self) -> None:
        """Give the former session back."""
        if self.playing is not None:
            self.playing = None
            self._run.send(do.Pause())
            self._app.navigation.use(None)
            await self._app.navigation.show(*self._former)

    def attach(self, screen: RunScreen) -> None:
        """Give a screen that has not been shown its panel."""
        if self.playing is not None:
            self._panels.attach(screen, self.playing)

    @property
    def _run(self) -> Run:
        return self._app.run_shown

    # -- keys

    async def do(self, what: str) -> None:
        """Do what a lesson's key says."""
        playing = self.playing
        if playing is None:
            self._app.tell("No lesson is open. 5 shows the course.")
        elif what == "hint":
            self._panels.fold(False)
            self._app.tell(playing.hint())
        elif what == "text":
            self._panels.fold_or_unfold()
        elif what == "show":
            await self._carry_out(playing.show())
        elif what == "again":
            await self._carry_out(playing.again())
            self._arrive()
        elif what == "next" and playing.has_more_to_read and self._panels.is_above:
            playing.is_read = True
            self._panels.fold(False)
        elif what == "next" and playing.finds:
            self._take_pointed(playing)
        elif what == "next" and playing.is_last:
            self._app.tell("This is the last step. 5 shows the course.")
        else:
            await self._carry_out(playing.go(1 if what == "next" else -1))
            self._arrive()
        self._show()

    async def pressed(self, key: str) -> None:
        """Take note of a key that has done its work."""
        playing = self.playing
        if playing is None or key in OWN_KEYS or not isinstance(self._app.screen, RunScreen):
            return
        if self._panels.shown is not None and not self._panels.shown.has_focus:
            self._panels.fold(True)
        await self._carry_out(playing.pressed(key))
        self._show()

    async def act(self, event: LessonPanel.Acted) -> None:
        """Take what was chosen or typed in the panel."""
        playing = self.playing
        if playing is None:
            return
        if event.what == "move":
            playing.move(event.by)
        elif event.what == "type":
            playing.type(event.letter)
        else:
            await self._lock(playing)
        self._show()

    async def _lock(self, playing: Playing) -> None:
        wanted = playing.lock()
        await self._carry_out(wanted)
        self._panels.fold(wanted.begin is not None)
        if not playing.chooses:
            self._app.shown.set_focus(None)

    def _take_pointed(self, playing: Playing) -> None:
        """Ask the trainer whether what the cursor is on is what the task means."""
        assert playing.task is not None
        self._pointed = under_cursor(self._app.shown, playing.task.find)
        if self._pointed is None:
            where = "the map" if playing.task.find == "sample" else "the network"
            self._app.tell(f"Point at the {playing.task.find} first: tab moves to {where}.", True)
        self._panels.fold(True)
        self._run.look()

    # -- pictures

    def request(self, request: ViewRequest) -> ViewRequest:
        """Return what a picture asks, with the curves while they are judged, and with what a task means."""
        if self._pointed is not None and self.playing is not None and self.playing.task is not None:
            task = self.playing.task
            return replace(request, looks=(*request.looks, MeantRequest(task.find, task.where)))
        return replace(request, history=True) if self.playing is not None and self.playing.judges else request

    async def see(self, snapshot: Snapshot) -> None:
        """Judge a moment."""
        playing = self.playing
        meant = snapshot.reply(Meant)
        if playing is not None and meant is not None and self._pointed is not None:
            place, self._pointed = self._pointed, None
            await self._carry_out(playing.pointed(place in meant.places))
            self._show()
        if playing is None or not playing.judges or not self._run.is_current(snapshot):
            return
        before = playing.verdict
        seen = self._sight.measures(self._app.shown, snapshot, playing.task)
        records = [*records_since(snapshot, playing.judged_step)]
        wanted = playing.see([*records[:-1], {**records[-1], **seen}], snapshot.config)
        if wanted != Wanted() or playing.verdict != before:
            await self._carry_out(wanted)
            self._show()

    # -- what is done

    async def _carry_out(self, wanted: Wanted) -> None:
        run = self._run
        if wanted.pauses and wanted.begin is None:
            run.send(do.Pause())
        give(wanted, run, self._begin)
        if wanted.screen:
            await self._app.navigation.open(wanted.screen)
        if wanted.page:
            await self._app.navigation.page(wanted.page, wanted.screen or "inside")
        for key in wanted.keys:
            self._press(key)
        if wanted.says:
            self._app.tell(wanted.says)
        if wanted.finished and self.playing is not None and (trouble := self._book.finish(self.playing)):
            self._app.tell(trouble, True)

    def _begin(self, config: Config) -> None:
        """Begin anew, with what a person has chosen within the lesson."""
        begun, run, now = self._begun, self._run, self._run.config
        changed = [n for n in CHOSEN if begun is not None and getattr(now, n) != getattr(begun, n)]
        self._begun = config.replace(**{name: getattr(begun, name) for name in changed})
        run.begin(config.replace(**{name: getattr(now, name) for name in changed}))

    def _press(self, key: str) -> None:
        name = key_name(key)
        if name is not None:
            self._app.turnstile.press(Key(name, key if len(key) == 1 else " " if name == "space" else None))

    # -- the panel

    def _arrive(self) -> None:
        """Show the step that was come to, unfolded; what it asks for has the keyboard."""
        playing, panel = self.playing, self._panels.shown
        if playing is None or panel is None:
            return
        self._panels.fold(False)
        self._app.tell("")
        if playing.chooses:
            self._app.shown.call_after_refresh(panel.focus)
        else:
            shown = self._app.shown
            is_elsewhere = playing.step.page or playing.step.screen not in ("", "playground")
            shown.set_focus(shown.main_panel if is_elsewhere else None)
        self._show()

    def _show(self) -> None:
        if self.playing is not None:
            self._panels.show(self.playing.step.outline)
