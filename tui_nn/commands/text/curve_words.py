"""The curves of a run in words, and one of them as a line of 40 braille cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.commands.wording import number, percent
from tui_nn.render.braille import DOT_COLUMNS, DOT_ROWS, braille
from tui_nn.training.snapshot import Curves

CELLS = 40
SWING = 0.25
"""A spread about its trend above this part of what there is."""
LEVEL = 0.02
"""A change below this part of what there was is none."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Series:
    """One curve: finite values at growing steps, at least one."""

    name: str
    steps: NDArray[np.int64]
    values: Floats
    is_share: bool
    """Whether the values are said in percents."""

    def value_words(self, place: int) -> str:
        """Return the value at a place in words."""
        value = float(self.values[place])
        return percent(value) if self.is_share else number(value)

    def at(self, place: int) -> str:
        """Return a place in words."""
        return f"step {int(self.steps[place]):,}, {self.name} {self.value_words(place)}"


def series_of(curves: Curves | None, is_regression: bool) -> list[Series]:
    """Return the curves that there are, the losses first."""
    if curves is None:
        return []
    score = "R^2" if is_regression else "accuracy"
    columns = {
        "train loss": curves.train_loss,
        "test loss": curves.test_loss,
        f"train {score}": curves.train_accuracy,
        f"test {score}": curves.test_accuracy,
    }
    found = []
    for name, values in columns.items():
        is_known = np.isfinite(values)
        if is_known.any():
            is_share = name.endswith("accuracy")
            found.append(Series(name, curves.steps[is_known], values[is_known], is_share))
    return found


def curves_words(series: Sequence[Series]) -> list[str]:
    """Return a sentence for each curve, and one on how training and test differ."""
    if not series:
        return ["No curve yet: train first."]
    sentences = [f"Curves over {int(series[0].steps[-1]):,} steps."]
    sentences += [_sentence(one) for one in series]
    by_name = {one.name: one for one in series}
    train, test = by_name.get("train loss"), by_name.get("test loss")
    if train is not None and test is not None and len(test.values) > 2:
        sentences.append(_gap_words(train, test))
    return sentences


def _sentence(one: Series) -> str:
    values = one.values
    first, last = one.value_words(0), one.value_words(-1)
    if len(values) == 1:
        return f"{one.name}: {last}."
    best = int(values.argmin() if one.name.endswith("loss") else values.argmax())
    word = "lowest" if one.name.endswith("loss") else "highest"
    peak = "" if best == len(values) - 1 else f", {word} {one.value_words(best)} at step {one.steps[best]:,}"
    return f"{one.name}: from {first} to {last}, {_trend(values)}{peak}."


def _trend(values: Floats) -> str:
    """Return what the last quarter of a curve does."""
    tail = values[-max(2, len(values) // 4) :]
    at = np.arange(len(tail))
    slope, start = np.polyfit(at, tail, 1)
    rise = float(slope) * len(tail)
    size = max(float(np.abs(tail).mean()), 1e-12)
    if float((tail - slope * at - start).std()) > max(SWING * size, abs(rise)):
        return "now swinging"
    if abs(rise) <= LEVEL * size:
        return "now level"
    return "now falling" if rise < 0 else "now rising"


def _gap_words(train: Series, test: Series) -> str:
    low = int(test.values.argmin())
    gap = float(test.values[-1] - train.values[-1])
    rise = float(test.values[-1] - test.values[low])
    if rise > 0.1 * max(abs(float(test.values[low])), 1e-12) and low < 0.75 * len(test.values):
        return f"The test loss has risen since step {int(test.steps[low]):,}: a sign of overfitting."
    if gap > 0.5 * max(float(train.values[-1]), 1e-12) and gap > 0.05:
        return f"The test loss lies {number(gap)} above the train loss."
    return "Test and train loss lie close together."


def find_series(text: str, series: Sequence[Series]) -> Series | None:
    """Return the curve that a text names; the test loss, or else the first one, where it names none."""
    wanted = text.casefold().split()
    if not wanted:
        return next((one for one in series if one.name == "test loss"), next(iter(series), None))
    return next((one for one in series if set(wanted) <= set(one.name.casefold().split())), None)


def braille_line(one: Series, cells: int = CELLS) -> str:
    """Return a curve as a line of braille cells, two values and four heights a cell."""
    columns = cells * DOT_COLUMNS
    at = np.linspace(float(one.steps[0]), float(one.steps[-1]), columns)
    values = np.interp(at, one.steps.astype(np.float64), one.values)
    low, high = float(values.min()), float(values.max())
    height = np.zeros(columns) if high - low <= 0 else (values - low) / (high - low)
    row = np.rint((1.0 - height) * (DOT_ROWS - 1)).astype(np.int64)
    dots = np.zeros((DOT_ROWS, columns), dtype=np.bool_)
    dots[row, np.arange(columns)] = True
    return "".join(braille(dots)[0])
