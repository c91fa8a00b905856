"""What a network answers over the plane, as arrays to draw; looking changes nothing of the run."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.training.problem import SHOWN_POINTS, Part
from tui_nn.training.snapshot import Floats, Grid
from tui_nn.training.trainer import Trainer


def surface(trainer: Trainer, grid: Grid) -> Floats:
    """Return the network's answer over the grid, coded as Snapshot.surface says."""
    outputs = trainer.network.predict(trainer.problem.encode(grid.points()))
    maps = as_maps(trainer, outputs)
    return np.asarray(maps.reshape(grid.rows, grid.columns, -1), dtype=np.float32)


def predictions(trainer: Trainer, part: Part) -> NDArray[Any]:
    """Return the predicted class or value of the part's first, shown samples, shape (n,)."""
    outputs = trainer.network.predict(part.inputs[:SHOWN_POINTS])
    if trainer.problem.is_classification:
        return np.asarray(trainer.network.loss.decode(outputs))
    return np.asarray(outputs[:, 0])


def as_maps(trainer: Trainer, outputs: NDArray[Any]) -> NDArray[Any]:
    """Return outputs (n, n_outputs) as what is drawn: (n, 1) in [-1, 1], (n, 1) values or (n, n_classes)."""
    if not trainer.problem.is_classification:
        return np.asarray(outputs)
    probabilities: NDArray[Any] | None = trainer.network.loss.probabilities(outputs)
    if probabilities is None:
        return np.asarray(np.clip(outputs, -1, 1))
    if probabilities.shape[1] == 2:
        return np.asarray(probabilities[:, 1:] - probabilities[:, :1])
    return np.asarray(probabilities)
