"""Views of what a network does with images: how it reads one, its filters, its errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from textual.binding import Binding
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank, fit, write
from tui_nn.render.gallery import confusion_table, gallery, tiles_that_fit
from tui_nn.render.reading import reading
from tui_nn.training.images import Errors, Reading
from tui_nn.widgets.cells_view import CellsView


class ReadingView(CellsView):
    """How the network reads one image."""

    DEFAULT_CSS = """
    ReadingView { width: 1fr; height: 1fr; }
    """

    reading: reactive[Reading | None] = reactive(None, always_update=True, init=False)
    """What is shown; None while there is no image."""
    names: Sequence[str] = ()
    """Of the classes."""
    headline = "The network sees"

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        shown = self.reading
        if shown is None:
            return reading(None, None, (), self.names, self.palette, height, width, title=self.headline)
        return reading(
            shown.image,
            shown.probabilities,
            shown.activations,
            self.names,
            self.palette,
            height,
            width,
            title=self.headline,
            truth=shown.label,
        )

    def watch_reading(self) -> None:
        """Draw the new reading."""
        self.redraw()


class GalleryView(CellsView, can_focus=True):
    """Images beside each other; page keys and arrows turn them over."""

    BINDINGS = [
        Binding("pageup,left,up", "turn(-1)", "page before", show=False),
        Binding("pagedown,right,down", "turn(1)", "next page", show=False),
    ]

    DEFAULT_CSS = """
    GalleryView { width: 1fr; height: 1fr; }
    """

    tile_width = 14
    scale: float | None = None
    first: reactive[int] = reactive(0, init=False)
    """The first image that is shown."""

    images: NDArray[np.floating] = np.zeros((0, 1, 1))
    captions: Sequence[str] = ()
    empty_words = "Nothing to show."

    def show(self, images: NDArray[np.floating], captions: Sequence[str] = ()) -> None:
        """Show these."""
        self.images, self.captions = images, captions
        if self.first >= len(images):
            self.first = 0
        self.redraw()

    @property
    def n_fitting(self) -> int:
        """Images on a page."""
        across, down = tiles_that_fit(self.size.height, self.size.width, self.tile_width, bool(self.captions))
        return max(1, across * down)

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        if not len(self.images):
            canvas = blank(height, width)
            write(canvas, 0, 0, self.empty_words, width=width)
            return canvas
        return gallery(
            self.images,
            self.captions,
            self.palette,
            height,
            width,
            scale=self.scale,
            first=self.first,
            tile_width=self.tile_width,
        )

    def action_turn(self, pages: int) -> None:
        """Turn over."""
        last = max(0, len(self.images) - 1) // self.n_fitting * self.n_fitting
        self.first = max(0, min(last, self.first + pages * self.n_fitting))

    def watch_first(self) -> None:
        """Draw the other page."""
        self.redraw()


class ConfusionView(CellsView):
    """Which class was read as which."""

    DEFAULT_CSS = """
    ConfusionView { width: 1fr; height: 1fr; }
    """

    errors: reactive[Errors | None] = reactive(None, always_update=True, init=False)
    """What is shown."""
    names: Sequence[str] = ()
    """Of the classes."""

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        if self.errors is None:
            return blank(height, width)
        table = confusion_table(self.errors.confusion, self.names, self.palette, height, width)
        n_wrong, n_tested = len(self.errors.samples), self.errors.n_tested
        words = f"{n_wrong:,} of {n_tested:,} test images read wrongly; rows: true class, columns: answer"
        canvas = fit(table, height, width)
        write(canvas, min(height - 1, len(self.names) + 2), 0, words, width=width)
        return canvas

    def watch_errors(self) -> None:
        """Draw the new counts."""
        self.redraw()
