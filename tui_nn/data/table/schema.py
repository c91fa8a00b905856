"""How columns of a table become the numbers that a network is given: the same for rows that come later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.errors import DataError
from tui_nn.data.table.columns import Column
from tui_nn.data.table.table import Table
from tui_nn.data.tables import listed, shortened


@dataclass(frozen=True)
class InputColumn:
    """A column of the table that the network is given."""

    name: str
    categories: tuple[str, ...] = ()
    """The words that it holds, in the order of their inputs; empty for numbers."""
    fill: float | str | None = None
    """What stands for a missing value; None: a row without one is refused."""

    @property
    def input_names(self) -> tuple[str, ...]:
        """Return the names of the inputs made of it: itself, or one for each word (of two: the second)."""
        if not self.categories:
            return (self.name,)
        return tuple(f"{self.name}={word}" for word in self.coded)

    @property
    def coded(self) -> tuple[str, ...]:
        """Return the words that are an input each."""
        return self.categories[1:] if len(self.categories) == 2 else self.categories


@dataclass(frozen=True)
class Schema:
    """What a network that was trained on a table takes and answers."""

    columns: tuple[InputColumn, ...]
    target: str

    @property
    def input_names(self) -> tuple[str, ...]:
        """Return the names of all inputs."""
        return tuple(name for column in self.columns for name in column.input_names)

    def encode(self, table: Table) -> FloatArray:
        """Return the inputs (n, n_inputs) of a table with these columns, in any order if named."""
        names = [column.name for column in self.columns]
        has_order_alone = not table.is_named and len(table.columns) == len(names)
        found = list(table.columns) if has_order_alone else find_columns(table, names)
        blocks = [_encoded(column, table, given) for column, given in zip(self.columns, found, strict=True)]
        return np.concatenate(blocks, axis=1)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        columns = [{"name": c.name, "categories": list(c.categories), "fill": c.fill} for c in self.columns]
        return {"columns": columns, "target": self.target}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Schema:
        """Return the schema that `to_dict` gave; what is none raises TypeError, ValueError or LookupError."""
        columns = []
        for given in values["columns"]:
            fill = given["fill"]
            if not (fill is None or isinstance(fill, (str, float, int))):
                raise TypeError("this stands for no value")
            columns.append(InputColumn(str(given["name"]), tuple(map(str, given["categories"])), fill))
        return cls(tuple(columns), str(values["target"]))


def find_columns(table: Table, names: Sequence[str]) -> list[Column]:
    """Return the columns of these names, whatever their capitals; raise DataError where one is not there."""
    exact = {column.name: column for column in table.columns}
    folded: dict[str, list[Column]] = {}
    for column in table.columns:
        folded.setdefault(column.name.casefold(), []).append(column)
    found: list[Column] = []
    for name in names:
        like = folded.get(name.casefold(), [])
        if name in exact:
            found.append(exact[name])
        elif len(like) == 1:
            found.append(like[0])
        else:
            has = listed(table.names)
            raise DataError(
                f"it has no column {shortened(name)}: needed are {listed(names)}, and it has {has}"
            )
    return found


def _encoded(wanted: InputColumn, table: Table, column: Column) -> FloatArray:
    missing = column.is_missing
    if missing.any() and wanted.fill is None:
        line = table.lines[int(np.flatnonzero(missing)[0])]
        raise DataError(
            f"line {line:,} has no {shortened(wanted.name)} (column {column.place}); a value is needed"
        )
    if not wanted.categories:
        if not column.is_numeric:
            row = int(np.flatnonzero(~missing)[0])
            cell = shortened(str(column.values[row]))
            raise DataError(f"{_where(table, row, column)}: {cell!r} is no number")
        return np.where(missing, np.nan if wanted.fill is None else float(wanted.fill), column.values)[
            :, None
        ]
    words = words_of(column)
    words[missing] = str(wanted.fill)
    blocks = np.stack([words == word for word in wanted.categories], axis=1)
    unknown = np.flatnonzero(~blocks.any(axis=1))
    if len(unknown):
        row = int(unknown[0])
        word = shortened(str(words[row]))
        raise DataError(
            f"{_where(table, row, column)}: {word!r} was in no row that was trained on; "
            f"known are {listed(wanted.categories)}"
        )
    return blocks[:, -len(wanted.coded) :].astype(np.float64)


def _where(table: Table, row: int, column: Column) -> str:
    return f"line {table.lines[row]:,}, column {column.place} ({shortened(column.name)})"


def words_of(column: Column) -> Any:
    """Return the values of a column as text, whole numbers without decimals: an array (n,) of objects."""
    if not column.is_numeric:
        return column.values.astype(object)
    return np.array(
        [f"{value:.0f}" if value == round(value) else f"{value:g}" for value in np.nan_to_num(column.values)],
        object,
    )
