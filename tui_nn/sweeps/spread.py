"""Groups of runs that differ in their seeds alone: how far they spread, and whether two can be told apart."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui_nn.sweeps.rank_test import holm, least_p, mann_whitney
from tui_nn.sweeps.results import Measure, Results
from tui_nn.sweeps.space import Choice

LEVEL = 0.05
"""Groups are told apart where luck alone would make them as different in less than this share of cases."""


@dataclass(frozen=True)
class Spread:
    """A group of runs."""

    choice: Choice
    badness: tuple[float, ...]
    """What the runs are compared by, lower is better; infinite for one that diverged."""

    @property
    def n_lost(self) -> int:
        """Runs that have come to no good end."""
        return sum(map(math.isinf, self.badness))

    @property
    def median(self) -> float:
        """The middle; infinite where half of the runs have come to no good end."""
        return statistics.median(self.badness)

    @property
    def best(self) -> float:
        """The best run."""
        return min(self.badness)

    @property
    def worst(self) -> float:
        """The worst run."""
        return max(self.badness)

    def as_row(self, measure: Measure) -> dict[str, Any]:
        """Return median, min and max of what is measured, as JSON can hold it."""
        values = [measure.value(b) for b in self.badness if math.isfinite(b)]
        median = self.median
        return {
            "measure": measure.name,
            "seeds": len(self.badness),
            "lost": self.n_lost,
            "median": measure.value(median) if math.isfinite(median) else None,
            "min": min(values, default=None),
            "max": max(values, default=None),
        }


@dataclass(frozen=True)
class Verdict:
    """Whether two groups can be told apart."""

    better: Spread
    other: Spread
    u: float
    p: float
    """Counted once for each comparison that was made beside it (Holm)."""

    @property
    def is_told_apart(self) -> bool:
        """Whether luck alone is an unlikely reason."""
        return self.p < LEVEL

    def sentence(self, label: str) -> str:
        """Say it, with the test it rests on. label: what was compared."""
        n, m = len(self.better.badness), len(self.other.badness)
        names = name_of(self.better.choice), name_of(self.other.choice)
        test = f"Mann-Whitney U = {self.u:g}, p = {p_in_words(self.p)}, {n} and {m} seeds"
        if self.is_told_apart:
            return f"{names[0]} is better than {names[1]} in {label} ({test})."
        more = ""
        if least_p(n, m) >= LEVEL:
            more = f"; so few seeds never can, p is {p_in_words(least_p(n, m))} at least"
        return f"{names[0]} and {names[1]} cannot be told apart in {label} ({test}{more})."


def name_of(choice: Choice) -> str:
    """Return the settings of a group, as `hidden_sizes=8,8 noise=0.1`."""
    return " ".join(f"{name}={text}" for name, text in choice) or "the settings as they are"


def p_in_words(p: float) -> str:
    """Return 0.0317 as "0.032", and nothing below "<0.0001"."""
    return f"{p:.2g}" if p >= 1e-4 else "<0.0001"


def spreads_of(results: Results) -> list[Spread]:
    """Return the groups of a sweep that were trained, the best median first; equal ones by their best run."""
    measure = results.measure
    found = [_spread(choice, records, measure) for choice, records in results.groups().items()]
    return sorted((s for s in found if s.badness), key=lambda s: (s.median, s.best))


def compare(spreads: Sequence[Spread]) -> list[Verdict]:
    """Return how the first group compares with each of the others."""
    if not spreads:
        return []
    first, others = spreads[0], spreads[1:]
    tests = [mann_whitney(other.badness, first.badness) for other in others]
    adjusted = holm([p for _, p in tests])
    return [Verdict(first, other, u, p) for other, (u, _), p in zip(others, tests, adjusted, strict=True)]


def _spread(choice: Choice, records: Sequence[Mapping[str, Any]], measure: Measure) -> Spread:
    return Spread(choice, tuple(measure.badness(r) for r in records if r["status"] != "refused"))
