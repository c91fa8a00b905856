"""Parquet files as tables, read by whichever library is there: none comes with this program."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tui_nn.data.errors import DataError
from tui_nn.data.table.table import Table, table_of_columns
from tui_nn.files.reading import opened

MOST_BYTES = 4 * 2**30
READERS: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "polars": lambda module, file: {
        column.name: column.to_numpy() for column in module.read_parquet(file).get_columns()
    },
    "pyarrow.parquet": lambda module, file: {
        name: column.to_numpy() for name, column in _columns_of(module.read_table(file))
    },
    "pandas": lambda module, file: {
        str(name): column.to_numpy() for name, column in module.read_parquet(file).items()
    },
}
"""Module -> columns by name, the quickest first."""


def parquet_table(path: Path) -> Table:
    """Return the table in a file. Raises DataError where no reader is installed, FileError, DataError."""
    for name, read in READERS.items():
        try:
            module = import_module(name)
        except ImportError:
            continue
        with opened(path, MOST_BYTES) as file:
            try:
                columns = read(module, file)
            except Exception as error:  # each has errors of its own
                if isinstance(error, ImportError):
                    continue
                why = " ".join(str(error).split())[:100]
                raise DataError(f"{name.partition('.')[0]} cannot read it as Parquet: {why}") from None
        return table_of_columns({k: np.asarray(v) for k, v in columns.items()}, "Parquet")
    raise DataError("reading Parquet needs polars, pyarrow or pandas; pip install polars brings one of them")


def _columns_of(table: Any) -> Any:
    return zip(table.column_names, table.columns, strict=True)
