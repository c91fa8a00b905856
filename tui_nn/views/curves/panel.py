"""The curves of the run: loss, and accuracy below it where there is room."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.training.snapshot import Curves, Snapshot, Status
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.late import late

if TYPE_CHECKING:
    from tui_nn.views.curves import draw as drawing
    from tui_nn.views.curves.draw_chart import Figure
else:
    drawing = late("tui_nn.views.curves.draw")

REDRAW_S = 0.4
"""Curves are drawn at most so often: a chart costs more than a map."""
RECENT_PART = 0.25
"""The last part of the run that the recent view shows."""


def new_figure() -> Figure:
    """Return a figure that is shared with nobody, and may be larger than plotext takes the terminal for."""
    from textual_plotext import Plot  # takes longer to load than the first picture, which has no curves

    class LargeFigure(Plot):
        def plotsize(self, width: int | None = None, height: int | None = None) -> None:
            super().plotsize(width, height)
            self._set_size(width, height)

    return LargeFigure()


class CurveView(CellsView):
    """Draws the losses and the accuracies of both sets."""

    DEFAULT_CSS = """
    CurveView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    has_log_scale: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether losses are drawn by their exponent."""
    is_recent: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether only the last part of the run is shown."""

    _curves: Curves | None = None
    _drawn_at = 0.0
    _is_complete = False
    """Whether the curves are those of the present, which do not change while the past is looked at."""
    _drawn: tuple[tuple[object, ...], Cells] | None = None
    """The charts without a mark, and what they were drawn of."""

    def switch(self, what: str) -> str:
        """Switch the scale of losses (log) or the part of the run (recent); return what is shown now."""
        if what == "log":
            self.has_log_scale = not self.has_log_scale
            return "Loss on a log scale." if self.has_log_scale else "Loss on a linear scale."
        self.is_recent = not self.is_recent
        return "The last quarter of the run." if self.is_recent else "The whole run."

    def is_due(self) -> bool:
        """Whether the next snapshot should bring the curves: the run may stand still by then."""
        return not (self._is_past and self._is_complete)

    def draw(self, height: int, width: int) -> Cells:
        """Return the charts, drawn anew only where what they show has changed."""
        recorded, snapshot = self._curves, self.snapshot
        is_regression = snapshot is not None and snapshot.metrics.train_r2 is not None
        since = self._since(recorded)
        drawn_of = (recorded, is_regression, self.palette, height, width, self.has_log_scale, since)
        if self._drawn is None or self._drawn[0] != drawn_of:
            charts = drawing.charts_picture(
                recorded,
                is_regression,
                self.palette,
                height,
                width,
                new_figure,
                log=self.has_log_scale,
                since=since,
            )
            self._drawn = drawn_of, charts
        if recorded is None or snapshot is None:
            return self._drawn[1]
        named = drawing.name_charts(
            self._drawn[1], recorded, snapshot.metrics, self.palette, log=self.has_log_scale
        )
        if not snapshot.timeline.is_past:
            return named
        return drawing.mark_charts(named, recorded, snapshot.step, self.palette, since)

    @property
    def _is_past(self) -> bool:
        return self.snapshot is not None and self.snapshot.timeline.is_past

    def _since(self, recorded: Curves | None) -> float | None:
        if not self.is_recent or recorded is None or not len(recorded.steps):
            return None
        return float(recorded.steps[-1]) * (1 - RECENT_PART)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the lines anew, while the run goes on now and then; the numbers always."""
        has_curves = snapshot is not None and snapshot.curves is not None
        if snapshot is not None and snapshot.curves is not None:
            is_running, now = snapshot.status is Status.RUNNING, time.monotonic()
            if not is_running or self._curves is None or now - self._drawn_at >= REDRAW_S:
                self._curves, self._drawn_at = snapshot.curves, now
        self._is_complete = self._is_past and (self._is_complete or has_curves)
        self.redraw()

    def watch_has_log_scale(self) -> None:
        """Draw on the other scale."""
        self.redraw()

    def watch_is_recent(self) -> None:
        """Draw the other part."""
        self.redraw()
