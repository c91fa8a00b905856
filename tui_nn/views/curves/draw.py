"""The curves of a run as pictures: loss, and accuracy or R²."""

from __future__ import annotations

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, fit, stack
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Curves
from tui_nn.views.curves.draw_chart import curves, mark
from tui_nn.views.curves.draw_series import Curve, extent

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
    upper, lower = _heights(height)
    losses = (recorded.train_loss, recorded.test_loss) if recorded is not None else None
    title = "Loss (log)" if log else "Loss"
    loss = _chart(recorded, losses, palette, upper, width, title, log, since)
    if not lower:
        return loss
    scores = (recorded.train_accuracy, recorded.test_accuracy) if recorded is not None else None
    title = "R²" if is_regression else "Accuracy"
    return stack(loss, _chart(recorded, scores, palette, lower, width, title, False, since), gap=1)


def mark_charts(
    picture: Cells, recorded: Curves, step: int, palette: Palette, since: float | None = None
) -> Cells:
    """Return a picture that `charts_picture` drew of `recorded`, with a step marked in it."""
    parts = [part for part in (recorded, recorded.other) if part is not None]
    steps = np.concatenate([part.steps[np.isfinite(part.train_loss)] for part in parts]).astype(np.float64)
    steps = steps if since is None else steps[steps >= since]
    marked = fit(picture, picture.height, picture.width)
    if not len(steps) or not steps.min() <= step <= steps.max():
        return marked
    place = float(extent(steps).place(np.array([float(step)]))[0])
    top = 0
    for height in _heights(picture.height):
        mark(marked, top, height, place, palette)
        top += height + 1
    return marked


def _heights(height: int) -> tuple[int, int]:
    """Return the rows of the chart of losses, and of the one of accuracies below a gap; 0: there is none."""
    upper = height * 3 // 5 if height >= ROWS_FOR_TWO else height
    return upper, max(0, height - upper - 1)


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
    """Draw a pair of curves, of the training and of the test set, and how they went on before a rewind."""
    series: list[Curve] = []
    if recorded is not None and pair is not None:
        steps = recorded.steps.astype(np.float64)
        inks = (("train", slots.TRAIN), ("test", slots.TEST))
        series = [Curve(name, steps, values, ink) for (name, ink), values in zip(inks, pair, strict=True)]
        if recorded.other is not None:
            series += _older(recorded.other, is_loss=pair[0] is recorded.train_loss)
    return curves(series, palette, height, width, title=title, log=log, since=since)


def _older(other: Curves, is_loss: bool) -> list[Curve]:
    steps = other.steps.astype(np.float64)
    train = other.train_loss if is_loss else other.train_accuracy
    test = other.test_loss if is_loss else other.test_accuracy
    return [Curve("before", steps, train, slots.DIM), Curve("", steps, test, slots.DIM)]
