"""What every registry entry of the engine shares: hyperparameters with ranges, and looking up a name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from tui_nn.engine.errors import EngineError

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Hyperparameter:
    """One number that an entry can be tuned with; its name is also the name of the setting."""

    name: str
    default: float
    low: float
    high: float
    help: str

    def check(self, value: float) -> float:
        """Return `value` as a float. Raises EngineError unless low <= value <= high."""
        if not (math.isfinite(value) and self.low <= value <= self.high):
            raise EngineError(f"{self.name} is {value}; allowed: {self.low:g} to {self.high:g}.")
        return float(value)


def look_up(kind: str, entries: Mapping[str, Entry], name: str) -> Entry:
    """Return `entries[name]`. Raises EngineError that lists the names there are."""
    if name not in entries:
        raise EngineError(f"Unknown {kind} {name!r}; known: {', '.join(entries)}.")
    return entries[name]


def fill_in(
    owner: str, hyperparameters: tuple[Hyperparameter, ...], given: Mapping[str, float]
) -> dict[str, float]:
    """Return a value for each hyperparameter: the one given, checked, or the default."""
    unknown = set(given) - {h.name for h in hyperparameters}
    if unknown:
        raise EngineError(f"{owner} has no hyperparameter {', '.join(sorted(unknown))}.")
    return {h.name: h.check(given.get(h.name, h.default)) for h in hyperparameters}
