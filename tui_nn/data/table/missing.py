"""What is done about missing values: they are refused with their places, their rows dropped, or filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.errors import DataError
from tui_nn.data.own import FEWEST_ROWS
from tui_nn.data.table.columns import Column
from tui_nn.data.table.table import Table
from tui_nn.data.tables import MOST_NAMES, shortened

REFUSE, DROP, MEAN = WAYS = ("refuse", "drop", "mean")


@dataclass(frozen=True, eq=False)
class Kept:
    """The rows of a table that are used."""

    rows: NDArray[np.intp] | slice
    lines: Sequence[int]
    fills: Mapping[str, float | str]
    """What stands for a missing value, by the name of the column."""
    notes: tuple[str, ...] = ()


def keep_rows(table: Table, inputs: Sequence[Column], target: Column, way: str) -> Kept:
    """Return the rows that are used, and what fills their gaps. Raises DataError."""
    gaps = {column.name: column.is_missing for column in (*inputs, target)}
    counts = {name: int(missing.sum()) for name, missing in gaps.items() if missing.any()}
    if not counts:
        _check_number(table, table.n_rows)
        return Kept(slice(None), table.lines, {})
    if way == REFUSE:
        raise DataError(_refusal(table, [*inputs, target], gaps, counts))
    notes = []
    dropped = gaps[target.name].copy()
    if way == DROP:
        for column in inputs:
            dropped |= gaps[column.name]
    if dropped.any():
        why = "with missing values" if way == DROP else f"without {shortened(target.name)}"
        notes.append(f"dropped {dropped.sum():,} row{'s' if dropped.sum() > 1 else ''} {why}")
    rows = np.flatnonzero(~dropped)
    _check_number(table, len(rows))
    fills: dict[str, float | str] = {}
    if way == MEAN:
        for column in inputs:
            if column.name in counts:
                fills[column.name] = _fill(column, rows)
        said = [
            f"{shortened(name)} by {fill:.6g}"
            if isinstance(fill, float)
            else f"{shortened(name)} by {shortened(fill)}"
            for name, fill in list(fills.items())[:MOST_NAMES]
        ]
        if said:
            notes.append(f"filled missing {', '.join(said)}")
    lines = table.lines
    return Kept(rows, [lines[row] for row in rows.tolist()], fills, tuple(notes))


def _fill(column: Column, rows: NDArray[np.intp]) -> float | str:
    """Return the mean of a column of numbers, the most frequent word of another."""
    present = column.values[rows][~column.is_missing[rows]]
    if column.is_numeric:
        return float(present.mean()) if len(present) else 0.0
    words, counts = np.unique(present, return_counts=True)
    return str(words[counts.argmax()]) if len(words) else column.categories[0]


def _refusal(
    table: Table, columns: Sequence[Column], gaps: Mapping[str, NDArray[np.bool_]], counts: Mapping[str, int]
) -> str:
    first = min((c for c in columns if c.name in counts), key=lambda c: int(gaps[c.name].argmax()))
    line = table.lines[int(gaps[first.name].argmax())]
    rows_left = table.n_rows - int(np.logical_or.reduce(list(gaps.values())).sum())
    shares = [f"{shortened(name)} {n:,}" for name, n in list(counts.items())[:MOST_NAMES]]
    more = f" and {len(counts) - MOST_NAMES} more columns" if len(counts) > MOST_NAMES else ""
    return (
        f"line {line:,}, column {first.place} ({shortened(first.name)}) has no value; missing are, of "
        f"{table.n_rows:,}: {', '.join(shares)}{more}; --missing drop leaves out such rows "
        f"({rows_left:,} remain), --missing mean fills them, --columns A,B uses other columns"
    )


def _check_number(table: Table, n_rows: int) -> None:
    if n_rows < FEWEST_ROWS:
        had = f" of {table.n_rows:,} are left" if n_rows < table.n_rows else ""
        rows = f"{n_rows:,} row{'s' if n_rows != 1 else ''}"
        raise DataError(f"{rows}{had or ' of values are in it'}; needed are {FEWEST_ROWS} at least")
