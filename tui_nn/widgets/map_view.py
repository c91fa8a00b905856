"""The big map: the network's answer everywhere on the plane, with the data on it."""

from __future__ import annotations

import numpy as np
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.render.decision_map import decision_map, map_area
from tui_nn.render.points import Points
from tui_nn.training.snapshot import Grid, PointSet, Snapshot
from tui_nn.widgets.cells_view import CellsView

UNKNOWN_DOMAIN = (-6.0, 6.0)


class MapView(CellsView):
    """Draws the surface of the last snapshot."""

    DEFAULT_CSS = """
    MapView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False)
    """The moment to show."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False)
    """The data, which comes with the first snapshot after it changed."""

    def grid(self) -> Grid | None:
        """Return the samples that fill this view; None where there is no room."""
        low, high = self._domain
        width, height = self.size
        plane = map_area(height, width, ((low, high), (low, high)), axes=True).plane
        rows = plane.rows * self.palette.samples_per_cell
        if rows <= 0 or plane.columns <= 0:
            return None
        return Grid(plane.columns, rows, low, high, low, high)

    @property
    def _domain(self) -> tuple[float, float]:
        return self.points.domain if self.points is not None else UNKNOWN_DOMAIN

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        low, high = self._domain
        surface = self.snapshot.surface if self.snapshot is not None else None
        return decision_map(
            surface,
            self.palette,
            height,
            width,
            domain=((low, high), (low, high)),
            points=self._shown_points(),
            axes=True,
        )

    def _shown_points(self) -> Points | None:
        data = self.points
        if data is None:
            return None
        if data.n_classes < 2:
            return Points(data.train_inputs, (data.train_targets > 0).astype(np.int64))
        predicted = self.snapshot.train_predictions if self.snapshot is not None else None
        wrong = None
        if predicted is not None and len(predicted) == len(data.train_targets):
            wrong = predicted != data.train_targets
        return Points(data.train_inputs, data.train_targets.astype(np.int64), wrong)

    def watch_snapshot(self) -> None:
        """Draw the new moment."""
        self.redraw()

    def watch_points(self) -> None:
        """Draw the new data."""
        self.redraw()
