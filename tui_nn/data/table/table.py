"""A table with its columns judged, out of bytes, of arrays by name, or of another program's columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.errors import DataError
from tui_nn.data.table.cells import read_cells, unnamed
from tui_nn.data.table.columns import Column, Kind, judge_column, kind_of
from tui_nn.data.table.decoding import decode
from tui_nn.data.table.dialect import sniff
from tui_nn.data.table.numbers import is_missing
from tui_nn.data.table.quickly import read_quickly

JUDGED_ROWS = 10_000


@dataclass(frozen=True, eq=False)
class Table:
    """Columns by their place, and how they were read."""

    columns: tuple[Column, ...]
    lines: Sequence[int]
    """Where each row is in its file; from 1 where it has no lines."""
    said: str
    """What was guessed of how it is written: "commas, header, UTF-8"."""
    notes: tuple[str, ...] = ()
    """What was done to names and rows."""

    @property
    def n_rows(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    @property
    def is_named(self) -> bool:
        """Whether its columns have names of their own."""
        return self.names != [unnamed(place) for place in range(1, len(self.columns) + 1)]

    @property
    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [column.name for column in self.columns]


def parse_table(content: bytes) -> Table:
    """Return the table that the bytes of a text hold. Raises DataError, with line and column."""
    text, encoding = decode(content)
    dialect = sniff(text)
    cells = read_cells(text, dialect)
    columns = tuple(
        judge_column(name, column, cells.lines, place, dialect.decimal)
        for place, (name, column) in enumerate(zip(cells.names, cells.columns, strict=True), 1)
    )
    return Table(columns, cells.lines, f"{dialect.said}, {encoding}", cells.notes)


def large_table(file: BinaryIO, beginning: bytes) -> Table | None:
    """Return the table in a large file of numbers alone; None where it is to be read as any other.

    beginning: some bytes of it. Kinds of columns are judged by its first rows, where these tell.
    """
    quick = read_quickly(file, beginning[: beginning.rfind(b"\n") + 1])
    if quick is None:
        return None
    names, numbers, lines, said = quick
    return Table(_numeric_columns(names, numbers), lines, said)


def table_of_columns(named: Mapping[str, Any], said: str) -> Table:
    """Return the table of arrays (n,) of numbers, truth values or words, by name. Raises DataError."""
    columns = []
    for place, (name, given) in enumerate(named.items(), 1):
        values = _values(name, np.asarray(given))
        columns.append(Column(name, kind_of(name, values, place), values, place))
    sizes = {len(column.values) for column in columns}
    if len(sizes) != 1:
        raise DataError("its columns are not of one length")
    return Table(tuple(columns), range(1, sizes.pop() + 1), said)


def table_of_rows(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Return the table of rows of cells, decimals behind a point. Raises DataError."""
    lines = range(1, len(rows) + 1)
    cells = zip(names, zip(*rows, strict=True), strict=True)
    columns = tuple(judge_column(name, column, lines, i, ".") for i, (name, column) in enumerate(cells, 1))
    return Table(columns, lines, "rows")


def _numeric_columns(names: Sequence[str], numbers: NDArray[np.float64]) -> tuple[Column, ...]:
    columns = []
    for i, name in enumerate(names):
        kind = kind_of(name, numbers[:JUDGED_ROWS, i], i + 1)
        if kind is not Kind.NUMBERS:  # the rows behind may tell another story
            kind = kind_of(name, numbers[:, i], i + 1)
        columns.append(Column(name, kind, numbers[:, i], i + 1))
    return tuple(columns)


def _values(name: str, given: NDArray[Any]) -> NDArray[Any]:
    """Return numbers as float64, all else as text; a value that is missing as NaN or nothing."""
    if given.ndim != 1:
        raise DataError(f"{name} has the shape {given.shape}; a column is (n,)")
    if given.dtype.kind in "biuf":
        values = given.astype(np.float64)
        values[np.isinf(values)] = np.nan
        return values
    if given.dtype.kind in "mM":
        return given.astype(np.str_)
    if given.dtype.kind == "O":
        try:
            return np.array([np.nan if value is None else float(value) for value in given], np.float64)
        except (TypeError, ValueError):
            pass
    texts = ("" if value is None else str(value) for value in given.tolist())
    return np.array(["" if is_missing(text) else text for text in texts], object).astype(np.str_)
