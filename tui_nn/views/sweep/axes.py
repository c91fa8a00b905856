"""The axes of parallel coordinates, and where each run of a sweep is on them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.settings.config import SETTINGS
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.space import Choice

LOG_FROM = 10.0
"""Results that span this factor are drawn on a logarithmic scale."""
MOST_TICKS = 9
"""Of a setting with more values the ends are written alone."""


@dataclass(frozen=True)
class Axis:
    """An upright axis."""

    label: str
    ticks: tuple[tuple[float, str], ...]
    """Places, 0 at the foot to 1 at the top, and what is written there."""


@dataclass(frozen=True)
class ResultScale:
    """Where a result has its place between the lowest and the highest there is."""

    low: float
    high: float

    @property
    def is_log(self) -> bool:
        """Whether places are even by factors."""
        return self.low > 0 and self.high / self.low >= LOG_FROM

    @property
    def middle(self) -> float:
        """The result that has its place in the middle."""
        if self.is_log:
            return math.exp((math.log(self.low) + math.log(self.high)) / 2)
        return (self.low + self.high) / 2

    def place(self, value: float) -> float:
        """Return the place of a result, 0 the lowest to 1 the highest; 0.5 where all are the same."""
        if self.is_log:
            low, high = math.log(self.low), math.log(self.high)
            return (math.log(value) - low) / (high - low)
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5


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
    label: str, values: Sequence[float], write: Callable[[float], str]
) -> tuple[Axis, NDArray[np.float64]]:
    """Return the axis of what runs are compared by, and where each is."""
    scale = ResultScale(min(values), max(values))
    ticks = [(0.0, scale.low), (1.0, scale.high), (0.5, scale.middle)]
    if scale.high == scale.low:
        ticks = [(0.5, scale.low)]
    places = np.array([scale.place(value) for value in values])
    return Axis(label, tuple((place, write(value)) for place, value in ticks)), places
