"""What a column of a table is: numbers, words, nothing, always the same, or a name for each row."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.errors import DataError
from tui_nn.data.table.numbers import as_numbers, is_missing, number
from tui_nn.data.tables import shortened

MOST_CATEGORIES = 50
"""Words of a column that become inputs; a column of more holds names."""
MOSTLY = 0.8
"""A column of so many numbers is one of numbers, and what else is in it is wrong."""
FEWEST_IDENTIFIERS = 10
"""Rows from which on a column can be told to be names for them."""
_ID_NAMES = frozenset(
    ("id", "index", "no", "nr", "number", "row", "key", "uid", "#", "rownames", "unnamed: 0")
)


_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*")
"""What may be thousands, and may be three decimals."""
_SIGNS = re.compile(r"[$€£¥%\s'’]|(?<=\d),(?=\d{3}\b)|(?<=\d)\.(?=\d{3}\b)")
"""Signs that stand before, behind and in numbers that are written for people."""


class Kind(Enum):
    """What a column holds."""

    NUMBERS = "numbers"
    WORDS = "words"
    EMPTY = "empty"
    CONSTANT = "constant"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a table, judged."""

    name: str
    kind: Kind
    values: NDArray[Any]
    """(n,) float64, or text where it holds words; what is missing is NaN, or ""."""
    place: int
    """Its place in the table, from 1."""

    @property
    def is_numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.values.dtype.kind == "f"

    @cached_property
    def is_missing(self) -> NDArray[np.bool_]:
        """Return in which rows it has no value, (n,)."""
        missing: NDArray[np.bool_] = np.isnan(self.values) if self.is_numeric else self.values == ""
        return missing

    @property
    def categories(self) -> tuple[str, ...]:
        """Return its words, sorted."""
        return tuple(str(word) for word in np.unique(self.values) if word)


def judge_column(name: str, cells: Sequence[str], lines: Sequence[int], place: int, decimal: str) -> Column:
    """Return a column of text as what it is. Raises DataError for a few words among numbers."""
    values: NDArray[Any] | None = as_numbers(cells, decimal)
    if values is None:
        meant = {cell: math.nan if is_missing(cell) else number(cell, decimal) for cell in set(cells)}
        found = [meant[cell] for cell in cells]  # NaN: missing; None: a word
        words = [(cell, line) for cell, line, value in zip(cells, lines, found, strict=True) if value is None]
        n_numbers = sum(value == value for value in found) - len(words)
        if words and n_numbers >= MOSTLY * (n_numbers + len(words)):
            _refuse(name, *words[0], place, len(words))
        if words and n_numbers:
            _refuse_other_marks(name, words, place, decimal)
        if words and not n_numbers:
            _refuse_signs(name, words, place, decimal)
        if words:
            texts = [cell if value == value else "" for cell, value in zip(cells, found, strict=True)]
            values = np.array(texts, object).astype(np.str_)
        else:
            values = np.array(found, np.float64)
    return Column(name, kind_of(name, values, place), values, place)


def kind_of(name: str, values: NDArray[Any], place: int) -> Kind:
    """Return what the values of a column make it."""
    if values.dtype.kind == "f":
        present = values[~np.isnan(values)]
        if not len(present):
            return Kind.EMPTY
        if present.min() == present.max():
            return Kind.CONSTANT
        return Kind.IDENTIFIER if _counts_rows(name, values, place) else Kind.NUMBERS
    present = values[values != ""]
    n_words = len(np.unique(present))
    if n_words == 1:
        return Kind.CONSTANT
    is_name = n_words > MOST_CATEGORIES or (
        n_words > 0.5 * len(present) and len(present) >= FEWEST_IDENTIFIERS
    )
    return Kind.IDENTIFIER if is_name else Kind.WORDS


def _counts_rows(name: str, values: NDArray[Any], place: int) -> bool:
    """Return whether whole numbers, each once, are numbers of rows: in the first column, or by their name."""
    n = len(values)
    if n < FEWEST_IDENTIFIERS or not (values == np.round(values)).all():
        return False
    folded = name.casefold().replace("_", " ")
    is_named = folded in _ID_NAMES or folded.endswith((" id", "id number")) or name.endswith("Id")
    if not is_named and not (place == 1 and (np.diff(values) == 1).all()):
        return False
    return len(np.unique(values)) == n


def _other(decimal: str) -> str:
    """Return the decimal mark that this is not."""
    return "," if decimal == "." else "."


def _refuse_signs(name: str, words: Sequence[tuple[str, int]], place: int, decimal: str) -> None:
    """Raise DataError for numbers that have a currency, a percent sign or thousands in them."""
    if not all(_THOUSANDS.fullmatch(cell.strip()) for cell, _ in words):
        _refuse_other_marks(name, words, place, decimal)
    plain = {cell: _SIGNS.sub("", cell) for cell in {cell for cell, _ in words}}
    numbers = {cell for cell, text in plain.items() if number(text, decimal) is not None}
    found = [(cell, line) for cell, line in words if cell in numbers]
    if len(found) >= MOSTLY * len(words):
        cell, line = found[0]
        meant = f"write {shortened(plain[cell])}"
        if number(cell, _other(decimal)) is not None:
            exact = shortened(cell).replace(_other(decimal), decimal)
            meant += f" if these are thousands, {exact} if these are decimals"
        raise DataError(
            f"line {line:,}, column {place} ({shortened(name)}): {shortened(cell)!r} is a number with other "
            f"signs; {meant}"
        )


def _refuse_other_marks(name: str, words: Sequence[tuple[str, int]], place: int, decimal: str) -> None:
    """Raise DataError where all that is no number would be one with the other mark before its decimals."""
    other = _other(decimal)
    if all(number(cell, other) is not None for cell, _ in words):
        cell, line = words[0]
        marks = {".": "point", ",": "comma"}
        raise DataError(
            f"line {line:,}, column {place} ({shortened(name)}): {shortened(cell)!r} has a decimal "
            f"{marks[other]}, other numbers have a {marks[decimal]}; write all of them alike"
        )


def _refuse(name: str, cell: str, line: int, place: int, n: int) -> None:
    more = (
        f", and {n - 1:,} more cells are none" if n > 2 else ", and one more cell is none" if n == 2 else ""
    )
    raise DataError(
        f"line {line:,}, column {place} ({shortened(name)}): {shortened(cell)!r} is no number, as the others "
        f"are{more}; correct it, or leave it empty and say --missing drop or mean"
    )
