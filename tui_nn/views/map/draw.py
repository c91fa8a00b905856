"""The decision map of a moment as a picture: its grid, its samples, the surface with axes."""

from __future__ import annotations

import numpy as np

from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Floats, Grid, PointSet, Snapshot
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_surface import MapArea, decision_map, map_area

NARROWEST_WITH_AXES = 20
Domain = tuple[float, float]
"""The range of both axes."""


def decision_area(domain: Domain, height: int, width: int) -> MapArea:
    """Return where the map lies in `height` x `width` cells."""
    return map_area(height, width, (domain, domain), axes=width >= NARROWEST_WITH_AXES)


def decision_grid(domain: Domain, palette: Palette, height: int, width: int) -> Grid | None:
    """Return the samples that fill the map; None where there is no room."""
    plane = decision_area(domain, height, width).plane
    rows = plane.rows * palette.samples_per_cell
    if rows <= 0 or plane.columns <= 0:
        return None
    return Grid(plane.columns, rows, *domain, *domain)


def decision_picture(
    surface: Floats | None,
    points: Points | None,
    domain: Domain,
    palette: Palette,
    height: int,
    width: int,
    *,
    discretize: bool = False,
    cursor: tuple[float, float] | None = None,
) -> Cells:
    """Draw a surface, as Snapshot.surface codes it, with samples on it; any size is allowed."""
    return decision_map(
        surface,
        palette,
        height,
        width,
        domain=(domain, domain),
        points=points,
        discretize=discretize,
        axes=width >= NARROWEST_WITH_AXES,
        cursor=cursor,
    )


def shown_points(
    data: PointSet | None, snapshot: Snapshot | None, *, with_test: bool = False, judged: bool = True
) -> Points | None:
    """Return the samples to draw, the misclassified ones marked if `judged`; None if they are of no plane."""
    if data is None or not len(data.train_inputs) or data.train_inputs.shape[1:] != (2,):
        return None
    positions, targets = data.train_inputs, data.train_targets
    predicted = snapshot.train_predictions if snapshot is not None else None
    is_test = np.zeros(len(targets), dtype=bool)
    if with_test and len(data.test_inputs):
        positions = np.concatenate([positions, data.test_inputs])
        targets = np.concatenate([targets, data.test_targets])
        is_test = np.arange(len(targets)) >= len(data.train_targets)
        if snapshot is not None and predicted is not None and snapshot.test_predictions is not None:
            predicted = np.concatenate([predicted, snapshot.test_predictions])
    if data.n_classes < 2:
        return Points(positions, (targets > 0).astype(np.int64), test=is_test)
    wrong = None
    if judged and predicted is not None and len(predicted) == len(targets):
        wrong = np.asarray(predicted != targets)
    return Points(positions, targets.astype(np.int64), wrong, is_test)
