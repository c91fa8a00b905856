"""The panels of lessons, one on each screen: what a step says there, and what it outlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_nn.lessons.playing import Playing
from tui_nn.render.palette import palette_for
from tui_nn.screens.run_screen import RunScreen
from tui_nn.widgets.lesson_panel import LessonPanel

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp

PANELS = {
    "map": "MapView",
    "network": "NetworkView",
    "curves": "CurveView",
    "settings": "Form",
    "state": "StateLine",
    "canvas": "Canvas",
    "reading": "ReadingView",
    "weights": "GalleryView",
}
"""What an outline is drawn around."""


class LessonPanels:
    """Shows one step on whichever screen is shown."""

    def __init__(self, app: PlaygroundApp) -> None:
        self._app = app
        self._panels: list[LessonPanel] = []

    @property
    def shown(self) -> LessonPanel | None:
        """The panel of the screen that is shown."""
        return self._app.shown.lesson

    @property
    def is_above(self) -> bool:
        """Whether it stands above the screen, folded or not, for want of room beside it."""
        return self.shown is not None and not self.shown.is_beside

    def attach(self, screen: RunScreen, playing: Playing) -> None:
        """Give a screen that has not been shown its panel."""
        if screen.lesson is None and not screen.is_attached:
            screen.lesson = LessonPanel(palette_for(self._app.depth, self._app.is_ascii), playing)
            screen.lesson.is_folded = any(panel.is_folded for panel in self._panels)
            if self._app.keymap is not None:
                screen.lesson.written = self._app.keymap.shown
            self._panels.append(screen.lesson)

    def play(self, playing: Playing) -> None:
        """Show another lesson from now on."""
        for panel in self._panels:
            panel.playing = playing

    def fold_or_unfold(self) -> None:
        """Unfold the text, or fold it again; say where there is nothing to unfold."""
        if self.is_above:
            self.fold(self.shown is not None and not self.shown.is_folded)
        else:
            self._app.tell("The text is whole already in a window of this width.")

    def fold(self, is_folded: bool) -> None:
        """Leave room for the screen, or for the text."""
        for panel in self._panels:
            panel.is_folded = is_folded

    def show(self, outlined: Sequence[str]) -> None:
        """Draw the panel, and outline what the step speaks of."""
        for name, kind in PANELS.items():
            for widget in self._app.shown.query(kind):
                widget.set_class(name in outlined, "-outlined")
        if self.shown is not None:
            self.shown.fit()
