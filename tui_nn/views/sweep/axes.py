"""The axes of parallel coordinates, and where each run of a sweep is on them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import SETTINGS
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.space import Choice

LOG_FROM = 10.0
"""A result that spans this factor has a logarithmic axis."""
MOST_TICKS = 9
"""Of a setting with more values the ends are written alone."""


@dataclass(frozen=True)
class Axis:
    """An upright axis."""

    label: str
    ticks: tuple[tuple[float, str], ...]
    """Places, 0 at the foot to 1 at the top, and what is written there."""


def axes_of(results: Results, write: Callable[[float], str]) -> tuple[list[Axis], NDArray[np.float64]]:
    """Return an axis for each setting and one for the result, and the places of the runs, the best first.

    Places are (n_runs, n_axes); runs that came to no good end are left out. write: writes a result.
    """
    measure, ended = results.measure, results.ended
    good = [(ended[place][0], measure.badness(ended[place][1])) for place in results.order()]
    good = [(run, badness) for run, badness in good if math.isfinite(badness)]
    if not good:
        return [], np.empty((0, 0))
    choices = [run.choice for run, _ in good]
    names = list(dict.fromkeys(name for choice in choices for name, _ in choice))
    axes, columns = [], []
    for name in names:
        axis, column = _setting_axis(name, choices)
        axes.append(axis)
        columns.append(column)
    axis, column = _result_axis(measure.label, [measure.value(badness) for _, badness in good], write)
    return [*axes, axis], np.stack([*columns, column], axis=1)


def _setting_axis(name: str, choices: Sequence[Choice]) -> tuple[Axis, NDArray[np.float64]]:
    """Return an axis with the values of a setting in even steps, numbers by size, and where each run is."""
    texts = [dict(choice)[name] for choice in choices]
    distinct = list(dict.fromkeys(texts))
    values = {text: SETTINGS[name].parse(text) for text in distinct}
    if all(isinstance(value, int | float) for value in values.values()):
        distinct.sort(key=lambda text: float(values[text]))
    where = {text: i / (len(distinct) - 1) if len(distinct) > 1 else 0.5 for i, text in enumerate(distinct)}
    written = distinct if len(distinct) <= MOST_TICKS else [distinct[0], distinct[-1]]
    ticks = tuple((where[text], text) for text in written)
    return Axis(SETTINGS[name].label, ticks), np.array([where[text] for text in texts])


def _result_axis(
    label: str, values: Sequence[Any], write: Callable[[float], str]
) -> tuple[Axis, NDArray[np.float64]]:
    """Return the axis of what runs are compared by, and where each is."""
    given = np.array(values, np.float64)
    low, high = float(given.min()), float(given.max())
    is_log = low > 0 and high / low >= LOG_FROM
    scaled = np.log(given) if is_log else given
    span = float(scaled.max() - scaled.min())
    places = (scaled - scaled.min()) / span if span > 0 else np.full(len(given), 0.5)
    middle = math.exp((math.log(low) + math.log(high)) / 2) if is_log else (low + high) / 2
    ticks = [(0.0, low), (1.0, high), (0.5, middle)] if span > 0 else [(0.5, low)]
    return Axis(label, tuple((place, write(value)) for place, value in ticks)), places
