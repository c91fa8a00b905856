"""NumPy's archives as tables: arrays of one length, a matrix giving a column for each of its columns."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.errors import DataError
from tui_nn.data.table.table import Table, table_of_columns
from tui_nn.data.tables import listed

LAST = ("target", "targets", "y", "labels", "label", "class", "classes")
"""Arrays with such a name come last, where a target is expected."""


def archive_table(content: bytes) -> Table:
    """Return the table in the bytes of an .npz file. Raises DataError."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: np.asarray(archive[name]) for name in archive.files}
    except (ValueError, OSError, zipfile.BadZipFile, EOFError, KeyError) as error:
        why = "it holds Python objects" if "pickle" in str(error) else "it is damaged"
        raise DataError(f"it is an archive of NumPy that cannot be read: {why}") from None
    names = sorted(arrays, key=lambda name: name.lower() in LAST)
    columns: dict[str, NDArray[Any]] = {}
    for name in names:
        array = arrays[name]
        if array.ndim == 1:
            columns[name] = array
        elif array.ndim == 2:
            single = array.shape[1] == 1
            columns |= {name if single else f"{name}{i + 1}": array[:, i] for i in range(array.shape[1])}
    if len(columns) < 2 or len({len(column) for column in columns.values()}) != 1:
        shapes = [f"{name} {arrays[name].shape}" for name in names]
        raise DataError(
            f"its arrays are no columns of one length: {listed(shapes)}; needed are such as X (n, m), y (n,)"
        )
    return table_of_columns(columns, "NumPy arrays")
