"""`tui-nn sweep --plot`: parallel coordinates of the runs, with the width and the colors of the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from tui_nn.commands.plot import choose_palette, width_of
from tui_nn.commands.wording import number
from tui_nn.render.ansi import to_text
from tui_nn.render.palette import ASCII, MONO
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.space import Choice
from tui_nn.views.sweep.draw import Axis, draw_parallel

HEIGHT = 20
LOG_FROM = 10.0
"""A result that spans this factor has a logarithmic axis."""
MOST_TICKS = 9
"""Of a setting with more values the ends are written alone."""


def plot(results: Results, stream: TextIO, config: Config, environment: Mapping[str, str]) -> str:
    """Return the picture of the runs that have come to a good end; nothing where none has."""
    palette = choose_palette(config, stream, environment)
    measure = results.measure
    ended = [results.ended[place] for place in results.order()]
    good = [(run, measure.badness(record)) for run, record in ended]
    good = [(run, badness) for run, badness in good if math.isfinite(badness)]
    if not good:
        return ""
    choices = [run.choice for run, _ in good]
    names = list(dict.fromkeys(name for choice in choices for name, _ in choice))
    axes, columns = [], []
    for name in names:
        axis, column = _setting_axis(name, choices)
        axes.append(axis)
        columns.append(column)
    axis, column = _result_axis(measure.label, [measure.value(badness) for _, badness in good])
    places = np.stack([*columns, column], axis=1)
    cells = draw_parallel([*axes, axis], places, palette, HEIGHT, width_of(stream))
    return to_text(cells, palette, styled=palette not in (MONO, ASCII))


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


def _result_axis(label: str, values: Sequence[Any]) -> tuple[Axis, NDArray[np.float64]]:
    """Return the axis of what runs are compared by, and where each is."""
    given = np.array(values, np.float64)
    low, high = float(given.min()), float(given.max())
    is_log = low > 0 and high / low >= LOG_FROM
    scaled = np.log(given) if is_log else given
    span = float(scaled.max() - scaled.min())
    places = (scaled - scaled.min()) / span if span > 0 else np.full(len(given), 0.5)
    middle = math.exp((math.log(low) + math.log(high)) / 2) if is_log else (low + high) / 2
    ticks = [(0.0, low), (1.0, high), (0.5, middle)] if span > 0 else [(0.5, low)]
    return Axis(label, tuple((place, number(value)) for place, value in ticks)), places
