"""The curves of a run as pictures: loss, and accuracy or R²."""

from __future__ import annotations

import numpy as np

from tui_nn.render import slots
from tui_nn.render.cells import Cells, blank, fit, paste
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import Curves, Metrics
from tui_nn.views.curves.draw_chart import NewFigure, curves, mark, write_head
from tui_nn.views.curves.draw_series import Curve, extent, scale_of_scores

ROWS_FOR_TWO, COLUMNS_FOR_TWO = 14, 50
"""Rows or columns from which accuracy has a chart of its own, below that of the loss or beside it."""
WIDE = 4
"""Columns a row from which charts stand beside each other."""
GAP = 2
NAMES = ("train", "test")
"""In the legend; a chart beside another has the room to name what is rarer."""


def charts_picture(
    recorded: Curves | None,
    is_regression: bool,
    palette: Palette,
    height: int,
    width: int,
    new_figure: NewFigure,
    *,
    log: bool = False,
    since: float | None = None,
) -> Cells:
    """Draw the losses of both sets, and the accuracies where there is room; any size is allowed.

    new_figure: see curves. log: losses by their exponent. since: the first step that is shown.
    """
    canvas = blank(height, width)
    titles = _titles(is_regression, log)
    for index, (box, title) in enumerate(zip(chart_boxes(height, width), titles, strict=False)):
        top, left, rows, columns = box
        chart = curves(
            _series(recorded, is_loss=index == 0, names=_names(recorded, is_beside=top == 0 and index == 1)),
            palette,
            rows,
            columns,
            title=title,
            log=log and index == 0,
            since=since,
            new_figure=new_figure,
            scale=scale_of_scores if index else None,
        )
        paste(canvas, chart, top, left)
    return canvas


def name_charts(
    picture: Cells, recorded: Curves | None, metrics: Metrics, palette: Palette, *, log: bool = False
) -> Cells:
    """Return a picture that `charts_picture` drew, with the numbers of another moment in its legends.

    The lines are drawn less often than numbers change; what is written must be the present all the same.
    """
    named = fit(picture, picture.height, picture.width)
    is_regression = metrics.train_r2 is not None
    scores = (metrics.train_accuracy, metrics.test_accuracy)
    if is_regression:
        scores = (metrics.train_r2, metrics.test_r2)
    values = ((metrics.train_loss, metrics.test_loss), scores)
    titles = _titles(is_regression, log)
    boxes = chart_boxes(picture.height, picture.width)
    for index, ((top, left, height, width), title) in enumerate(zip(boxes, titles, strict=False)):
        head = blank(min(1, height), width)
        names = _names(recorded, is_beside=top == 0 and index == 1)
        series = _series(recorded, is_loss=index == 0, names=names)
        write_head(head, series, [*values[index], None, None][: len(series)], title, palette)
        paste(named, head, top, left)
    return named


def _titles(is_regression: bool, log: bool) -> tuple[str, str]:
    return "Loss (log)" if log else "Loss", "R²" if is_regression else "Accuracy"


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
    for box in chart_boxes(picture.height, picture.width):
        mark(marked, box, place, palette)
    return marked


def chart_boxes(height: int, width: int) -> list[tuple[int, int, int, int]]:
    """Return (row, column, height, width) of the chart of losses, and of accuracies if there is one."""
    if width >= COLUMNS_FOR_TWO and (height < ROWS_FOR_TWO or width >= WIDE * height):
        half = (width - GAP) // 2
        return [(0, 0, height, half), (0, width - half, height, half)]
    if height >= ROWS_FOR_TWO:
        upper = height * 3 // 5
        return [(0, 0, upper, width), (upper + 1, 0, height - upper - 1, width)]
    return [(0, 0, height, width)]


def _names(recorded: Curves | None, is_beside: bool) -> tuple[str, str]:
    """Return the names of both lines; none where an older course needs the room of a chart beside another."""
    return ("", "") if is_beside and recorded is not None and recorded.other is not None else NAMES


def _series(recorded: Curves | None, is_loss: bool, names: tuple[str, str] = NAMES) -> list[Curve]:
    """Return the curves of the training and of the test set, and how they went on before a rewind."""
    if recorded is None:
        return []
    steps = recorded.steps.astype(np.float64)
    train = recorded.train_loss if is_loss else recorded.train_accuracy
    test = recorded.test_loss if is_loss else recorded.test_accuracy
    series = [Curve(names[0], steps, train, slots.TRAIN), Curve(names[1], steps, test, slots.TEST)]
    return series if recorded.other is None else series + _older(recorded.other, is_loss)


def _older(other: Curves, is_loss: bool) -> list[Curve]:
    steps = other.steps.astype(np.float64)
    train = other.train_loss if is_loss else other.train_accuracy
    test = other.test_loss if is_loss else other.test_accuracy
    return [Curve("before", steps, train, slots.DIM), Curve("", steps, test, slots.DIM)]
