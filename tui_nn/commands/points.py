"""Samples as a person writes them, `0.5,1.2`, and rows of them in a table, as an array."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import DataError
from tui_nn.data.tables import listed, read_columns, shortened
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.reading import read_bytes, read_standard_input
from tui_nn.settings.flags import UsageError
from tui_nn.training.saved_run import SavedRun

if TYPE_CHECKING:
    from tui_nn.data.table.schema import Schema

SEPARATOR = re.compile(r"\s*[,;\s]\s*")
MAX_BYTES = 100_000_000


def read_points(texts: Sequence[str], run: SavedRun) -> NDArray[Any]:
    """Return what was typed as samples that `run` takes; raise UsageError.

    As many single numbers as a sample has are one sample: `0.5 1.2` is `0.5,1.2`.
    """
    if run.schema is not None and (named := _named_points(texts, run.schema)) is not None:
        return named
    if len(texts) == run.n_raw_inputs and all(_number(text) is not None for text in texts):
        texts = [",".join(texts)]
    try:
        rows = [_numbers(SEPARATOR.split(text.strip()), text, run) for text in texts]
        return as_samples(np.array(rows, dtype=np.float64), run)
    except ValueError as error:
        raise UsageError(str(error)) from None


def read_csv(path: str, run: SavedRun) -> NDArray[Any]:
    """Return the rows of a table (`-`: standard input), its columns found by the names in its first line.

    Raises FileError.
    """
    if run.schema is not None:
        return _encoded(path, run.schema)
    text = read_table(path)
    try:
        return as_samples(read_columns(text, run.input_names, run.n_raw_inputs), run)
    except ValueError as error:
        raise FileError(f"{path} cannot be used: {error}") from None


def _encoded(path: str, schema: Schema) -> NDArray[Any]:
    """Return the rows of a table as a network takes them that was trained on one. Raises FileError."""
    from tui_nn.data.table.opening import read_table as read_own

    try:
        return schema.encode(read_own(path))
    except DataError as error:
        raise FileError(f"{path} cannot be used: {error}") from None


def _named_points(texts: Sequence[str], schema: Schema) -> NDArray[Any] | None:
    """Return points that have a cell for each column of a table, words as they are; None for others.

    Raises UsageError for words that are not known.
    """
    from tui_nn.data.table.table import table_of_rows

    if not any(column.categories for column in schema.columns):
        return None
    rows = [[cell.strip() for cell in text.split(",")] for text in texts]
    if any(len(row) != len(schema.columns) for row in rows):
        return None
    try:
        return schema.encode(table_of_rows([column.name for column in schema.columns], rows))
    except DataError as error:
        raise UsageError(str(error)) from None


def read_table(path: str) -> str:
    """Return the text of a table (`-`: standard input); raise FileError."""
    content = read_standard_input(MAX_BYTES) if path == "-" else read_bytes(full_path(path), MAX_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"{path} cannot be read: it is no text") from None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _numbers(cells: Sequence[str], name: str, run: SavedRun) -> list[float]:
    """Return the numbers of one sample; raise ValueError with a sentence that says what is needed."""
    values = [_number(cell) for cell in cells]
    shown = shortened(name)
    needed = f"the model takes {run.n_raw_inputs} {'numbers' if run.n_raw_inputs > 1 else 'number'}"
    if run.input_names:
        needed += f" ({listed(run.input_names)})"
    numbers = [value for value in values if value is not None and math.isfinite(value)]
    if len(numbers) < len(values):
        raise ValueError(f"{shown or 'nothing'} is no sample; {needed}, joined by commas")
    if len(numbers) != run.n_raw_inputs:
        many = f"{len(numbers)} number{'s' if len(numbers) > 1 else ''}"
        raise ValueError(f"{shown} is {many}, but {needed}")
    return numbers


def as_samples(samples: NDArray[np.float64], run: SavedRun) -> NDArray[Any]:
    """Return rows as the run takes them: numbers, or images of bytes."""
    if run.image_shape is None:
        return samples
    if samples.min() < 0 or samples.max() > 255:
        raise ValueError("the model takes pixels from 0 (paper) to 255 (ink)")
    images: NDArray[Any] = samples.round().astype(np.uint8).reshape(-1, *run.image_shape)
    return images
