"""Views of what a network does with images: how it reads one, its filters, its errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from textual.binding import Binding
from textual.events import Resize
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fit, wrap, write
from tui_nn.render.gallery import confusion_table, fitting_tile, gallery, table_layout, tiles_that_fit
from tui_nn.views.images.draw_reading import reading
from tui_nn.views.images.values import Errors, Reading
from tui_nn.widgets.cells_view import CellsView


class ReadingView(CellsView):
    """How the network reads one image."""

    DEFAULT_CSS = """
    ReadingView { width: 1fr; height: 1fr; }
    """

    reading: reactive[Reading | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown; None while there is no image."""
    names: Sequence[str] = ()
    """Of the classes."""

    def draw(self, height: int, width: int) -> Cells:
        """Return the image as the network sees it, with a bar for each class."""
        shown = self.reading
        if shown is None:
            return reading(None, None, self.names, self.palette, height, width)
        return reading(
            shown.image,
            shown.probabilities,
            self.names,
            self.palette,
            height,
            width,
            truth=shown.label,
        )

    def watch_reading(self) -> None:
        """Draw the new reading."""
        self.redraw()


class GalleryView(CellsView, can_focus=True):
    """Images beside each other; page keys and arrows turn them over."""

    BINDINGS = [
        Binding("pageup,left,up", "turn(-1)", "previous page", show=False),
        Binding("pagedown,right,down", "turn(1)", "next page", show=False),
    ]

    DEFAULT_CSS = """
    GalleryView { width: 1fr; height: 1fr; }
    """

    scale: float | None = None
    first: reactive[int] = reactive(0, init=False, repaint=False)
    """The first image that is shown."""

    images: NDArray[np.floating] = np.zeros((0, 1, 1))
    captions: Sequence[str] = ()
    n_all = 0
    """How many there are, of which these are the first."""
    empty_words = "Nothing to show."

    def show(
        self, images: NDArray[np.floating], captions: Sequence[str] = (), n_all: int | None = None
    ) -> None:
        """Show these, the first of `n_all`."""
        self.images, self.captions = images, captions
        self.n_all = len(images) if n_all is None else n_all
        if self.first >= len(images):
            self.first = 0
        self._count()
        self.redraw()

    def _tile_width(self, height: int, width: int) -> int:
        shape = (self.images.shape[1], self.images.shape[2])
        return fitting_tile(len(self.images), shape, height, width, bool(self.captions))

    @property
    def n_fitting(self) -> int:
        """Images on a page."""
        width, height = self.size
        tile_width = self._tile_width(height, width)
        across, down = tiles_that_fit(height, width, tile_width, bool(self.captions))
        return max(1, across * down)

    def draw(self, height: int, width: int) -> Cells:
        """Return as many images as fit, each with its words."""
        if not len(self.images):
            canvas = blank(height, width)
            for row, line in enumerate(wrap(self.empty_words, width)):
                write(canvas, row, 0, line)
            return canvas
        return gallery(
            self.images,
            self.captions,
            self.palette,
            height,
            width,
            scale=self.scale,
            first=self.first,
            tile_width=self._tile_width(height, width),
        )

    def action_turn(self, pages: int) -> None:
        """Turn over."""
        last = max(0, len(self.images) - 1) // self.n_fitting * self.n_fitting
        self.first = max(0, min(last, self.first + pages * self.n_fitting))

    def watch_first(self) -> None:
        """Draw the other page."""
        self._count()
        self.redraw()

    def on_resize(self, _: Resize) -> None:
        """Count anew what is on a page."""
        self._count()

    def _count(self) -> None:
        """Say on the border which of the images are shown, where that are not all."""
        last = min(len(self.images), self.first + self.n_fitting)
        is_all = not self.first and last == self.n_all
        words = "" if is_all else f"{self.first + 1:,}-{last:,} of {self.n_all:,}, arrows turn"
        self.name_panel(self.title, words)


WORDS = 5
"""Rows below a confusion table, for words."""


class ConfusionView(CellsView, can_focus=True):
    """Which class was read as which; a cursor opens the images behind a cell."""

    BINDINGS = [
        Binding("left", "move(0, -1)", "previous prediction", show=False),
        Binding("right", "move(0, 1)", "next prediction", show=False),
        Binding("up", "move(-1, 0)", "previous true class", show=False),
        Binding("down", "move(1, 0)", "next true class", show=False),
        Binding("enter", "open", "the images behind the cell", show=False),
        Binding("escape", "close", "all images again", show=False),
    ]

    DEFAULT_CSS = """
    ConfusionView { width: 1fr; height: 1fr; }
    """

    errors: reactive[Errors | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    cursor: reactive[tuple[int, int]] = reactive((0, 0), init=False, repaint=False)
    """(true class, answer) under the cursor."""
    names: Sequence[str] = ()
    """Of the classes."""

    class Opened(Message):
        """The images of one cell are wanted; None: all again."""

        def __init__(self, pair: tuple[int, int] | None) -> None:
            self.pair = pair
            super().__init__()

    def draw(self, height: int, width: int) -> Cells:
        """Return the confusion matrix with its cursor."""
        if self.errors is None:
            return blank(height, width)
        cursor = self.cursor if self.has_focus else None
        n_classes = len(self.names)
        for_table = max(height - WORDS, min(height, n_classes + 1))
        table = confusion_table(self.errors.confusion, self.names, self.palette, for_table, width, cursor)
        canvas = fit(table, height, width)
        errors = self.errors
        lines = (
            f"{errors.n_wrong:,} of {errors.n_tested:,} misclassified at step {errors.step:,}.",
            "Rows: true class. Columns: prediction.",
            "tab: go here; enter: open a cell;",
            "t: all digits or misclassified only.",
        )
        below = 2 + table_layout(self.names, for_table, width).rows * n_classes
        for offset, line in enumerate(lines):
            write(canvas, below + offset, 0, line, slots.DIM, width=width)
        return canvas

    def watch_errors(self) -> None:
        """Draw the new counts."""
        self.redraw()

    def watch_cursor(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        last = max(0, len(self.names) - 1)
        truth, answer = self.cursor[0] + down, self.cursor[1] + right
        self.cursor = (max(0, min(last, truth)), max(0, min(last, answer)))

    def action_open(self) -> None:
        """Ask for the images behind the cell."""
        self.post_message(self.Opened(self.cursor))

    def action_close(self) -> None:
        """Ask for all images again."""
        self.post_message(self.Opened(None))
