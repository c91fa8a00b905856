"""The curves of the run: loss, and accuracy below it where there is room."""

from __future__ import annotations

import time

import numpy as np
from textual.reactive import reactive

from tui_nn.render import slots
from tui_nn.render.cells import Cells, stack
from tui_nn.render.series import Curve
from tui_nn.training.snapshot import Curves, Snapshot, Status
from tui_nn.widgets.cells_view import CellsView

REDRAW_S = 0.4
"""Curves are drawn at most so often: a chart costs more than a map."""
ROWS_FOR_TWO = 14
"""Rows from which accuracy has a chart of its own."""
RECENT_PART = 0.25
"""The last part of the run that the recent view shows."""


class CurveView(CellsView):
    """Draws the losses and the accuracies of both sets."""

    DEFAULT_CSS = """
    CurveView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False)
    """The moment to show."""
    has_log_scale: reactive[bool] = reactive(False, init=False)
    """Whether losses are drawn by their exponent."""
    is_recent: reactive[bool] = reactive(False, init=False)
    """Whether only the last part of the run is shown."""

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
        upper = height * 3 // 5 if height >= ROWS_FOR_TWO else height
        loss = self._chart(upper, width, "loss")
        return (
            stack(loss, self._chart(height - upper - 1, width, "accuracy"), gap=1) if upper < height else loss
        )

    def _chart(self, height: int, width: int, quantity: str) -> Cells:
        from tui_nn.render.curves import curves  # plotext is loaded after the first picture

        recorded, snapshot = self._curves, self.snapshot
        is_loss = quantity == "loss"
        series: list[Curve] = []
        if recorded is not None:
            pairs = {
                "train": recorded.train_loss if is_loss else recorded.train_accuracy,
                "test": recorded.test_loss if is_loss else recorded.test_accuracy,
            }
            inks = {"train": slots.TRAIN, "test": slots.TEST}
            series = [
                Curve(name, recorded.steps.astype(np.float64), values, inks[name])
                for name, values in pairs.items()
            ]
        is_regression = snapshot is not None and snapshot.metrics.train_r2 is not None
        titles = {"loss": "Loss (log)" if self.has_log_scale else "Loss", "accuracy": "Accuracy"}
        return curves(
            series,
            self.palette,
            height,
            width,
            title="R²" if is_regression and not is_loss else titles[quantity],
            log=self.has_log_scale and is_loss,
            since=self._since(recorded),
        )

    def _since(self, recorded: Curves | None) -> float | None:
        if not self.is_recent or recorded is None or not len(recorded.steps):
            return None
        return float(recorded.steps[-1]) * (1 - RECENT_PART)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the new curves, if the moment holds them."""
        if snapshot is not None and snapshot.curves is not None:
            self._curves = snapshot.curves
            self.redraw()

    def watch_has_log_scale(self) -> None:
        """Draw on the other scale."""
        self.redraw()

    def watch_is_recent(self) -> None:
        """Draw the other part."""
        self.redraw()
