"""The table of ablation with a cursor; enter opens a neuron, left and right sort it otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.training.names import Node
from tui_nn.training.verdict.ablation import SilentUnit
from tui_nn.views.ablation.draw import ablation_picture
from tui_nn.views.ablation.values import SORTS, SeenAblation, in_order
from tui_nn.widgets.cells_view import CellsView

PAGE = 10
"""Rows that a page key passes."""
SORTED = {
    "loss": "Sorted by how much the loss rises.",
    "score": "Sorted by how much the {score} falls.",
    "layer": "Sorted by layer.",
}


class AblationView(CellsView, can_focus=True):
    """Draws SeenAblation; the cursor stays on its neuron when the order changes."""

    BINDINGS = [
        Binding("up", "move(-1)", "row above", show=False),
        Binding("down", "move(1)", "row below", show=False),
        Binding("pageup", f"move(-{PAGE})", "rows above", show=False),
        Binding("pagedown", f"move({PAGE})", "rows below", show=False),
        Binding("home", "move(-9999999)", "first row", show=False),
        Binding("end", "move(9999999)", "last row", show=False),
        Binding("left", "sort(-1)", "sort otherwise", show=False),
        Binding("right", "sort(1)", "sort otherwise", show=False),
        Binding("enter", "open", "the neuron's own page", show=False),
    ]

    DEFAULT_CSS = """
    AblationView { width: 1fr; height: 1fr; }
    """

    seen: reactive[SeenAblation | None] = reactive(None, always_update=True, init=False, repaint=False)
    """What is shown."""
    node: reactive[Node | None] = reactive(None, init=False, repaint=False)
    """The neuron under the cursor; None: whichever comes first."""
    sort: reactive[str] = reactive(SORTS[0], init=False, repaint=False)
    """One of SORTS."""

    class Opened(Message):
        """The page of a neuron is wanted."""

        def __init__(self, node: Node) -> None:
            self.node = node
            super().__init__()

    class Told(Message):
        """Something is to be said."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    _units: Sequence[SilentUnit] = ()

    def draw(self, height: int, width: int) -> Cells:
        """Return the table, scrolled to its cursor."""
        if self.seen is None:
            return blank(height, width)
        cursor = self._cursor if self.has_focus else None
        return ablation_picture(self.seen, self._units, self.sort, self.palette, height, width, cursor)

    @property
    def _cursor(self) -> int:
        """The row of the neuron under the cursor; the first where it has none."""
        return next((row for row, here in enumerate(self._units) if here.node == self.node), 0)

    def watch_seen(self) -> None:
        """Draw the new numbers."""
        self._order()

    def watch_sort(self) -> None:
        """Draw the same rows in another order."""
        self._order()

    def watch_node(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def _order(self) -> None:
        found = None if self.seen is None else self.seen.found
        self._units = () if found is None else in_order(found, self.sort)
        self.redraw()

    def action_move(self, rows: int) -> None:
        """Go to another row."""
        if self._units:
            place = max(0, min(self._cursor + rows, len(self._units) - 1))
            self.node = self._units[place].node

    def action_sort(self, step: int) -> None:
        """Sort by something else."""
        self.sort = SORTS[(SORTS.index(self.sort) + step) % len(SORTS)]
        found = None if self.seen is None else self.seen.found
        score = "score" if found is None else found.score_name
        self.post_message(self.Told(SORTED[self.sort].format(score=score)))

    def action_open(self) -> None:
        """Open the page of the neuron under the cursor."""
        if self._units:
            self.post_message(self.Opened(self._units[self._cursor].node))
