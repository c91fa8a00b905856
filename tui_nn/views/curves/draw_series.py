"""Series of a run made fit to be drawn: finite, thinned to the columns there are, scaled to 0..1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.render.plane import number, ticks

Array = NDArray[np.float64]

_LARGEST = 1e30
"""Values beyond it (a run that diverged) are drawn as this; on a log scale 1 / _LARGEST is the smallest."""


NEAR_ZERO = 0.25
"""The part of the largest value below which the smallest is near zero."""
EARLY_PART = 0.1
"""The part of a run whose scores may lie below the axis."""
HEADROOM = 0.08


@dataclass(frozen=True, eq=False)
class Curve:
    """One named series: values over steps (or epochs), both of shape (n,)."""

    name: str
    steps: Array
    values: Array
    slot: int
    """The palette slot of its line."""


@dataclass(frozen=True)
class Scale:
    """An axis from low to high; on a log scale both are exponents of ten."""

    low: float
    high: float
    log: bool = False

    def place(self, values: Array) -> Array:
        """Return where values lie between low (0) and high (1), clipped to that."""
        if self.log:
            values = np.log10(np.maximum(values, 10.0**self.low))
        return np.clip((values - self.low) / (self.high - self.low), 0.0, 1.0)

    def marks(self, most: int) -> list[tuple[float, str]]:
        """Return at most `most` (position 0..1, label) for round values, low to high."""
        values = _log_ticks(self.low, self.high, most) if self.log else round_marks(self.low, self.high, most)
        places = self.place(np.array(values, dtype=np.float64)).tolist()
        return [(place, number(value)) for place, value in zip(places, values, strict=True)]


def _log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between two exponents: powers of ten, 1, 2 and 5 times them, or what lies close."""
    first, last = int(np.floor(low)), int(np.ceil(high))
    for factors in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
        found = [f * 10.0**k for k in range(first, last + 1) for f in factors]
        found = [v for v in found if low - 1e-9 <= np.log10(v) <= high + 1e-9]
        if 2 <= len(found) <= most:
            return found
    if high - low < 1:
        return ticks(10.0**low, 10.0**high, most)
    return [10.0**k for k in ticks(low, high, most)]


def finite(curve: Curve, since: float | None = None) -> tuple[Array, Array]:
    """Return the steps and values that are finite (and not before `since`), in the order of the steps."""
    steps = np.asarray(curve.steps, dtype=np.float64).ravel()
    values = np.asarray(curve.values, dtype=np.float64).ravel()
    count = min(len(steps), len(values))
    steps, values = steps[:count], values[:count]
    kept = np.isfinite(steps) & np.isfinite(values)
    if since is not None:
        kept &= steps >= since
    steps, values = steps[kept], np.clip(values[kept], -_LARGEST, _LARGEST)
    order = np.argsort(steps, kind="stable")
    return steps[order], values[order]


def envelope(steps: Array, values: Array, columns: int) -> tuple[Array, Array]:
    """Thin a series to the smallest and the largest value of each column, in the order in which they came."""
    if len(steps) <= 2 * columns or columns <= 0:
        return steps, values
    span = steps[-1] - steps[0]
    if not span > 0:
        return steps[:1], values[:1]
    column = np.minimum(((steps - steps[0]) / span * columns).astype(np.int64), columns - 1)
    by_value = np.lexsort((values, column))
    first = np.flatnonzero(np.diff(column[by_value], prepend=-1))
    last = np.append(first[1:], len(by_value)) - 1
    kept = np.unique(np.concatenate([by_value[first], by_value[last]]))
    return steps[kept], values[kept]


def scale_for(values: Array, log: bool = False, most_marks: int = 6) -> Scale:
    """Return an axis that holds the values, from one round value to another, and zero when it is near."""
    if log:
        above = values[values > 1 / _LARGEST]
        low, high = (float(above.min()), float(above.max())) if len(above) else (0.1, 1.0)
        low_power, high_power = float(np.log10(low)), float(np.log10(high))
        if high_power - low_power < 0.2:
            low_power, high_power = low_power - 0.2, high_power + 0.2
        return Scale(low_power, high_power, log=True)
    if not len(values):
        return Scale(0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    if 0 <= low <= NEAR_ZERO * high:
        low = 0.0
    return Scale(*round_range(*_wide_enough(low, high), most_marks))


def scale_of_scores(values: Array, most_marks: int = 6) -> Scale:
    """Return an axis for accuracies or R²: most of the run, with room above, so that the best is no edge.

    A beginning that lies far below the rest would press all that follows against the upper edge.
    """
    if not len(values):
        return Scale(0.0, 1.0)
    best = float(values.max())
    low, high = _wide_enough(float(np.quantile(values, EARLY_PART)), best, 0.01)
    low, high = round_range(low, min(high, max(best, 1.0)), most_marks)  # no score is better than 1
    return Scale(low, high + HEADROOM * (high - low))


def _wide_enough(low: float, high: float, least: float = 0.0) -> tuple[float, float]:
    room = max(abs(low), abs(high)) * 1e-3 or 1.0
    return (low, high) if high - low > max(room, least) else (low - max(room, least), high + max(room, least))


def round_range(low: float, high: float, most: int) -> tuple[float, float]:
    """Return the shortest range around low and high that begins and ends on round values, `most` of them."""
    found = []
    for step in _round_steps(low, high, most):
        first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
        if 2 <= last - first + 1 <= most:
            found.append(((last - first) * step, -(last - first), _exact(first * step), _exact(last * step)))
    return min(found)[2:] if found else (low, high)


def _exact(value: float) -> float:
    """Return a round value without what multiplying it by a power of ten left behind."""
    return float(f"{value:.12g}") + 0.0


def round_marks(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` round values, evenly apart, that reach as far as they can from low to high."""
    best: tuple[float, int] = (0.0, 0)
    chosen: list[float] = []
    for step in _round_steps(low, high, most):
        first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
        reach = (round(float((last - first) * step), 12), int(last - first + 1))
        if 1 <= reach[1] <= most and reach > best:
            best, chosen = reach, [_exact(step * k) for k in range(int(first), int(last) + 1)]
    return chosen


def _round_steps(low: float, high: float, most: int) -> list[float]:
    if most < 1 or not high > low:
        return []
    power = float(10.0 ** np.floor(np.log10((high - low) / most)))
    return [factor * power for factor in (1, 2, 2.5, 5, 10, 20, 25, 50)]


def extent(steps: Array) -> Scale:
    """Return the axis of the steps, one step wide at least."""
    if not len(steps):
        return Scale(0.0, 1.0)
    low, high = float(steps.min()), float(steps.max())
    return Scale(low, high if high > low else low + 1.0)
