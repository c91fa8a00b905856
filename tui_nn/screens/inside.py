"""The Inside screen: pages that open up the run of the screen it was called from."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widget import Widget

from tui_nn.screens.key_lines import INSIDE_LINE
from tui_nn.screens.looker import LookerScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.training.example import Example
from tui_nn.training.names import Node
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.views.page import Page
from tui_nn.views.pages import PAGES as NAMES
from tui_nn.views.pages import page_classes
from tui_nn.views.walk.page import WalkPage
from tui_nn.widgets.form import Form
from tui_nn.widgets.page_line import PageLine

PAGES = page_classes()


class InsideScreen(LookerScreen):
    """One page at a time; the neuron and the example that are looked at stay the same on all of them."""

    CSS_PATH = ["run_screen.tcss", "inside.tcss"]
    KEYS = INSIDE_LINE

    node: reactive[Node] = reactive((1, 0), init=False, repaint=False)
    """The neuron that is looked at."""
    page_number: reactive[int] = reactive(0, init=False, repaint=False)
    """Which of PAGES is open."""

    def compose_views(self) -> ComposeResult:
        """Yield the line of pages, the pages, and the settings."""
        screen = InsideScreen
        yield PageLine(self.palette, [page.label for page in PAGES])
        for page in PAGES:
            yield page(self.palette, self.run).data_bind(
                LookerScreen.points, screen.node, LookerScreen.example, RunScreen.config
            )
        yield Form(self.palette, classes="panel")

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.query_one(PAGES[self.page_number])

    @property
    def main_panel(self) -> Widget:
        """The main panel of the page that is open."""
        return self.page.main_panel

    def on_mount(self) -> None:
        """Open the first page."""
        self.watch_page_number()

    def begin(self, run: Run) -> None:
        """Show another run: its data and its neurons are others."""
        super().begin(run)
        for page in self.query(Page):
            page.begin(run)

    def view_request(self) -> ViewRequest:
        """Return what the open page needs of the next moment."""
        wanted = self.page.view_request()
        looks = (*wanted.looks, *self.misclassified.looks(self.example))
        return replace(wanted, looks=looks, known_data=self.known_data)

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment on the open page."""
        sizes = snapshot.layer_sizes
        layer = min(self.node[0], len(sizes) - 1)
        nearest = layer, min(self.node[1], sizes[layer] - 1)
        if nearest != self.node:
            from tui_nn.training.names import node_name

            self.tell(
                f"That neuron no longer exists; this is {node_name(nearest, sizes, self.config)}.", True
            )
            self.node = nearest
        super().show(snapshot, frames_per_second)
        self.page.snapshot = snapshot

    # -- pages

    def watch_page_number(self) -> None:
        """Open a page."""
        for page in self.query(Page):
            page.set_class(page is self.page, "-open")
        self.query_one(PageLine).chosen = self.page_number
        self.page.snapshot = self.snapshot
        self.call_after_refresh(self.focus_main)
        self.tell(self.page.words)
        self.run.look()

    def action_page(self, step: int) -> None:
        """Open the next page, or the one before."""
        self.remove_class("-settings")
        self.page_number = (self.page_number + step) % len(PAGES)

    def action_go_to_page(self, name: str) -> None:
        """Open the page of a name."""
        self.open_page(PAGES[NAMES.index(name)])

    def open_page(self, kind: type[Page]) -> None:
        """Open a certain page."""
        self.remove_class("-settings")
        self.page_number = PAGES.index(kind)

    def action_next_view(self) -> None:
        """Show something else of the network."""
        self._tell_and_look(self.page.next_view())

    def action_show(self, what: str) -> None:
        """Switch a way of looking."""
        self._tell_and_look(self.page.show(what))

    def action_hold(self, kind: str) -> None:
        """Freeze or cut what the cursor is at, or let it go."""
        words = self.page.hold(kind)
        if words:
            self.tell(words, True)

    def _tell_and_look(self, words: str) -> None:
        if words:
            self.tell(words)
            self.run.look()

    def walk(self, example: Example | None) -> None:
        """Open the walk and let it go by itself, with an example that was pointed at; or stop it."""
        is_open = PAGES[self.page_number] is WalkPage
        self.open_page(WalkPage)
        if example is not None:
            self.example = example
        page = self.query_one(WalkPage)
        if is_open and page.is_walking:
            page.toggle()
        else:
            page.start()

    def action_code(self) -> None:
        """Show the lines of the engine that do the stage of a walk, or the network again."""
        self.open_page(WalkPage)
        page = self.query_one(WalkPage)
        page.shows_code = not page.shows_code
        self.tell("The source code of this stage." if page.shows_code else "The network.")

    # -- what is looked at

    def on_page_line_wanted(self, event: Page.LineWanted) -> None:
        """Let it be typed."""
        self.ask(event.label, event.text, "", event.note, event.accept)

    def on_page_left(self) -> None:
        """Leave the settings or the zoom."""
        self.action_back()

    def on_page_page_wanted(self, event: Page.PageWanted) -> None:
        """Open another page."""
        self.action_go_to_page(event.name)

    def on_page_node_wanted(self, event: Page.NodeWanted) -> None:
        """Look at another neuron."""
        self.node = event.node

    def on_page_example_wanted(self, event: Page.ExampleWanted) -> None:
        """Look at another sample."""
        self.example = event.example

    def watch_node(self) -> None:
        """Ask for its numbers."""
        self.run.look()
