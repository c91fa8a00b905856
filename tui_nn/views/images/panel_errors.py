"""The errors on the test set: a confusion matrix, and beside it the images behind a cell, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive

from tui_nn.data.frame import DIGIT_NAMES
from tui_nn.render.palette import Palette
from tui_nn.views.images.panel import ConfusionView, GalleryView
from tui_nn.views.images.values import Errors


class ErrorsView(Horizontal):
    """Two panels; a cell that is opened in one chooses what the other shows."""

    pair: reactive[tuple[int, int] | None] = reactive(None, init=False, repaint=False)
    """The (true class, prediction) whose images are browsed; None for no such pair."""
    only_wrong: reactive[bool] = reactive(True, init=False, repaint=False)
    """Whether only misclassified images are browsed."""

    class Browsed(Message):
        """Other images are wanted."""

    class Left(Message):
        """Escape was pressed where no cell is open."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.palette = palette
        self._names: Sequence[str] = DIGIT_NAMES

    def compose(self) -> ComposeResult:
        """Yield the table and the images."""
        yield ConfusionView(self.palette, classes="panel")
        yield GalleryView(self.palette, id="wrong", classes="panel")

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one(ConfusionView).name_panel("Confusion")
        self._gallery.scale = 1.0
        self._name_gallery()

    def show(self, errors: Errors, names: Sequence[str]) -> None:
        """Show what was found on the test set. names: of the classes."""
        self._names = names
        confusion = self.query_one(ConfusionView)
        confusion.names, confusion.errors = tuple(names), errors
        found = zip(errors.truths, errors.answers, errors.certainties, strict=True)
        captions = [f"{names[truth]} > {names[answer]} {100 * sure:.0f} %" for truth, answer, sure in found]
        shown = errors.images / 255.0
        self._gallery.show(shown, captions[: len(shown)], n_all=len(errors.samples))

    def switch(self) -> str:
        """Browse all images or the misclassified ones; return which, in words."""
        self.pair = None
        self.only_wrong = not self.only_wrong
        return "Misclassified digits only." if self.only_wrong else "All test digits."

    def watch_pair(self) -> None:
        """Browse other images."""
        self._browse()

    def watch_only_wrong(self) -> None:
        """Browse other images."""
        self._browse()

    def on_confusion_view_opened(self, event: ConfusionView.Opened) -> None:
        """Browse the images behind a cell."""
        if event.pair is None and self.pair is None:
            self.post_message(self.Left())
        self.pair = event.pair

    @property
    def _gallery(self) -> GalleryView:
        return self.query_one("#wrong", GalleryView)

    def _browse(self) -> None:
        self._gallery.first = 0
        self._name_gallery()
        self.post_message(self.Browsed())

    def _name_gallery(self) -> None:
        gallery = self._gallery
        if self.pair is None:
            gallery.empty_words = "No test digit is misclassified."
            title = "Misclassified, most confident first" if self.only_wrong else "Test digits"
        else:
            truth, answer = (self._names[label] for label in self.pair)
            gallery.empty_words = "No test digit has this class and prediction."
            title = f"True class {truth}, predicted {answer}"
        gallery.name_panel(title)
