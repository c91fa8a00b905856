"""The inspector: one neuron with its formulas and the terms of its sum; a cursor chooses a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank, write
from tui_nn.render.palette import Palette
from tui_nn.settings.config import Config
from tui_nn.widgets.cells_view import CellsView

if TYPE_CHECKING:
    from tui_nn.views.neuron.values import Neuron, Term


class InspectorView(CellsView, can_focus=True):
    """Shows a neuron; says which of its terms is chosen and what is to be done to it."""

    BINDINGS = [
        Binding("up", "move(-1)", "previous term", show=False),
        Binding("down", "move(1)", "next term", show=False),
        Binding("pageup", "move(-8)", "eight up", show=False),
        Binding("pagedown", "move(8)", "eight down", show=False),
        Binding("left", "nudge(-1)", "decrease by 0.1", show=False),
        Binding("right", "nudge(1)", "increase by 0.1", show=False),
        Binding("enter", "open", "type a value", show=False),
        Binding("escape", "close", "back to the network", show=False),
    ]

    DEFAULT_CSS = """
    InspectorView { width: 1fr; height: 1fr; }
    """

    neuron: reactive[Neuron | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    config: reactive[Config] = reactive(Config, init=False, repaint=False)
    """The settings, for names."""

    class TermChosen(Message):
        """The cursor is at another term, or it is hidden."""

    class Nudged(Message):
        """The weight under the cursor is to be a little larger or smaller."""

        def __init__(self, term: Term, step: int) -> None:
            self.term, self.step = term, step
            super().__init__()

    class Opened(Message):
        """The weight under the cursor is to be typed."""

        def __init__(self, term: Term) -> None:
            self.term = term
            super().__init__()

    class Closed(Message):
        """The keyboard is to go back to the network."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self._source: int | None = None

    @property
    def term(self) -> Term | None:
        """The term under the cursor; None while this panel has not the keyboard, or there is none."""
        if not self.has_focus or self.neuron is None or not self.neuron.terms:
            return None
        found = None if self._source is None else self.neuron.term(self._source)
        return found or self.neuron.terms[0]

    def draw(self, height: int, width: int) -> Cells:
        """Return the sum of the neuron, term by term."""
        if self.neuron is None:
            canvas = blank(height, width)
            write(canvas, 0, 0, "...")
            return canvas
        from tui_nn.views.neuron.draw import inspector_picture

        source = None if self.term is None else self.term.source
        return inspector_picture(self.neuron, self.config, self.palette, height, width, source)

    def watch_neuron(self, before: Neuron | None, neuron: Neuron | None) -> None:
        """Draw it; another neuron begins at its first term."""
        if before is not None and neuron is not None and before.node != neuron.node:
            self._source = None
        self._keep_term()
        self.redraw()

    def _keep_term(self) -> None:
        """Stay at the term that is first now, wherever it goes when the order changes."""
        if self._source is None and self.term is not None:
            self._source = self.term.source

    def on_focus(self) -> None:
        """Show the cursor."""
        self._keep_term()
        self._tell()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._tell()

    def _tell(self) -> None:
        self.redraw()
        self.post_message(self.TermChosen())

    def action_move(self, rows: int) -> None:
        """Move the cursor; it stays at its term when the order changes."""
        if self.neuron is None or self.term is None:
            return
        sources = [term.source for term in self.neuron.terms]
        place = sources.index(self.term.source) + rows
        self._source = sources[max(0, min(place, len(sources) - 1))]
        self._tell()

    def action_nudge(self, step: int) -> None:
        """Ask for a weight a little larger or smaller."""
        if self.term is not None:
            self.post_message(self.Nudged(self.term, step))

    def action_open(self) -> None:
        """Ask to type a value."""
        if self.term is not None:
            self.post_message(self.Opened(self.term))

    def action_close(self) -> None:
        """Go back to the network."""
        self.post_message(self.Closed())
