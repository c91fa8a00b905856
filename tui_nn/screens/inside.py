"""The Inside screen: pages that open up the run of the screen it was called from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widget import Widget

from tui_nn.actions import INSIDE_LINE
from tui_nn.config import Config
from tui_nn.data import DATASETS
from tui_nn.screens.pages.hidden import HiddenPage
from tui_nn.screens.pages.landscape import LandscapePage
from tui_nn.screens.pages.layers import LayersPage
from tui_nn.screens.pages.moments import MomentsPage
from tui_nn.screens.pages.neuron import NeuronPage
from tui_nn.screens.pages.page import Node, Page
from tui_nn.screens.pages.walk import WalkPage
from tui_nn.screens.run_screen import RunScreen
from tui_nn.training.details.example import Example, allowed_examples, parse_example
from tui_nn.training.snapshot import PointSet, Snapshot, ViewRequest
from tui_nn.widgets.form import Form
from tui_nn.widgets.page_line import PageLine

PAGES: tuple[type[Page], ...] = (NeuronPage, WalkPage, LayersPage, HiddenPage, LandscapePage, MomentsPage)


class InsideScreen(RunScreen):
    """One page at a time; the neuron and the example that are looked at stay the same on all of them."""

    CSS_PATH = ["run_screen.tcss", "inside.tcss"]
    KEYS = INSIDE_LINE

    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data on the plane; None for images."""
    node: reactive[Node] = reactive((1, 0), init=False, repaint=False)
    """The neuron that is looked at."""
    example: reactive[Example] = reactive(Example(), init=False, repaint=False)
    """The sample that is looked at."""
    page_number: reactive[int] = reactive(0, init=False, repaint=False)
    """Which of PAGES is open."""

    def compose_views(self) -> ComposeResult:
        """Yield the line of pages, the pages, and the settings."""
        screen = InsideScreen
        yield PageLine(self.palette, [page.label for page in PAGES])
        for page in PAGES:
            yield page(self.palette).data_bind(screen.points, screen.node, screen.example, RunScreen.config)
        yield Form(self.palette, classes="panel")

    @property
    def datasets(self) -> Collection[str]:
        """See RunScreen."""
        return DATASETS.keys() if self.config.image_shape is None else ("digits", "mnist")

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.query_one(PAGES[self.page_number])

    @property
    def main_panel(self) -> Widget:
        """See RunScreen."""
        return self.page.main_panel

    def on_mount(self) -> None:
        """Open the first page."""
        self.watch_page_number()

    def begin(self, config: Config) -> None:
        """Show another run: its data and its neurons are others."""
        super().begin(config)
        self.points = None
        self.example = Example()
        for page in self.query(Page):
            page.begin()

    def view_request(self) -> ViewRequest:
        """Return what the open page needs of the next moment."""
        version = self.points.version if self.points is not None else -1
        return replace(self.page.view_request(), known_data=version)

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment on the open page."""
        if snapshot.points is not None:
            self.points = snapshot.points
        sizes = snapshot.layer_sizes
        layer = min(self.node[0], len(sizes) - 1)
        self.node = layer, min(self.node[1], sizes[layer] - 1)
        super().show(snapshot, frames_per_second)
        self.page.snapshot = snapshot

    # -- pages

    def watch_page_number(self) -> None:
        """Open a page."""
        for page in self.query(Page):
            page.set_class(page is self.page, "-open")
        self.query_one(PageLine).chosen = self.page_number
        self.page.snapshot = self.snapshot
        self.call_after_refresh(self._focus_page)
        self.tell(self.page.words)
        self.post_message(self.Looked())

    def _focus_page(self) -> None:
        if not self.has_class("-settings"):
            self.page.main_panel.focus()

    def action_page(self, step: int) -> None:
        """Open the next page, or the one before."""
        self.remove_class("-settings")
        self.page_number = (self.page_number + step) % len(PAGES)

    def open_page(self, kind: type[Page]) -> None:
        """Open a certain page."""
        self.remove_class("-settings")
        self.page_number = PAGES.index(kind)

    def action_back(self) -> None:
        """Leave the settings or the zoom, and go back to the page."""
        super().action_back()
        self._focus_page()

    def _end_prompt(self) -> None:
        if self.has_class("-settings"):
            super()._end_prompt()
        else:
            self.remove_class("-asking")
            self._focus_page()

    # -- what is looked at

    def on_page_node_wanted(self, event: Page.NodeWanted) -> None:
        """Look at another neuron."""
        self.node = event.node

    def on_page_example_wanted(self, event: Page.ExampleWanted) -> None:
        """Look at another sample."""
        self.example = event.example

    def watch_node(self) -> None:
        """Ask for its numbers."""
        self.post_message(self.Looked())

    def watch_example(self) -> None:
        """Ask for what the network makes of it."""
        self.post_message(self.Looked())

    def action_sample(self, step: int) -> None:
        """Look at the next sample, or the one before."""
        self.example = self.example.beside(step)
        self.tell(f"Example: {self.example.words}.")

    def action_example(self) -> None:
        """Ask which sample to look at."""
        n_values, names = self._n_values, self.points.class_names if self.points is not None else ()

        def accept(text: str) -> str:
            try:
                self.example = parse_example(text, n_values, names)
            except ValueError as error:
                return str(error)
            return ""

        self.ask("example", self.example.words, "", allowed_examples(n_values), accept)

    @property
    def _n_values(self) -> int:
        """Raw numbers of a sample: what features are made of, or all that the network is given."""
        if self.config.uses_features:
            return 2
        return self.snapshot.layer_sizes[0] if self.snapshot is not None else 2
