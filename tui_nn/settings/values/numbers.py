"""Numbers as values of settings: whole ones and others, each in a range with stops for the arrow keys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`; `stops` are where the arrow keys halt, else every number."""

    low: int
    high: int
    stops: tuple[int, ...] = ()

    @property
    def allowed(self) -> str:
        """Name the range, with commas between thousands."""
        return f"a whole number from {self.low:,} to {self.high:,}"

    def parse(self, text: str) -> int:
        """Read a whole number; 1e6 and 10_000 are whole numbers too."""
        try:
            return int(text.strip().replace(",", ""))
        except ValueError:
            number = _number(text, self.allowed)
        if not math.isfinite(number) or number != int(number):
            raise ValueError(self.allowed)
        return int(number)

    def check(self, value: Any) -> int:
        """Return a whole number in the range; 3.0 is one."""
        if not _is_finite(value) or value != int(value) or not self.low <= value <= self.high:
            raise ValueError(self.allowed)
        return int(value)

    def format(self, value: Any) -> str:
        """Write every digit."""
        return str(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the next stop, or the next number; the last one stays."""
        if self.stops:
            return _along(self.stops, value, step)
        return min(self.high, max(self.low, value + step))


@dataclass(frozen=True)
class Real:
    """A number from `low` to `high`, `low` itself left out if `above`; `stops` as in Integer."""

    low: float
    high: float
    stops: tuple[float, ...]
    above: bool = False

    @property
    def allowed(self) -> str:
        """Name the range."""
        if self.above:
            return f"a number above {self.low:g}, at most {self.high:g}"
        return f"a number from {self.low:g} to {self.high:g}"

    def parse(self, text: str) -> float:
        """Read a number, or a percentage: 5% is 0.05."""
        if text.strip().endswith("%"):
            return _number(text.strip()[:-1], self.allowed) / 100
        return _number(text, self.allowed)

    def check(self, value: Any) -> float:
        """Return a finite number in the range."""
        if not _is_finite(value) or not self.low <= value <= self.high or (self.above and value == self.low):
            raise ValueError(self.allowed)
        return float(value)

    def format(self, value: Any) -> str:
        """Write up to ten digits."""
        return f"{value:.10g}"

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the next stop; the last one stays."""
        return _along(self.stops, value, step)


def _number(text: str, allowed: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        raise ValueError(allowed) from None


def _is_finite(value: Any) -> bool:
    """Return whether a value is a number that a float can hold, and no truth value."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _along(values: Sequence[Any], value: Any, step: int) -> Any:
    """Return the next of sorted `values` above (+1) or below (-1) `value`, or `value` at the end."""
    beyond = [v for v in values if (v > value if step > 0 else v < value)]
    if not beyond:
        return value
    return beyond[0] if step > 0 else beyond[-1]
