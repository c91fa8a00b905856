"""The Digits screen: draw a digit and watch the network read it, during training or after."""

from __future__ import annotations

from collections.abc import Collection

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.events import Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui_nn.data.registry import DIGITS
from tui_nn.render.palette import Palette
from tui_nn.screens.digits_draw import DrawView
from tui_nn.screens.digits_layout import ALL_NAMES, digits_layout
from tui_nn.screens.digits_push import PushView, push_keys
from tui_nn.screens.digits_words import OFFER, VIEWS, sample_words, view_words
from tui_nn.screens.key_lines import DIGITS_LINE
from tui_nn.screens.misclassified import MisclassifiedSearch
from tui_nn.screens.run_screen import RunScreen
from tui_nn.settings.datasets import SETS_OF_IMAGES, has_mnist
from tui_nn.training.example import Example
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.views.curves.panel import CurveView
from tui_nn.views.drawing.panel import DRAW_KEYS, Canvas
from tui_nn.views.images.panel import GalleryView, ReadingView
from tui_nn.views.images.panel_errors import ErrorsView
from tui_nn.views.images.panel_layers import LayersView
from tui_nn.views.images.values import ImageMoment, ImageRequest
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.form import Form
from tui_nn.widgets.key_line import Keys

ERRORS_EVERY = 20
"""The errors are looked for at every so many pictures."""
N_FILTERS = 256


class DigitsScreen(RunScreen):
    """Canvas and reading; or a test digit, the weights, the errors."""

    CSS_PATH = ["run_screen.tcss", "digits.tcss"]
    KEYS = DIGITS_LINE
    MORE_KEYS = DRAW_KEYS
    """What the help page begins with."""

    showing: reactive[str] = reactive("draw", init=False, repaint=False)
    """Which of VIEWS is open."""
    sample: reactive[int] = reactive(0, init=False, repaint=False)
    """The test digit that is looked at."""

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(palette, run)
        self._n_requests = 0
        self._moment: ImageMoment | None = None
        self._has_offered = self._draws_on = False
        self._misclassified = MisclassifiedSearch()

    def compose_views(self) -> ComposeResult:
        """Yield the panels of all four views, and the settings."""
        palette = self.palette
        yield DrawView(palette, self.run, id="draw", classes="view")
        with Container(id="train", classes="view"):
            yield ReadingView(palette, id="sample", classes="panel")
            yield CurveView(palette, classes="panel").data_bind(RunScreen.snapshot)
            yield LayersView(palette, id="sample-layers", classes="panel")
        with Horizontal(id="weights", classes="view"):
            yield GalleryView(palette, id="filters", classes="panel")
        yield ErrorsView(palette, id="errors", classes="view")
        yield PushView(palette, self.run, id="adversarial", classes="view")
        yield Form(palette, classes="panel")

    @property
    def main_panel(self) -> Widget:
        """The canvas, or what stands in its place."""
        names = {
            "train": "#sample",
            "weights": "#filters",
            "errors": "#wrong",
            "adversarial": "AdversarialView",
        }
        return self.query_one(names.get(self.showing, "Canvas"))

    @property
    def datasets(self) -> Collection[str]:
        """Only sets of images can be read here."""
        return SETS_OF_IMAGES

    def on_mount(self) -> None:
        """Name the panels, and begin with the canvas."""
        names = {
            "#drawing": "The network sees",
            "#sample": "A test digit",
            "#filters": "First layer: the weights of each neuron",
        }
        for selector, title in names.items():
            self.query_one(selector, CellsView).name_panel(title)
        self.query_one(CurveView).name_panel("Curves")
        self.watch_config()
        self.watch_showing()

    def watch_config(self) -> None:
        """List the new values; draw on a canvas of the size of the images."""
        super().watch_config()
        if self.config.image_shape is not None:
            self.query_one(Canvas).take_shape(self.config.image_shape)

    # -- what comes from the trainer

    def view_request(self) -> ViewRequest:
        """Return what the open view needs of the next moment."""
        self._n_requests += 1
        is_turn = self._n_requests % ERRORS_EVERY == 1 or not self.is_training
        draw, errors, push = self.query_one(DrawView), self.query_one(ErrorsView), self.query_one(PushView)
        draw.asked_for = self.sample
        request = ImageRequest(
            drawing=draw.image if self.showing == "draw" else None,
            sample=self.sample,
            n_filters=N_FILTERS if self.showing == "weights" and is_turn else 0,
            errors=self.showing == "errors" and is_turn,
            pair=errors.pair,
            only_wrong=errors.only_wrong,
        )
        search = self._misclassified.looks(Example("test", self.sample))
        return ViewRequest(
            looks=(request, *search, *push.looks(draw.image, self.sample, self.is_training)),
            known_data=0,
            history=self.showing == "train" and self.query_one(CurveView).is_due(),
        )

    def pointed_example(self) -> Example | None:
        """Return the drawing, or the test digit that is looked at; see RunScreen."""
        if self.showing == "train" or self.query_one(PushView).pushes_sample:
            return Example("test", self.sample)
        image = self.query_one(DrawView).image if self.showing in ("draw", "adversarial") else None
        return None if image is None else Example("typed", 0, tuple(map(float, image.ravel())))

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        super().show(snapshot, frames_per_second)
        moment = snapshot.reply(ImageMoment)
        if moment is None:
            return
        self._moment = moment
        self._go_to_misclassified(snapshot, moment)
        for view in self.query(ReadingView):
            view.names = moment.class_names
        self.query_one(DrawView).show(moment, self.sample)
        if self.showing == "train":
            self._show_sample(moment)
        if moment.filters is not None:
            self.query_one("#filters", GalleryView).show(moment.filters)
        self.query_one(PushView).show(snapshot)
        if moment.errors is not None:
            self.query_one(ErrorsView).show(moment.errors, moment.class_names)

    def _show_sample(self, moment: ImageMoment) -> None:
        view = self.query_one("#sample", ReadingView)
        view.name_panel(sample_words(moment, self.sample))
        view.reading = moment.sample
        self.query_one("#sample-layers", LayersView).activations = (
            moment.sample.activations if moment.sample is not None else ()
        )

    # -- what is looked at

    def watch_showing(self) -> None:
        """Open a view."""
        for name in VIEWS:
            self.set_class(name == self.showing, f"-{name}")
        self._n_requests = 0
        self._focus_view()
        if self.has_class("-zoomed"):
            self.give_room(self.main_panel)
        self.tell(OFFER if self._is_to_offer() else view_words(self.showing))
        self.run.look()

    def _focus_view(self) -> None:
        self.set_focus(None if self.showing == "train" else self.main_panel)

    def on_errors_view_browsed(self) -> None:
        """Ask for the other images at once."""
        self._n_requests = 0
        self.run.look()

    def on_errors_view_left(self) -> None:
        """Leave the zoom or the panel."""
        self.action_back()

    def action_show(self, what: str) -> None:
        """Switch a way of looking: all test digits or the wrong ones, the curves' scale and part."""
        if what == "test":
            pushes = self.showing == "adversarial"
            self.tell(self.query_one(PushView).switch() if pushes else self.query_one(ErrorsView).switch())
        elif what in ("log", "recent"):
            self.tell(self.query_one(CurveView).switch(what))

    def watch_sample(self) -> None:
        """Look at another test digit."""
        self.query_one(PushView).go_to_sample()
        self.run.look()

    def on_resize(self, event: Resize) -> None:
        """Choose how large the parts are."""
        self._lay_out(event.size)

    def show_palette(self, palette: Palette) -> None:
        """Draw in another palette; its half cells decide how large the canvas can be."""
        super().show_palette(palette)
        if self.is_mounted:
            self._lay_out(self.size)

    def _lay_out(self, size: Size) -> None:
        room = self.room(size)
        names = digits_layout(room.width, room.height, self.palette.has_blocks).names
        for name in ALL_NAMES:
            self.set_class(name in names, name)

    def _is_to_offer(self) -> bool:
        """Return whether to say where genuine digits are had: once, when generated ones are looked at."""
        is_due = self.showing == "train" and self.config.dataset == DIGITS.name and not has_mnist()
        is_first, self._has_offered = is_due and not self._has_offered, self._has_offered or is_due
        return is_first

    def action_next_view(self) -> None:
        """Open the next view."""
        names = list(VIEWS)
        self.action_go_to_page(names[(names.index(self.showing) + 1) % len(names)])

    def action_go_to_page(self, name: str) -> None:
        """Open the view of a name."""
        self.remove_class("-settings")
        self.showing = name

    def action_sample(self, step: int) -> None:
        """Look at the next test digit, or the one before."""
        self.sample = max(0, self.sample + step)
        self.query_one(DrawView).wants_sample = self.showing == "draw"

    def action_misclassified(self, step: int) -> None:
        """Look at the next misclassified test digit, or the one before, where its reading is seen."""
        self._misclassified.go(step)
        self.run.look()

    def _go_to_misclassified(self, snapshot: Snapshot, moment: ImageMoment) -> None:
        index = self.sample % max(1, moment.n_samples)
        found = self._misclassified.take(snapshot, Example("test", index))
        if found is None:
            return
        if self.showing in ("weights", "errors"):
            self.action_go_to_page("train")
        self.sample = found[0].index
        self.query_one(DrawView).wants_sample = self.showing == "draw" and found[0].index != index
        self.tell(found[1])

    def give_room(self, chosen: Widget | None) -> None:
        """Zoom a panel; the canvas lies inside another part, which grows with it."""
        super().give_room(chosen)
        self.query_one("#easel").set_class(chosen is self.query_one(Canvas), "-big")

    def action_back(self) -> None:
        """Leave the settings or the zoom."""
        super().action_back()
        if self.showing == "draw":
            self.query_one(Canvas).focus()

    # -- what is drawn

    def on_canvas_switched(self) -> None:
        """Show the keys that hold now."""
        self.show_keys()

    @property
    def inner_keys(self) -> Keys:
        """The keys of the panel that has the keyboard, for the line of keys."""
        canvas, focused = self.query_one(Canvas), self.focused
        held = DRAW_KEYS if canvas.is_drawing and focused is canvas else push_keys(focused)
        return held or super().inner_keys

    def action_rehearse(self) -> None:
        """Train on the kept drawings for a moment."""
        self.app.run_worker(self.query_one(DrawView).drawings.rehearse(self.run))

    def action_label(self) -> None:
        """Ask which digit the drawing is."""
        draw, canvas = self.query_one(DrawView), self.query_one(Canvas)
        if canvas.board.is_empty:
            self.tell("Draw a digit first.", True)
            return
        self._draws_on = canvas.is_drawing
        self.action_go_to_page("draw")
        self.ask("This was a", "", "", f"{draw.label_note}, then enter", draw.keep)

    def _end_prompt(self) -> None:
        self.remove_class("-asking")
        self._focus_view()
        self.query_one(Canvas).is_drawing, self._draws_on = self._draws_on, False
