"""The decision map of a moment as a picture: its grid, its samples, the surface with axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tui_nn.data.dataset import Domain
from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.render.plane import MOST_STRETCH
from tui_nn.training.snapshot import PointSet
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_surface import MapArea, decision_map, map_area
from tui_nn.views.map.values import DecisionMap, Floats, Grid

NARROWEST_WITH_AXES = 20
LOWEST_WITH_WORDS = 8
GAP = 2


@dataclass(frozen=True)
class MapShare:
    """What a panel gives to the map with its axes; the words about it get the rest."""

    height: int
    width: int
    beside: int
    """Columns for the words beside the map; 0: they are the row below it."""

    @property
    def stretch(self) -> float:
        """A map with words below it fills its width a little better than a square does."""
        return 1.0 if self.beside else MOST_STRETCH


def share_panel(domain: Domain, height: int, width: int, words_width: int) -> MapShare:
    """Share out a panel between the map and words that need `words_width` columns beside it, or a row."""
    area = decision_area(domain, height, width)
    used = min(width, area.column + area.plane.columns)
    if width - used - GAP >= words_width:
        return MapShare(height, used, width - used - GAP)
    return MapShare(height - (height >= LOWEST_WITH_WORDS), width, 0)


def decision_area(domain: Domain, height: int, width: int, stretch: float = 1.0) -> MapArea:
    """Return where the map lies in `height` x `width` cells; stretch: see largest_map."""
    return map_area(height, width, domain, axes=width >= NARROWEST_WITH_AXES, stretch=stretch)


def decision_grid(
    domain: Domain, palette: Palette, height: int, width: int, stretch: float = 1.0
) -> Grid | None:
    """Return the samples that fill the map; None where there is no room."""
    plane = decision_area(domain, height, width, stretch).plane
    rows = plane.rows * palette.samples_per_cell
    if rows <= 0 or plane.columns <= 0:
        return None
    return Grid(plane.columns, rows, *domain[0], *domain[1])


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
    stretch: float = 1.0,
) -> Cells:
    """Draw a surface, as Snapshot.surface codes it, with samples on it; any size is allowed."""
    return decision_map(
        surface,
        palette,
        height,
        width,
        domain=domain,
        points=points,
        discretize=discretize,
        axes=width >= NARROWEST_WITH_AXES,
        cursor=cursor,
        stretch=stretch,
    )


def shown_points(
    data: PointSet | None, seen: DecisionMap | None, *, with_test: bool = False, judged: bool = True
) -> Points | None:
    """Return the samples to draw, the misclassified ones marked if `judged`; None if they are of no plane."""
    if data is None or not len(data.train_inputs) or data.train_inputs.shape[1:] != (2,):
        return None
    positions, targets = data.train_inputs, data.train_targets
    predicted = seen.train_predictions if seen is not None else None
    is_test = np.zeros(len(targets), dtype=bool)
    if with_test and len(data.test_inputs):
        positions = np.concatenate([positions, data.test_inputs])
        targets = np.concatenate([targets, data.test_targets])
        is_test = np.arange(len(targets)) >= len(data.train_targets)
        if seen is not None and predicted is not None:
            predicted = np.concatenate([predicted, seen.test_predictions])
    if data.n_classes < 2:
        values = np.asarray(targets, np.float64)
        return Points(positions, (values > 0).astype(np.int64), test=is_test, values=values)
    wrong = None
    if judged and predicted is not None and len(predicted) == len(targets):
        wrong = np.asarray(predicted != targets)
    return Points(positions, targets.astype(np.int64), wrong, is_test)
