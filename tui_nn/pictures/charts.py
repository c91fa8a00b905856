"""The curves of a run as pictures: loss, and accuracy or R²."""

from __future__ import annotations

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, stack
from tui_nn.render.curves import curves
from tui_nn.render.palette import Palette
from tui_nn.render.series import Curve
from tui_nn.training.snapshot import Curves

ROWS_FOR_TWO = 14
"""Rows from which accuracy has a chart of its own."""


def charts_picture(
    recorded: Curves | None,
    is_regression: bool,
    palette: Palette,
    height: int,
    width: int,
    *,
    log: bool = False,
    since: float | None = None,
) -> Cells:
    """Draw the losses of both sets, and below them the accuracies where there is room; any size is allowed.

    log: losses by their exponent. since: the first step that is shown.
    """
    upper = height * 3 // 5 if height >= ROWS_FOR_TWO else height
    losses = (recorded.train_loss, recorded.test_loss) if recorded is not None else None
    title = "Loss (log)" if log else "Loss"
    loss = _chart(recorded, losses, palette, upper, width, title, log, since)
    if upper == height:
        return loss
    scores = (recorded.train_accuracy, recorded.test_accuracy) if recorded is not None else None
    title = "R²" if is_regression else "Accuracy"
    return stack(
        loss, _chart(recorded, scores, palette, height - upper - 1, width, title, False, since), gap=1
    )


def _chart(
    recorded: Curves | None,
    pair: tuple[np.ndarray, np.ndarray] | None,
    palette: Palette,
    height: int,
    width: int,
    title: str,
    log: bool,
    since: float | None,
) -> Cells:
    """Draw a pair of curves, of the training and of the test set."""
    series: list[Curve] = []
    if recorded is not None and pair is not None:
        steps = recorded.steps.astype(np.float64)
        inks = (("train", slots.TRAIN), ("test", slots.TEST))
        series = [Curve(name, steps, values, ink) for (name, ink), values in zip(inks, pair, strict=True)]
    return curves(series, palette, height, width, title=title, log=log, since=since)
