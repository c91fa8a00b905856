"""Tables of numbers alone, read by NumPy's own reader: much faster than cell by cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.table.cells import MOST_COLUMNS, unique_names
from tui_nn.data.table.dialect import Dialect, split_lines
from tui_nn.data.table.numbers import is_number

SAMPLE_LINES = 50
FEWEST_CHARACTERS = 50_000
"""A shorter text is read cell by cell in no time."""

Quick = tuple[Sequence[str], FloatArray, Sequence[int]]
"""Names, numbers (n, n_columns), and the line of each row."""


def read_quickly(text: str, dialect: Dialect) -> Quick | None:
    """Return the numbers of a long table that holds nothing else; None where it may hold something else.

    What is None is read cell by cell, which says where it is wrong.
    """
    if len(text) < FEWEST_CHARACTERS or dialect.is_commented or '"' in text or dialect.decimal == ",":
        return None
    stream = io.StringIO(text, newline=None)
    for _ in range(dialect.n_before):
        stream.readline()
    header = split_lines([stream.readline()], dialect.separator) if dialect.has_header else []
    start = stream.tell()
    sample = split_lines([stream.readline() for _ in range(SAMPLE_LINES)], dialect.separator)
    width = len(header[0]) if header else len(sample[0]) if sample else 0
    if not 0 < width <= MOST_COLUMNS or not all(
        len(row) == width and all(is_number(c, ".") for c in row) for row in sample
    ):
        return None
    stream.seek(start)
    delimiter = None if dialect.separator == " " else dialect.separator
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            numbers = np.loadtxt(stream, np.float64, delimiter=delimiter, comments=None, ndmin=2)
    except (ValueError, UserWarning):
        return None
    first = dialect.n_before + dialect.has_header + 1
    if not np.isfinite(numbers).all() or numbers.shape[1] != width:
        return None
    return unique_names(header[0] if header else [], width)[0], numbers, range(first, first + len(numbers))
