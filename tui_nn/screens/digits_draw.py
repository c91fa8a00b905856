"""The view of the Digits screen for drawing: the canvas, what the network sees of it and what it answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from tui_nn.data.digits import to_pixels
from tui_nn.data.drawing import fit_drawing
from tui_nn.data.frame import DIGIT_NAMES, FRAME
from tui_nn.render.palette import Palette
from tui_nn.screens.digits_words import a_label, sample_words
from tui_nn.screens.drawings import Drawings
from tui_nn.training.remote.run import Run
from tui_nn.views.drawing.panel import DRAW_KEYS, Canvas
from tui_nn.views.images.panel import ReadingView
from tui_nn.views.images.panel_layers import LayersView
from tui_nn.views.images.values import ImageMoment
from tui_nn.widgets.key_table import KeyTable


class DrawView(Container):
    """Canvas and reading of one run."""

    wants_sample = False
    """Whether the test digit that is looked at is to be put on the canvas."""
    asked_for = 0
    """The test digit that the trainer was asked for last."""

    def __init__(self, palette: Palette, run: Run, **options: Any) -> None:
        super().__init__(**options)
        self._palette, self._run = palette, run
        self._drawings: dict[tuple[tuple[int, int], tuple[str, ...]], Drawings] = {}
        """By shape and names of classes."""

    def compose(self) -> ComposeResult:
        """Yield the canvas with its keys, and what is read."""
        with Vertical(id="easel"):
            yield Canvas(self._palette, classes="panel")
            yield KeyTable(self._palette, DRAW_KEYS)
        yield ReadingView(self._palette, id="drawing", classes="panel")
        yield LayersView(self._palette, id="drawing-layers", classes="panel")

    @property
    def image(self) -> NDArray[np.uint8] | None:
        """The drawing as the network sees it; None while the canvas is empty."""
        board = self.query_one(Canvas).board
        return None if board.is_empty else to_pixels(fit_drawing(board.ink, board.shape))

    @property
    def drawings(self) -> Drawings:
        """What was drawn for images such as are shown."""
        kind = self._run.config.dataset_spec
        images = kind.image_shape or FRAME, tuple(kind.class_names)
        return self._drawings.setdefault(images, Drawings(*images))

    @property
    def _class_names(self) -> tuple[str, ...]:
        return tuple(self._run.config.dataset_spec.class_names)

    @property
    def label_note(self) -> str:
        """What the drawing can be called, in words."""
        names = self._class_names
        return "one digit, 0 to 9" if names == DIGIT_NAMES else a_label(names)

    def keep(self, label: str) -> str:
        """Keep the drawing as an image of a class; return what is wrong with its label, in words."""
        name, names = label.strip(), self._class_names
        if name not in names:
            return f"{name or 'nothing'} is not {a_label(names)}"
        ink = self.query_one(Canvas).board.ink.copy()
        self.app.run_worker(self.drawings.keep(self._run, ink, names.index(name)))
        return ""

    def show(self, moment: ImageMoment, sample: int) -> None:
        """Show what the network reads; put test digit `sample` on the canvas, if that is wanted."""
        drawing = moment.drawing
        self.query_one("#drawing", ReadingView).reading = drawing
        self.query_one("#drawing-layers", LayersView).activations = (
            () if drawing is None else drawing.activations
        )
        if self.wants_sample and self.asked_for == sample and moment.sample is not None:
            self.wants_sample = False
            self._put(moment.sample.image, sample_words(moment, sample))

    def _put(self, image: NDArray[np.uint8], words: str) -> None:
        """Put a test digit on the canvas, if it fits."""
        canvas = self.query_one(Canvas)
        if image.shape != canvas.board.ink.shape:
            self._run.tell("These images are of another size than the canvas.", True)
            return
        canvas.board.put(image)
        canvas.redraw()
        self._run.tell(f"{words}; draw over it, or take it back with backspace.")
        self._run.look()

    def on_canvas_changed(self) -> None:
        """Let the drawing be read."""
        self._run.look()

    def on_canvas_told(self, event: Canvas.Told) -> None:
        """Say what a key of drawing did."""
        self._run.tell(event.text)

    def on_canvas_pause_wanted(self) -> None:
        """Run or pause."""
        self._run.toggle()

    def on_canvas_test_digit_wanted(self) -> None:
        """Put the test digit that is looked at on the canvas."""
        self.wants_sample = True
        self._run.look()
