"""What goes along with the run that is shown, once it was asked for: a lesson, a comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.screens.run_screen import RunScreen
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp
    from tui_nn.app.comparing import Comparing
    from tui_nn.app.lesson_player import LessonPlayer
    from tui_nn.app.watching import Watching


class Players:
    """Makes what plays lessons and what compares runs when it is wanted: the first paint has neither."""

    def __init__(self, app: PlaygroundApp, lessons_folder: Path | None) -> None:
        self._app = app
        self.lessons_folder = lessons_folder
        """Where a person's own course lies; None: the shipped one."""
        self._lessons: LessonPlayer | None = None
        self._comparing: Comparing | None = None
        self._watching: Watching | None = None

    @property
    def lessons(self) -> LessonPlayer:
        """What plays lessons."""
        if self._lessons is None:
            from tui_nn.app.lesson_player import LessonPlayer

            self._lessons = LessonPlayer(self._app, self._app.navigation.new_screens(), self.lessons_folder)
        return self._lessons

    @property
    def comparing(self) -> Comparing:
        """What compares runs."""
        if self._comparing is None:
            from tui_nn.app.comparing import Comparing

            self._comparing = Comparing(self._app)
        return self._comparing

    @property
    def watching(self) -> Watching:
        """What shows a sweep that others train."""
        if self._watching is None:
            from tui_nn.app.watching import Watching

            self._watching = Watching(self._app)
        return self._watching

    @property
    def runs(self) -> list[Run]:
        """All runs of theirs."""
        of_lessons = [] if self._lessons is None else [run for _, run in self._lessons.opened.runs]
        compared = [] if self._comparing is None else [run for _, run in self._comparing.runs]
        return [*of_lessons, *compared]

    @property
    def looked_at(self) -> Run:
        """The run that screens look closer at."""
        return self._app.run_shown if self._comparing is None else self._comparing.looked_at

    @property
    def is_opening(self) -> bool:
        """Whether a comparison is about to be shown: keys wait for it."""
        return self._comparing is not None and self._comparing.is_opening

    def attach(self, screen: RunScreen) -> None:
        """Give a screen that has not been shown what a lesson adds to it."""
        if self._lessons is not None:
            self._lessons.attach(screen)

    async def pressed(self, key: str) -> None:
        """Let a lesson take note of a key that has done its work."""
        if self._lessons is not None:
            await self._lessons.pressed(key)

    def request(self, request: ViewRequest) -> ViewRequest:
        """Return what a picture asks, with what they want to know."""
        for player in (self._lessons, self._comparing):
            request = request if player is None else player.request(request)
        return request

    async def see(self, snapshot: Snapshot) -> None:
        """Let them take what a moment answers."""
        for player in (self._lessons, self._comparing):
            if player is not None:
                await player.see(snapshot)
