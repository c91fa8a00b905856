"""What the decision map asks of a run, and gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Grid:
    """Sample points of a rectangle of the plane: `columns` x `rows`, first row at the top (y_high)."""

    columns: int
    rows: int
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def points(self) -> NDArray[np.float64]:
        """Return the centers of all grid cells, shape (rows * columns, 2), row by row from the top."""
        across = (np.arange(self.columns) + 0.5) / self.columns
        down = (np.arange(self.rows) + 0.5) / self.rows
        x = self.x_low + across * (self.x_high - self.x_low)
        y = self.y_high - down * (self.y_high - self.y_low)
        xs, ys = np.meshgrid(x, y)
        return np.column_stack([xs.ravel(), ys.ravel()])


@dataclass(frozen=True)
class MapRequest:
    """What the network answers over the plane."""

    grid: Grid
    node: tuple[int, int] | None = None
    """A (layer, unit) whose output the map shows instead of the network's; layer 0 is the input."""
    probe: tuple[float, float] | None = None
    """A point of the plane that is to be answered on its own."""


@dataclass(frozen=True, eq=False)
class DecisionMap:
    """The answers of the network over the plane, and for the samples that are shown."""

    surface: Floats
    """The outputs over the grid, shape (rows, columns, n_maps): one map of values in [-1, 1] for two classes,
    one map of values for regression, a probability for each of three and more classes."""
    train_predictions: NDArray[Any]
    """Classes or values, (n,), for the shown training points."""
    test_predictions: NDArray[Any]
    answer: Floats | None = None
    """At the probe: (n_classes,) probabilities, or the outputs as they are where there are none."""
