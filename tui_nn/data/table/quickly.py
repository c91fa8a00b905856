"""Large tables of numbers alone, read by NumPy's own reader: much faster than cell by cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, TextIO

import numpy as np

from tui_nn.data.dataset import FloatArray
from tui_nn.data.errors import DataError
from tui_nn.data.table.cells import MOST_COLUMNS, unique_names
from tui_nn.data.table.decoding import decode
from tui_nn.data.table.dialect import Dialect, sniff, split_lines
from tui_nn.data.table.numbers import is_number

SAMPLE_LINES = 50
SAMPLE_BYTES = 200_000

Quick = tuple[Sequence[str], FloatArray, Sequence[int], str]
"""Names, numbers (n, n_columns), the line of each row, and how they are written."""


def read_quickly(file: BinaryIO, beginning: bytes) -> Quick | None:
    """Return the numbers of a file that holds nothing else; None where it may hold something else.

    What is None is read cell by cell, which says where it is wrong. beginning: some bytes of it, whole lines.
    """
    try:
        text, encoding = decode(beginning)
    except DataError:
        return None
    dialect = sniff(text)
    if encoding != "UTF-8" or dialect.is_commented:
        return None
    lines = text.splitlines()[dialect.n_before :]
    header = split_lines(lines[:1], dialect.separator)[0] if dialect.has_header else []
    rows = split_lines(lines[dialect.has_header :][:SAMPLE_LINES], dialect.separator)
    width = len(header) or len(rows[0])
    is_plain = all(len(row) == width and all(is_number(c, dialect.decimal) for c in row) for row in rows)
    if not is_plain or not rows or width > MOST_COLUMNS:
        return None
    numbers = _numbers(file, dialect)
    if numbers is None or numbers.shape[1] != width:
        return None
    first = dialect.n_before + dialect.has_header + 1
    places = range(first, first + len(numbers))
    return unique_names(header, width)[0], numbers, places, f"{dialect.said}, {encoding}"


def _numbers(file: BinaryIO, dialect: Dialect) -> FloatArray | None:
    skipped = dialect.n_before + dialect.has_header
    delimiter = None if dialect.separator == " " else dialect.separator
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for _ in range(skipped):
                text.readline()
            source = text if dialect.decimal == "." else _with_points(text)
            numbers = np.loadtxt(source, np.float64, delimiter=delimiter, comments=None, ndmin=2)
    except (ValueError, UserWarning):
        return None
    finally:
        text.detach()  # the file stays open
    low, high = numbers.min(), numbers.max()
    return numbers if np.isfinite(low) and np.isfinite(high) else None


def _with_points(file: TextIO) -> Iterator[str]:
    """Yield the lines of a file with points before decimals; raise ValueError where points are there."""
    while block := list(islice(file, 10_000)):
        text = "".join(block)
        if "." in text:
            raise ValueError("points stand in it too")
        yield from text.replace(",", ".").splitlines()
