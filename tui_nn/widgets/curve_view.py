"""The loss curves."""

from __future__ import annotations

import time

from textual.reactive import reactive

from tui_nn.render.cells import Cells, blank
from tui_nn.training.snapshot import Curves, Snapshot, Status
from tui_nn.widgets.cells_view import CellsView

REDRAW_S = 0.4
"""Curves are drawn at most so often: a chart costs more than a map."""


class CurveView(CellsView):
    """Draws training and test loss."""

    DEFAULT_CSS = """
    CurveView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False)
    """The moment to show."""

    _curves: Curves | None = None
    _asked_at = 0.0

    def is_due(self) -> bool:
        """Whether the next snapshot should bring the curves."""
        is_running = self.snapshot is not None and self.snapshot.status is Status.RUNNING
        if is_running and time.monotonic() - self._asked_at < REDRAW_S:
            return False
        self._asked_at = time.monotonic()
        return True

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        return blank(height, width)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the new curves, if the moment holds them."""
        if snapshot is not None and snapshot.curves is not None:
            self._curves = snapshot.curves
            self.redraw()
