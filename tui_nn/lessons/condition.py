"""What a run is to reach: a line of text, and the pure judgment of a record by it.

    test_accuracy >= 0.95 within 300 epochs
    train_accuracy - test_accuracy >= 0.1 and parameters <= 40
    activation == relu and epochs >= 20

A name is a measure of the record (MEASURES) or a setting. A measure that is not defined fulfills nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui_nn.settings.config import SETTINGS
from tui_nn.settings.naming import nearest
from tui_nn.settings.setting import ConfigError

Record = Mapping[str, Any]
"""Measures and settings by name: numbers, words, or None where something is not defined."""

INF = float("inf")
MEASURES: dict[str, tuple[float, float]] = {
    "train_loss": (0.0, INF),
    "test_loss": (0.0, INF),
    "train_accuracy": (0.0, 1.0),
    "test_accuracy": (0.0, 1.0),
    "train_r2": (-INF, 1.0),
    "test_r2": (-INF, 1.0),
    "train_rmse": (0.0, INF),
    "test_rmse": (0.0, INF),
    "best_possible_accuracy": (0.0, 1.0),
    "epochs": (0.0, INF),
    "steps": (0.0, INF),
    "parameters": (1.0, INF),
    "neurons": (0.0, INF),
    "layers": (0.0, INF),
    "reading": (0.0, INF),
    "certainty": (0.0, 1.0),
    "drawings": (0.0, INF),
}
"""Numbers of a record, with the lowest and the highest they can be; neurons and layers: the hidden ones.

reading, certainty: as what digit the drawing is read, and with what probability; drawings: so many were kept
since the task began. They are defined on the Digits screen, while DRAW is off.
"""
OF_A_DRAWING = ("reading", "certainty", "drawings")
WORDS = {"status": ("running", "paused", "stopped", "diverged", "finished")}
"""Words of a record, with what they can be."""

_NAME, _NUMBER = r"[a-z_][a-z_0-9]*", r"\d+(?:\.\d+)?(?:e-?\d+)?|\.\d+"
_SUM = re.compile(rf"\s*([+-]?)\s*(?:({_NAME})|({_NUMBER})\s*(%?))")
_COMPARISON = re.compile(r"(>=|<=|==|!=|<|>)")
_WITHIN = re.compile(rf"^(.*?)\s+within\s+({_NUMBER})\s+(epochs?|steps?)$")
_TESTS = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


@dataclass(frozen=True)
class Sum:
    """Numbers and measures, added up."""

    terms: tuple[tuple[float, str], ...]
    """(factor, name); a name that is empty stands for 1."""

    def value(self, record: Record) -> float | None:
        """Return the number that a record makes of it; None where a measure is not defined."""
        total = 0.0
        for factor, name in self.terms:
            found = 1.0 if not name else record.get(name)
            if not isinstance(found, (int, float)):
                return None
            total += factor * found
        return total

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest it can be."""
        low = high = 0.0
        for factor, name in self.terms:
            lowest, highest = (1.0, 1.0) if not name else MEASURES.get(name, (-INF, INF))
            ends = (factor * lowest, factor * highest)
            low, high = low + min(ends), high + max(ends)
        return low, high


@dataclass(frozen=True)
class Comparison:
    """One comparison of two sums, or of a name with a word."""

    left: Sum | str
    test: str
    right: Sum | str

    def holds(self, record: Record) -> bool:
        """Return whether a record fulfills it."""
        if isinstance(self.left, str):
            found: Any = record.get(self.left)
            return found is not None and bool(_TESTS[self.test](str(found), self.right))
        assert isinstance(self.right, Sum)
        left, right = self.left.value(record), self.right.value(record)
        return left is not None and right is not None and bool(_TESTS[self.test](left, right))

    @property
    def names(self) -> frozenset[str]:
        """The measures and settings that it speaks of."""
        if isinstance(self.left, str) or isinstance(self.right, str):
            return frozenset({str(self.left)})
        return frozenset(name for _, name in (*self.left.terms, *self.right.terms) if name)

    @property
    def is_possible(self) -> bool:
        """Whether any record can fulfill it."""
        if isinstance(self.left, str) or isinstance(self.right, str):
            return True
        low = self.left.bounds[0] - self.right.bounds[1]
        high = self.left.bounds[1] - self.right.bounds[0]
        return {
            ">=": high >= 0,
            ">": high > 0,
            "<=": low <= 0,
            "<": low < 0,
            "==": low <= 0 <= high,
            "!=": True,
        }[self.test]


@dataclass(frozen=True)
class Condition:
    """Comparisons that must hold all at once."""

    text: str
    comparisons: tuple[Comparison, ...]
    within: float | None = None
    """By when, in `unit`; None: at any time."""
    unit: str = "epochs"

    def holds(self, record: Record) -> bool:
        """Return whether a record fulfills it."""
        return not self.is_over(record) and all(each.holds(record) for each in self.comparisons)

    def may_hold(self, known: Record) -> bool:
        """Return whether a record can fulfill it of which only a part is known yet."""
        return all(each.holds(known) for each in self.comparisons if each.names <= known.keys())

    @property
    def names(self) -> frozenset[str]:
        """The measures and settings that it speaks of."""
        return frozenset().union(*(each.names for each in self.comparisons))

    @property
    def is_of_a_drawing(self) -> bool:
        """Whether it can only hold where something is drawn."""
        return not self.names.isdisjoint(OF_A_DRAWING)

    def is_over(self, record: Record) -> bool:
        """Return whether it is too late for this run."""
        return self.within is not None and record[self.unit] > self.within

    @property
    def key(self) -> str:
        """The condition in one spelling, for a hash."""
        return " ".join(self.text.split())


def parse_condition(text: str) -> Condition:
    """Return the condition that a text says; raise ValueError in one sentence."""
    rest, within, unit = text.strip(), None, "epochs"
    if found := _WITHIN.match(rest):
        rest, within, unit = found[1], float(found[2]), found[3].rstrip("s") + "s"
    if not rest:
        raise ValueError("the condition is empty")
    comparisons = tuple(map(_comparison, re.split(r"\s+and\s+", rest)))
    for each in comparisons:
        if not each.is_possible:
            raise ValueError(f"{text.strip()}: no run can fulfill this")
    _check_time(text.strip(), comparisons, within, unit)
    return Condition(text.strip(), comparisons, within, unit)


def _check_time(text: str, comparisons: tuple[Comparison, ...], within: float | None, unit: str) -> None:
    """Refuse `epochs >= 50 within 20 epochs`."""
    for each in comparisons:
        is_alone = isinstance(each.left, Sum) and each.left.terms == ((1.0, unit),)
        if within is None or not is_alone or each.test not in (">=", ">", "=="):
            continue
        assert isinstance(each.right, Sum)
        least = each.right.value({})
        if least is not None and (least > within or (each.test == ">" and least >= within)):
            raise ValueError(f"{text}: no run can fulfill this")


def _comparison(text: str) -> Comparison:
    parts = _COMPARISON.split(text)
    if len(parts) != 3:
        raise ValueError(f"{text.strip()} is no comparison, such as test_accuracy >= 0.95")
    left, test, right = (part.strip() for part in parts)
    words = _allowed_words(left)
    if words is not None:
        return _word_comparison(left, test, right, words)
    return Comparison(_sum(left), test, _sum(right))


def _allowed_words(name: str) -> tuple[str, ...] | None:
    """Return what a name that holds a word can be; () where its setting says it; None for numbers."""
    if name in WORDS:
        return WORDS[name]
    is_word = name in SETTINGS and name not in MEASURES and not _is_number(SETTINGS[name].default)
    return () if is_word else None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _word_comparison(name: str, test: str, word: str, allowed: tuple[str, ...]) -> Comparison:
    if test not in ("==", "!="):
        raise ValueError(f"{name} is compared by == or !=, not by {test}")
    if allowed and word not in allowed:
        raise ValueError(f"{name}: {word} is not allowed; one of {', '.join(allowed)}")
    if not allowed:
        setting = SETTINGS[name]
        try:
            word = setting.kind.format(setting.parse(word))
        except ConfigError as error:
            raise ValueError(str(error)) from None
    return Comparison(name, test, word)


def _sum(text: str) -> Sum:
    terms, at = [], 0
    while at < len(text):
        found = _SUM.match(text, at)
        if found is None or (at and not found[1]):
            raise ValueError(f"{text} is neither a number nor a measure")
        factor = -1.0 if found[1] == "-" else 1.0
        name = found[2] or ""
        if name and name not in MEASURES and not _is_number(getattr(SETTINGS.get(name), "default", None)):
            near = nearest(name, (*MEASURES, *SETTINGS))
            raise ValueError(f"{name} is no measure and no setting" + (f"; {near}?" if near else ""))
        if not name:
            factor *= float(found[3]) / (100 if found[4] else 1)
        terms.append((factor, name))
        at = found.end()
    if not terms:
        raise ValueError("one side of a comparison is empty")
    return Sum(tuple(terms))
