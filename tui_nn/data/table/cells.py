"""The cells of a table as columns of text, each row with the number of its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from tui_nn.data.errors import DataError
from tui_nn.data.table.dialect import NAMES, Dialect
from tui_nn.data.table.numbers import is_number
from tui_nn.data.tables import listed, shortened

MOST_COLUMNS = 20_000
LONGEST_CELL = 1_000_000
"""Characters of one cell; a longer one is a quote that never ends, or no table."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
Line = tuple[int, list[str]]
"""The number of a line, and its cells."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Columns of text, all of one length."""

    names: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: list[int]
    """The number of the line that each row began in."""
    notes: tuple[str, ...]
    """What was done to names and rows, in words."""


def read_cells(text: str, dialect: Dialect) -> Cells:
    """Return the columns of a text. Raises DataError, with the line."""
    records = _records(text, dialect)
    first = next(records, None)
    if first is None:
        raise DataError("it is empty")
    notes: list[str] = []
    header = first[1] if dialect.has_header else []
    second = next(records, None) if header else first
    if second is None:
        raise DataError(f"line {first[0]:,} names columns ({listed(header)}), and no rows follow")
    begins_as_r = second[1][0] == "1" or not is_number(second[1][0], dialect.decimal)
    if header and len(second[1]) == len(header) + 1 and second[1][-1] and begins_as_r:
        header = ["row", *header]  # as R writes the names of rows
        notes.append("the first column has no name, and is called row")
    width = len(header) or len(second[1])
    if width > MOST_COLUMNS:
        raise DataError(
            f"line {first[0]:,} has {width:,} cells; at most {MOST_COLUMNS:,} columns can be used"
        )
    rows, lines = [], []
    for line, cells in chain([second], records):
        if len(cells) != width:
            cells = _fitted(line, cells, width, header, dialect)
        rows.append(cells)
        lines.append(line)
    columns = tuple(map(list, zip(*rows, strict=True)))
    names, renamed = unique_names(header, width)
    return Cells(names, columns, lines, (*notes, *renamed))


def _records(text: str, dialect: Dialect) -> Iterator[Line]:
    """Yield the rows that are not empty, with the number of the line that each begins in."""
    lines = _lines(text, dialect)
    if dialect.separator == " ":
        for number, line in enumerate(lines, dialect.n_before + 1):
            if cells := line.split():
                yield number, cells
        return
    csv.field_size_limit(LONGEST_CELL)
    # A space before a quote belongs to the quote; strict names quotes that never close.
    reader = csv.reader(lines, delimiter=dialect.separator, skipinitialspace=True, strict=True)
    began = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield dialect.n_before + began, cells
            began = reader.line_num + 1
    except csv.Error as error:
        raise DataError(_unreadable(text, dialect.n_before + began, reader.line_num - began, error)) from None


def _lines(text: str, dialect: Dialect) -> Iterator[str]:
    """Return the lines of the table with their ends; a StringIO would take four bytes for each character."""
    lines = (found[0] for found in islice(_LINE.finditer(text), dialect.n_before, None))
    if not dialect.is_commented:
        return lines
    return chain([next(lines, "").lstrip().removeprefix("#")], lines)


def _unreadable(text: str, line: int, n_more: int, error: csv.Error) -> str:
    """Say what is wrong with the quotes of a row that begins in a line."""
    beginning = repr(shortened((text.splitlines()[line - 1 : line] or [""])[0]))
    why = str(error)
    if "unexpected end" in why or "field limit" in why:
        if "field limit" in why and not n_more and '"' not in beginning:
            return f"line {line:,} has a cell of more than {LONGEST_CELL:,} characters: {beginning}"
        help = 'close it, or write a " inside quotes twice'
        return f'line {line:,} opens a quote (") that is never closed: {beginning}; {help}'
    if "expected after" in why:
        return f'line {line:,} goes on behind a closing quote: {beginning}; write a " inside quotes twice'
    return f"line {line:,} cannot be read: {beginning}: {why}"


def _fitted(line: int, cells: list[str], width: int, header: list[str], dialect: Dialect) -> list[str]:
    """Return a row without empty cells behind its last; raise DataError where its length is another still."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    found = repr(shortened(dialect.separator.join(cells)))
    named = f" ({listed(header)})" if header else " as in the first row"
    help = (
        "a cell that holds the separator needs quotes around it"
        if len(cells) > width
        else "fill what is missing"
    )
    if len(cells) in (2 * width, 2 * width - 1) and dialect.separator == ",":
        help = "where numbers have decimal commas, ; or tabs go between them"
    between = NAMES.get(dialect.separator, repr(dialect.separator))
    count = f"{len(cells):,} cell{'s' if len(cells) != 1 else ''}"
    raise DataError(
        f"line {line:,} has {count} between {between}, needed are {width:,}{named}: {found}; {help}"
    )


def unnamed(place: int) -> str:
    """Return what a column without a name is called, by its place from 1."""
    return f"column {place}"


def unique_names(header: Sequence[str], width: int) -> tuple[tuple[str, ...], list[str]]:
    """Return a name for each column, all of them different, and which were changed, in words."""
    names: list[str] = []
    notes: list[str] = []
    taken = {name for name in header if name}
    seen: dict[str, int] = {}
    for place in range(width):
        name = shortened(header[place]) if header else ""
        if not name:
            name = unnamed(place + 1)
            if header:
                notes.append(f"{name} has no name")
        elif name in seen:
            seen[name] += 1
            while (new := f"{name} ({seen[name]})") in taken:
                seen[name] += 1
            notes.append(f"a second column {name} is called {new}")
            name = new
        seen.setdefault(name, 1)
        taken.add(name)
        names.append(name)
    return tuple(names), notes
