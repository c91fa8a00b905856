"""How a table is written: what stands between cells, before decimals, and whether its first line is names."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.data.table.numbers import is_missing, is_number

SEPARATORS = "\t;|,"
"""What may stand between cells, what is rarer in sentences and numbers first."""
NAMES = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", " ": "blanks"}
SAMPLE_LINES = 200
SAMPLE_CHARACTERS = 200_000
MOSTLY = 0.8
_DIRECTIVE = re.compile(r'\ufeff?"?sep=(.)"?[ \t;,]*\r?\n', re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+([eE][-+]?\d+)?")
_DECIMAL_POINT = re.compile(r"[-+]?\d*\.\d+([eE][-+]?\d+)?")


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    separator: str
    """One character; a blank stands for any number of blanks and tabs."""
    decimal: str
    """A point or a comma."""
    has_header: bool
    n_before: int
    """Lines before the table: a `sep=` line, or comments."""
    is_commented: bool
    """Whether the first line of the table begins with #, as NumPy writes names."""

    @property
    def said(self) -> str:
        """Say what was guessed."""
        decimals = ", decimal commas" if self.decimal == "," else ""
        header = "header" if self.has_header else "no header"
        return f"{NAMES.get(self.separator, repr(self.separator))}{decimals}, {header}"


def sniff(text: str) -> Dialect:
    """Return how the beginning of a text is written."""
    directive = _DIRECTIVE.match(text)
    start = 0 if directive is None else directive.end()
    lines = text[start : start + SAMPLE_CHARACTERS].splitlines()[: SAMPLE_LINES + 1]
    n_comments = _comments(lines)
    lines = lines[n_comments:]
    is_commented = bool(lines) and lines[0].lstrip().startswith("#")
    if is_commented:
        lines[0] = lines[0].lstrip()[1:].lstrip(" ")
    separator = directive[1] if directive is not None else _separator(lines)
    rows = split_lines(lines, separator)
    decimal = _decimal(rows, separator)
    return Dialect(
        separator, decimal, _has_header(rows, decimal), (directive is not None) + n_comments, is_commented
    )


def split_lines(lines: Sequence[str], separator: str) -> list[list[str]]:
    """Return the cells of lines that are not empty."""
    if separator == " ":
        return [line.split() for line in lines if line.strip()]
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=separator, skipinitialspace=True)
    try:
        return [[cell.strip() for cell in cells] for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        return [line.split(separator) for line in lines if line.strip()]


def _comments(lines: Sequence[str]) -> int:
    """Return how many lines before the table are comments; the last of several can hold the names."""
    n = next((i for i, line in enumerate(lines) if not line.lstrip().startswith("#")), 0)
    if n and n < len(lines):
        for separator in SEPARATORS + " ":
            rows = split_lines([lines[n - 1].lstrip()[1:], lines[n]], separator)
            if len(rows) == 2 and len(rows[0]) == len(rows[1]) > 1:
                return n - 1
    return n


def _separator(lines: Sequence[str]) -> str:
    """Return what divides most lines into the same number of cells."""
    best, best_share = "", 0.0
    for separator in SEPARATORS:
        sizes = Counter(len(row) for row in split_lines(lines, separator))
        if not sizes:
            continue
        size, n = sizes.most_common(1)[0]
        share = n / sizes.total()
        if size > 1 and share > best_share + 0.05:
            best, best_share = separator, share
    if best_share > 0.5:
        return best
    rows = split_lines(lines, " ")
    widths = {len(row) for row in rows}
    if len(widths) == 1 and widths.pop() > 1 and any(is_number(cell, ".") for cell in rows[-1]):
        return " "
    return best or ","


def _decimal(rows: Sequence[Sequence[str]], separator: str) -> str:
    """Return what stands before decimals: a comma where cells show it and no cell shows a point."""
    if separator == ",":
        return "."
    cells = [cell for row in rows[1:] or rows for cell in row]
    commas = sum(_DECIMAL_COMMA.fullmatch(cell) is not None for cell in cells)
    points = sum(_DECIMAL_POINT.fullmatch(cell) is not None for cell in cells)
    return "," if commas > points else "."


def _has_header(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Return whether the first row names columns: a word over numbers, or words that no column repeats."""
    if len(rows) < 2:
        return bool(rows) and not any(is_number(cell, decimal) for cell in rows[0])
    first, below = rows[0], [row for row in rows[1:] if len(row) >= len(rows[0])]
    columns = [[row[i] for row in below if row[i]] for i in range(len(first))]
    for name, cells in zip(first, columns, strict=True):
        n_numbers = sum(is_number(cell, decimal) for cell in cells)
        if name and not is_number(name, decimal) and cells and n_numbers >= MOSTLY * len(cells):
            return not _is_missing_alone(name, first, decimal)
    if any(is_number(cell, decimal) for cell in first):
        return False
    return not any(name in cells for name, cells in zip(first, columns, strict=True) if name)


def _is_missing_alone(name: str, first: Sequence[str], decimal: str) -> bool:
    """Return whether the only word among numbers is one for a missing value: then it is a row as others."""
    others = [cell for cell in first if cell and not is_number(cell, decimal)]
    return all(is_missing(cell) for cell in others) and len(others) < len(first)
