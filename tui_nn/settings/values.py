"""The kinds of value a setting can have: text to value and back, what is allowed, what an arrow key does.

A kind knows nothing of particular settings. `parse` and `check` raise ValueError with what is allowed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

NONE = "none"


class Kind(Protocol):
    """What every kind offers."""

    @property
    def allowed(self) -> str:
        """What is allowed, as it ends a sentence: "one of a, b"."""
        ...

    def parse(self, text: str) -> Any:
        """Turn what a person typed into a value, not yet checked; raise ValueError(allowed)."""
        ...

    def check(self, value: Any) -> Any:
        """Return the value in its canonical type, or raise ValueError(allowed)."""
        ...

    def format(self, value: Any) -> str:
        """Turn a value into the text that `parse` takes back."""
        ...

    def neighbor(self, value: Any, step: int) -> Any:
        """Return the value one arrow key away (step -1 or +1), itself at the end of the range."""
        ...


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


def _are_names(value: Any, notes: Mapping[str, str]) -> bool:
    """Return whether a value is a list of at least one name, all of them in `notes`."""
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        return False
    return all(isinstance(name, str) and name in notes for name in value)


def _along(values: Sequence[Any], value: Any, step: int) -> Any:
    """Return the next of sorted `values` above (+1) or below (-1) `value`, or `value` at the end."""
    beyond = [v for v in values if (v > value if step > 0 else v < value)]
    if not beyond:
        return value
    return beyond[0] if step > 0 else beyond[-1]


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`; `stops` are where the arrow keys halt, else every number."""

    low: int
    high: int
    stops: tuple[int, ...] = ()

    @property
    def allowed(self) -> str:
        """See Kind."""
        return f"a whole number from {self.low:,} to {self.high:,}"

    def parse(self, text: str) -> int:
        """See Kind; 1e6 and 10_000 are whole numbers too."""
        try:
            return int(text.strip().replace(",", ""))
        except ValueError:
            number = _number(text, self.allowed)
        if not math.isfinite(number) or number != int(number):
            raise ValueError(self.allowed)
        return int(number)

    def check(self, value: Any) -> int:
        """See Kind."""
        if not _is_finite(value) or value != int(value) or not self.low <= value <= self.high:
            raise ValueError(self.allowed)
        return int(value)

    def format(self, value: Any) -> str:
        """See Kind."""
        return str(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind."""
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
        """See Kind."""
        if self.above:
            return f"a number above {self.low:g}, at most {self.high:g}"
        return f"a number from {self.low:g} to {self.high:g}"

    def parse(self, text: str) -> float:
        """See Kind."""
        if text.strip().endswith("%"):
            return _number(text.strip()[:-1], self.allowed) / 100
        return _number(text, self.allowed)

    def check(self, value: Any) -> float:
        """See Kind."""
        if not _is_finite(value) or not self.low <= value <= self.high or (self.above and value == self.low):
            raise ValueError(self.allowed)
        return float(value)

    def format(self, value: Any) -> str:
        """See Kind."""
        return f"{value:.10g}"

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind."""
        return _along(self.stops, value, step)


@dataclass(frozen=True)
class Choice:
    """One of some names; `notes` holds a sentence of help for each."""

    notes: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """See Kind."""
        return f"one of {', '.join(self.notes)}"

    def parse(self, text: str) -> str:
        """See Kind; capitals do not matter, - and _ are the same."""
        wanted = text.strip().lower().replace("-", "_")
        for name in self.notes:
            if name.replace("-", "_") == wanted:
                return name
        raise ValueError(self.allowed)

    def check(self, value: Any) -> str:
        """See Kind."""
        if not isinstance(value, str) or value not in self.notes:
            raise ValueError(self.allowed)
        return value

    def format(self, value: Any) -> str:
        """See Kind."""
        return str(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind; choices go round."""
        names = list(self.notes)
        return names[(names.index(value) + step) % len(names)]


@dataclass(frozen=True)
class Switch:
    """Yes or no."""

    allowed: str = "true or false"

    def parse(self, text: str) -> bool:
        """See Kind."""
        word = text.strip().lower()
        if word in ("true", "yes", "on", "1"):
            return True
        if word in ("false", "no", "off", "0", ""):
            return False
        raise ValueError(self.allowed)

    def check(self, value: Any) -> bool:
        """See Kind."""
        if not isinstance(value, bool):
            raise ValueError(self.allowed)
        return value

    def format(self, value: Any) -> str:
        """See Kind."""
        return "true" if value else "false"

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind."""
        return not value


@dataclass(frozen=True)
class Or:
    """A value of another kind, or a word that stands for None: `none`, `full`, `auto`."""

    word: str
    kind: Kind
    word_first: bool = True

    @property
    def allowed(self) -> str:
        """See Kind."""
        return f"{self.kind.allowed}, or {self.word}"

    def parse(self, text: str) -> Any:
        """See Kind."""
        if text.strip().lower() == self.word:
            return None
        try:
            return self.kind.parse(text)
        except ValueError:
            raise ValueError(self.allowed) from None

    def check(self, value: Any) -> Any:
        """See Kind."""
        if value is None or (isinstance(value, str) and value.strip().lower() == self.word):
            return None
        try:
            return self.kind.check(value)
        except ValueError:
            raise ValueError(self.allowed) from None

    def format(self, value: Any) -> str:
        """See Kind."""
        return self.word if value is None else self.kind.format(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind; the word stands before the first value, or behind the last."""
        stops = self._stops()
        if value is None:
            if self.word_first:
                return stops[0] if step > 0 else None
            return stops[-1] if step < 0 else None
        following = self.kind.neighbor(value, step)
        at_end = following == value or (
            isinstance(self.kind, Choice) and value == stops[-1 if step > 0 else 0]
        )
        if at_end and (step < 0) == self.word_first:
            return None
        return value if at_end else following

    def _stops(self) -> Sequence[Any]:
        if isinstance(self.kind, Choice):
            return list(self.kind.notes)
        if isinstance(self.kind, (Integer, Real)) and self.kind.stops:
            return self.kind.stops
        if isinstance(self.kind, Integer):
            return (self.kind.low, self.kind.high)
        raise TypeError(f"{self.kind} has no stops")


@dataclass(frozen=True)
class Several:
    """A comma list of some names, each at most once, kept in the order of `notes`; at least one."""

    notes: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """See Kind."""
        return f"one or more of {','.join(self.notes)}, separated by commas"

    def parse(self, text: str) -> tuple[str, ...]:
        """See Kind."""
        return tuple(part.strip().lower() for part in text.split(",") if part.strip())

    def check(self, value: Any) -> tuple[str, ...]:
        """See Kind."""
        if not _are_names(value, self.notes) or len(set(value)) != len(value):
            raise ValueError(self.allowed)
        return tuple(name for name in self.notes if name in value)

    def format(self, value: Any) -> str:
        """See Kind."""
        return ",".join(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind; toggles are the control of a list, not arrows."""
        return value


@dataclass(frozen=True)
class OneOrEach:
    """One name, or a comma list of names, one for each hidden layer."""

    notes: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """See Kind."""
        return f"one of {', '.join(self.notes)}, or one for each hidden layer separated by commas"

    def parse(self, text: str) -> str | tuple[str, ...]:
        """See Kind."""
        names = tuple(part.strip().lower().replace("-", "_") for part in text.split(","))
        return names[0] if len(names) == 1 else names

    def check(self, value: Any) -> str | tuple[str, ...]:
        """See Kind."""
        if not _are_names((value,) if isinstance(value, str) else value, self.notes):
            raise ValueError(self.allowed)
        return value if isinstance(value, str) else tuple(value)

    def format(self, value: Any) -> str:
        """See Kind."""
        return value if isinstance(value, str) else ",".join(value)

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind; a list of names moves as one."""
        first = value if isinstance(value, str) else value[0]
        return Choice(self.notes).neighbor(first, step)


def choices(kind: Kind) -> Mapping[str, str] | None:
    """Return the names a kind offers, each with a sentence of help; None if values are typed."""
    if isinstance(kind, (Choice, OneOrEach)):
        return kind.notes
    if isinstance(kind, Or) and isinstance(kind.kind, Choice):
        return {kind.word: "chosen to match the other settings", **kind.kind.notes}
    if isinstance(kind, Switch):
        return {"true": "yes", "false": "no"}
    return None


@dataclass(frozen=True)
class SomeOf:
    """A comma list of some names, or the word `none`; `names` gives the allowed ones when they are known.

    Each comes with what else it is called, by which it can be given too.
    """

    names: Callable[[], Mapping[str, Collection[str]]]

    @property
    def allowed(self) -> str:
        """See Kind."""
        return f"{NONE}, or some of {','.join(self.names())}"

    def parse(self, text: str) -> tuple[str, ...]:
        """See Kind."""
        if text.strip().lower() == NONE:
            return ()
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def check(self, value: Any) -> tuple[str, ...]:
        """See Kind; a misspelled name is refused with the nearest one."""
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise ValueError(self.allowed)
        if not all(isinstance(name, str) for name in value):
            raise ValueError(self.allowed)
        names = self.names()
        known = tuple(value) if all(name in names for name in value) else self._find(value, names)
        return tuple(dict.fromkeys(known))

    def _find(self, given: Sequence[str], names: Mapping[str, Collection[str]]) -> list[str]:
        """Return the names of what is given otherwise; raise ValueError."""
        from tui_nn.settings.naming import find_name, nearest  # only who gives others waits for it

        words = [word for name, others in names.items() for word in (*others, name)]
        found = [find_name(text, names) for text in given]
        meant = [nearest(text, words) for text, name in zip(given, found, strict=True) if name is None]
        if meant:
            raise ValueError(
                f"did you mean {', '.join(filter(None, meant))}?" if all(meant) else self.allowed
            )
        return [name for name in found if name is not None]

    def format(self, value: Any) -> str:
        """See Kind."""
        return ",".join(value) or NONE

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind; a list is typed."""
        return value


@dataclass(frozen=True)
class Sizes:
    """A comma list of layer sizes, or the word `none` for no hidden layer.

    `read` takes other words for layers, such as `8c3`, and raises ValueError for what is none.
    """

    most_units: int
    most_layers: int
    read: Callable[[str], object] = int

    @property
    def allowed(self) -> str:
        """See Kind."""
        return (
            f"up to {self.most_layers} whole numbers from 1 to {self.most_units:,} separated by commas, "
            f"such as 8,8, or {NONE} for no hidden layer; 8c3, p2, a2, bn, drop0.2 are layers too"
        )

    def parse(self, text: str) -> tuple[int | str, ...]:
        """See Kind."""
        if text.strip().lower() == NONE:
            return ()
        parts = [part.strip().lower() for part in text.split(",")]
        try:
            return tuple(int(part) if part.lstrip("+-").isdecimal() else part for part in parts)
        except ValueError:
            raise ValueError(self.allowed) from None

    def check(self, value: Any) -> tuple[int | str, ...]:
        """See Kind."""
        if isinstance(value, str) or not isinstance(value, Sequence) or len(value) > self.most_layers:
            raise ValueError(self.allowed)
        unit = Integer(1, self.most_units)
        try:
            return tuple(self._word(part) if isinstance(part, str) else unit.check(part) for part in value)
        except ValueError:
            raise ValueError(self.allowed) from None

    def _word(self, part: str) -> str:
        if not part:
            raise ValueError(self.allowed)
        self.read(part)
        return part

    def format(self, value: Any) -> str:
        """See Kind."""
        return ",".join(map(str, value)) or NONE

    def neighbor(self, value: Any, step: int) -> Any:
        """See Kind; one layer of two neurons more, or the last layer less."""
        if step < 0:
            return value[:-1]
        return (*value, 2) if len(value) < self.most_layers else value
