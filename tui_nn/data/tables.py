"""Columns of numbers out of the text of a table, as programs and spreadsheets of any language write it.

Between cells are commas, semicolons, tabs or blanks, in numbers a decimal point or a decimal comma: the text
shows which. A first line without a number names the columns. What is not certain is refused with its place.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.errors import DataError

SAMPLE = 10_000
"""Characters at the beginning that show what is between cells."""
SEPARATORS = "\t;,"
SHOWN = 40
"""Characters of a cell that are repeated to the person."""
MOST_NAMES = 8
"""So many names are repeated to the person."""

Line = tuple[int, list[str]]
"""The number of a line, and its cells."""


def read_columns(text: str, names: Sequence[str], n_columns: int) -> FloatArray:
    """Return the numbers of a table, shape (n, n_columns), in the order of `names`.

    names: of the columns that are wanted, others may stand between them. Where either the caller or the table
    has none, columns are taken as they come. Raises DataError, with the line and the column.
    """
    _, header, lines = _opened(text)
    if header and names:
        numbers = _Numbers(len(header), _places(header, names), header)
    else:
        _check_order(header)
        numbers = _Numbers(n_columns, range(n_columns), list(names))
    rows = [numbers.read(number, cells) for number, cells in lines]
    if not rows:
        raise DataError("there are no rows of numbers in it")
    return np.stack(rows)


def read_labeled(
    text: str, names: Sequence[str], n_columns: int, target_names: Sequence[str]
) -> tuple[FloatArray, list[tuple[int, str]]]:
    """Return what `read_columns` does, and the cell of the target in each row with the number of its line.

    The target is the column called one of `target_names`; where none is, the last one, which may be no input.
    Raises DataError.
    """
    first, header, lines = _opened(text)
    if first is None:
        raise DataError("it is empty")
    width = len(header) or n_columns + 1
    folded = [cell.casefold() for cell in header]
    target = next((folded.index(name) for name in target_names if name in folded), width - 1)
    if header and names:
        places = _places(header, names)
    else:
        places = [place for place in range(width) if place != target]
        _check_order([header[place] for place in places] if header else [])
    is_short = len(places) != n_columns or target in places
    if is_short or (not header and len(first[1]) == n_columns):
        has = f"it has {listed(header)}" if header else f"line {first[0]} is {len(first[1])} cells"
        needed = f"{n_columns} input{'s' if n_columns > 1 else ''} ({listed(names)})" if names else n_columns
        raise DataError(f"it has no column for the target: needed are {needed} and the target, and {has}")
    numbers = _Numbers(width, places, header)
    rows, targets = [], []
    for number, cells in lines:
        rows.append(numbers.read(number, cells))
        targets.append((number, cells[target]))
    if not rows:
        raise DataError("there are no rows of numbers in it")
    return np.stack(rows), targets


@dataclass
class _Numbers:
    """Turns lines into numbers, all with a decimal point or all with a decimal comma."""

    width: int
    """Cells of a line."""
    places: Sequence[int]
    """Which of them are wanted, in which order."""
    names: list[str]
    """What the columns are called; empty: nothing."""
    mark: str = ""
    """What stands before decimals; empty as long as no line has shown it."""

    def read(self, line: int, cells: list[str]) -> FloatArray:
        """Return the numbers of a line."""
        if len(cells) != self.width:
            found = f"{len(cells)} number{'s' if len(cells) != 1 else ''}"
            named = f" ({listed(self.names)})" if self.names else ""
            hint = "; where numbers have decimal commas, ; or tabs go between them"
            raise DataError(
                f"line {line} is {found}, but needed are {self.width}{named}"
                + (hint if len(cells) == 2 * self.width else "")
            )
        wanted = [cells[place] for place in self.places]
        joined = "".join(wanted)
        for mark in (mark for mark in ".," if mark in joined):
            if self.mark not in ("", mark):
                place = next(place for place in self.places if mark in cells[place])
                words = {".": "points", ",": "commas"}
                mixed = f"numbers have decimal {words[self.mark]}, and {self._cell(cells, place)} has another"
                raise DataError(f"line {line} is no sample: {mixed}")
            self.mark = mark
        values = [_number(cell.replace(",", ".")) for cell in wanted]
        if None in values:
            place = self.places[values.index(None)]
            raise DataError(f"line {line} is no sample: {self._cell(cells, place)} is no number")
        return np.array(values, dtype=np.float64)

    def _cell(self, cells: list[str], place: int) -> str:
        """Return what is in a cell, and where that is."""
        found = repr(shortened(cells[place])) if cells[place] else "nothing"
        name = f" ({shortened(self.names[place])})" if self.names else ""
        return f"{found} in column {place + 1}{name}"


def _opened(text: str) -> tuple[Line | None, list[str], Iterator[Line]]:
    """Return the first line of a table, the names in it if it holds no number, and the lines of numbers."""
    lines = _lines(text.removeprefix("#"))  # NumPy writes names as a comment
    first = next(lines, None)
    if first is None:
        return None, [], lines
    if any(_is_number(cell) for cell in first[1]):
        return first, [], chain([first], lines)
    return first, first[1], lines


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not empty, with their cells."""
    separator = _separator(text[:SAMPLE])
    if not separator:
        yield from ((n, cells) for n, line in enumerate(text.splitlines(), 1) if (cells := line.split()))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise DataError(f"line {reader.line_num} cannot be read: {error}") from None


def _separator(sample: str) -> str:
    """Return what is between the cells of the first lines; empty: any number of blanks."""
    lines = [line for line in sample.splitlines() if line.strip()][:2] or [""]
    for separator in SEPARATORS:
        if len(next(csv.reader(lines[:1], delimiter=separator))) > 1:
            return separator
    cells = lines[-1].split()
    return "" if len(cells) > 1 and all(map(_is_number, cells)) else ","


def _places(header: list[str], names: Sequence[str]) -> list[int]:
    """Return in which column of the table each name is; raise DataError where that is not certain."""
    found = header
    if not set(names) <= set(header):
        found, names = [cell.casefold() for cell in header], [name.casefold() for name in names]
    for name in names:
        if found.count(name) != 1:
            many = f"{found.count(name)} columns" if name in found else "no column"
            raise DataError(
                f"{many} of it {'are' if name in found else 'is'} called {shortened(name)}: needed are "
                f"{listed(names)}, and it has {listed(header)}"
            )
    return [found.index(name) for name in names]


def _check_order(header: list[str]) -> None:
    """Raise DataError where the numbers in the names of columns say that these are not in their order."""
    places = [[int(digits) for digits in re.findall(r"\d{1,9}", name)] for name in header]
    if places != sorted(places):
        raise DataError("its columns are not in the order of the numbers in their names")


def plain_number(cell: str) -> float | None:
    """Return the number in a cell, its decimals behind a point or a comma; None for anything else."""
    return _number(cell.replace(",", "."))


def _number(cell: str) -> float | None:
    """Return a finite number; None for anything else."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if abs(value) < float("inf") and "_" not in cell else None


def _is_number(cell: str) -> bool:
    return plain_number(cell) is not None


def listed(names: Sequence[str]) -> str:
    """Return names as a list that is not long."""
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(shortened, names[:MOST_NAMES])) + more


def shortened(text: str) -> str:
    """Return the beginning of a text, and all of a short one, in one line."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
