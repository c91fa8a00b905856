"""The base of the pages: what a page is given, what it asks of the next moment, what it may say."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import Container
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui_nn.render.palette import Palette
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.names import Node
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import PointSet, Snapshot, ViewRequest

SMALL_COLUMNS = 100
"""Below so many columns panels share places."""
NEXT_LOOK_S = 0.1
"""What a run computes beside its training is looked at so often while it grows."""


class Page(Container):
    """Panels that show one kind of detail."""

    DEFAULT_CSS = """
    Page { display: none; height: 1fr; width: 1fr; }
    Page.-open { display: block; }
    """

    label = ""
    """One or two words for the line of pages."""
    words = ""
    """One sentence that says what there is to see, and which key to press first."""

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    config: reactive[Config] = reactive(Config, init=False, repaint=False)
    """The settings as the person set them last."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data on the plane; None for images."""
    node: reactive[Node] = reactive((1, 0), init=False, repaint=False)
    """The neuron that is looked at, the same on all pages."""
    example: reactive[Example] = reactive(Example(), init=False, repaint=False)
    """The sample that is looked at, the same on all pages."""

    class NodeWanted(Message):
        """Another neuron is to be looked at."""

        def __init__(self, node: Node) -> None:
            self.node = node
            super().__init__()

    class ExampleWanted(Message):
        """Another sample is to be looked at."""

        def __init__(self, example: Example) -> None:
            self.example = example
            super().__init__()

    class PageWanted(Message):
        """Another page is to be opened, by the name of its folder."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    class LineWanted(Message):
        """A line of text is to be typed; see Prompt.ask."""

        def __init__(self, label: str, text: str, note: str, accept: Callable[[str], str]) -> None:
            self.label, self.text, self.note, self.accept = label, text, note, accept
            super().__init__()

    class Left(Message):
        """Escape was pressed where the page itself has nothing to leave."""

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__(classes="page")
        self.palette, self.run = palette, run
        self._next_look: Timer | None = None

    @property
    def main_panel(self) -> Widget:
        """The panel that gets the keyboard when the page is opened, and is zoomed while none has it."""
        raise NotImplementedError

    def view_request(self) -> ViewRequest:
        """Return what the panels need of the next moment; only asked of the page that is open."""
        return ViewRequest()

    def begin(self, run: Run) -> None:
        """Show another run from now on, and forget what belongs to the one before."""
        self.run = run

    def look_again_soon(self) -> None:
        """Ask for another picture in a moment: a paused run asks for none, though it computes."""
        if self._next_look is None:
            self._next_look = self.set_timer(NEXT_LOOK_S, self._look_again)

    def _look_again(self) -> None:
        self._next_look = None
        self.run.look()

    def next_view(self) -> str:
        """Show something else of the network; return what, in words."""
        return "v works on the Neuron page; m goes to the next page."

    def show(self, what: str) -> str:
        """Switch a way of looking; return what was done, in words."""
        return f"There is no {what} on this page; m goes to the next one." if what == "flow" else ""

    def hold(self, kind: str) -> str:
        """Freeze or cut what the cursor is at, or let it go; return what is in the way, in words."""
        return f"To {kind} a weight or neuron, go to the Neuron page (m)."
