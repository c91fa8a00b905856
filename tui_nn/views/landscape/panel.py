"""The loss around the present weights; arrows choose other directions and how far they go."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.palette import Palette
from tui_nn.views.landscape.draw import landscape_picture
from tui_nn.views.landscape.values import Landscape, Work
from tui_nn.widgets.cells_view import CellsView

SPANS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class LandscapeView(CellsView, can_focus=True):
    """Draws what there is of a landscape; any key stops its computation and does what it does besides."""

    BINDINGS = [
        Binding("left", "seed(-1)", "previous directions", show=False),
        Binding("right", "seed(1)", "other directions", show=False),
        Binding("up", "span(1)", "wider", show=False),
        Binding("down", "span(-1)", "narrower", show=False),
        Binding("enter", "compute", "around the present weights", show=False),
    ]

    DEFAULT_CSS = """
    LandscapeView { width: 1fr; height: 1fr; }
    """

    landscape: reactive[Landscape | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown; None while there is none."""
    seed: reactive[int] = reactive(0, init=False, repaint=False)
    """Of the directions that are wanted."""
    span: reactive[float] = reactive(1.0, init=False, repaint=False)
    """How far they go."""

    class ComputeWanted(Message):
        """A landscape around the present weights is wanted; `words` say so."""

        def __init__(self, seed: int, span: float, words: str) -> None:
            self.seed, self.span, self.words = seed, span, words
            super().__init__()

    class StopWanted(Message):
        """A key was pressed while it was computed."""

    class Shown(Message):
        """The panel has become visible."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self._is_expected = False

    def draw(self, height: int, width: int) -> Cells:
        """Return what there is of the slice, with the path over it."""
        if self.landscape is not None:
            return landscape_picture(self.landscape, self.palette, height, width)
        canvas = blank(height, width)
        write(canvas, 0, 0, "Enter computes the loss around the present weights.", slots.DIM, width=width)
        return canvas

    def watch_landscape(self, landscape: Landscape | None) -> None:
        """Draw what there is by now."""
        if landscape is not None and (landscape.seed, landscape.span) == (self.seed, self.span):
            self._is_expected = False
        hint = "← → directions  ↑ ↓ wider, narrower  enter again"
        if self.palette.is_ascii:
            hint = "arrows: directions, width; enter: again"
        title = "Loss around the weights"
        if landscape is not None:
            title += f": directions {landscape.seed}, from -{landscape.span:g} to {landscape.span:g}"
        self.name_panel(title, hint)
        self.redraw()

    def on_show(self) -> None:
        """Say so."""
        self.post_message(self.Shown())

    def on_key(self, _: Key) -> None:
        """Stop a computation, and let the key do what it does."""
        is_growing = self.landscape is not None and self.landscape.work is Work.COMPUTING
        if is_growing or self._is_expected:
            self._is_expected = False
            self.post_message(self.StopWanted())

    def compute(self, words: str) -> None:
        """Ask for a landscape."""
        self._is_expected = True
        self.post_message(self.ComputeWanted(self.seed, self.span, words))

    def action_compute(self) -> None:
        """Compute it around the present weights."""
        self.compute("Computing the loss around the present weights.")

    def action_seed(self, step: int) -> None:
        """Take other directions."""
        self.seed = max(0, self.seed + step)
        self.compute(f"Computing the loss along directions {self.seed}.")

    def action_span(self, step: int) -> None:
        """Look wider, or nearer."""
        place = SPANS.index(self.span) if self.span in SPANS else SPANS.index(1.0)
        self.span = SPANS[max(0, min(len(SPANS) - 1, place + step))]
        self.compute(f"Computing the loss from -{self.span:g} to {self.span:g} times the weights' lengths.")
