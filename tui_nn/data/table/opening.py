"""Reads the table that a person names: text, arrays, Parquet, or a set of scikit-learn."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO

from tui_nn.data.table.quickly import SAMPLE_BYTES
from tui_nn.data.table.table import Table, large_table, parse_table
from tui_nn.files.paths import full_path
from tui_nn.files.reading import opened, read_standard_input

MOST_BYTES = 4 * 2**30
LARGE_BYTES = 1_000_000
"""A text that is larger is first tried as numbers alone."""
STANDARD_INPUT = "-"
SKLEARN = "sklearn:"


def read_table(place: str) -> Table:
    """Return the table in a file, on standard input (`-`), or of scikit-learn (`sklearn:iris`).

    Raises FileError where it cannot be read, DataError for what is in it.
    """
    if place.startswith(SKLEARN):
        from tui_nn.data.table.bundled import bundled_table

        return bundled_table(place.removeprefix(SKLEARN))
    if place == STANDARD_INPUT:
        return _text_table(io.BytesIO(read_standard_input(MOST_BYTES)))
    path = full_path(place)
    if path.suffix.lower() in (".parquet", ".pq"):
        from tui_nn.data.table.parquet import parquet_table

        return parquet_table(path)
    with opened(path, MOST_BYTES) as file:
        if is_archive_of_arrays(file.read(64) or b"", path):
            from tui_nn.data.table.archive import archive_table

            file.seek(0)
            return archive_table(file.read())
        return _text_table(file)


def _text_table(file: BinaryIO) -> Table:
    """Return the table in a text, which lies in a file or was read from standard input. Raises DataError."""
    file.seek(0)
    beginning = file.read(LARGE_BYTES) or b""
    if len(beginning) == LARGE_BYTES and (table := large_table(file, beginning[:SAMPLE_BYTES])) is not None:
        return table
    file.seek(0)
    return parse_table(file.read() or b"")


def table_name(place: str) -> str:
    """Return what a table is called: the name of its file."""
    if place == STANDARD_INPUT:
        return "stdin"
    return place.removeprefix(SKLEARN) if place.startswith(SKLEARN) else os.path.basename(place.rstrip("/"))


def is_archive_of_arrays(beginning: bytes, path: Path) -> bool:
    """Return whether a file is one of NumPy's archives."""
    return beginning.startswith(b"PK\x03\x04") and (b".npy" in beginning or path.suffix.lower() == ".npz")
