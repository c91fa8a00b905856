"""Samples as a person writes them, `0.5,1.2`, and rows of them in a CSV file, as an array."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.reading import read_bytes, read_standard_input
from tui_nn.settings.flags import UsageError
from tui_nn.training.saved_run import SavedRun

SEPARATOR = re.compile(r"\s*[,;\s]\s*")
MAX_BYTES = 100_000_000
SHOWN = 40
"""Characters of what was typed that are repeated to the person."""


def read_points(texts: Sequence[str], run: SavedRun) -> NDArray[Any]:
    """Return what was typed as samples that `run` takes; raise UsageError.

    As many single numbers as a sample has are one sample: `0.5 1.2` is `0.5,1.2`.
    """
    if len(texts) == run.n_raw_inputs and all(_number(text) is not None for text in texts):
        texts = [",".join(texts)]
    try:
        return _samples([_numbers(SEPARATOR.split(text.strip()), text, run) for text in texts], run)
    except ValueError as error:
        raise UsageError(str(error)) from None


def read_csv(path: str, run: SavedRun) -> NDArray[Any]:
    """Return the rows of a CSV file (`-`: standard input), whose first line may be names.

    Raises FileError.
    """
    try:
        content = read_standard_input(MAX_BYTES) if path == "-" else read_bytes(full_path(path), MAX_BYTES)
        return _samples(_rows(io.StringIO(content.decode("utf-8-sig"), newline=""), run), run)
    except UnicodeDecodeError:
        raise FileError(f"{path} cannot be read: it is no text") from None
    except (ValueError, csv.Error) as error:
        raise FileError(f"{path} cannot be used: {error}") from None


def _rows(lines: Iterable[str], run: SavedRun) -> list[list[float]]:
    rows: list[list[float]] = []
    reader = csv.reader(lines)
    for number, cells in enumerate(reader):
        if not any(cell.strip() for cell in cells) or (number == 0 and not _has_number(cells)):
            continue
        rows.append(_numbers(cells, f"line {reader.line_num}", run))
    if not rows:
        raise ValueError("there are no rows of numbers in it")
    return rows


def _has_number(cells: Sequence[str]) -> bool:
    return any(_number(cell) is not None for cell in cells)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _numbers(cells: Sequence[str], name: str, run: SavedRun) -> list[float]:
    """Return the numbers of one sample; raise ValueError with a sentence that says what is needed."""
    values = [_number(cell) for cell in cells]
    shown = name if len(name) <= SHOWN else f"{name[: SHOWN - 3]}..."
    needed = f"the model takes {run.n_raw_inputs} {'numbers' if run.n_raw_inputs > 1 else 'number'}"
    if run.input_names:
        needed += f" ({', '.join(run.input_names)})"
    numbers = [value for value in values if value is not None and math.isfinite(value)]
    if len(numbers) < len(values):
        raise ValueError(f"{shown or 'nothing'} is no sample; {needed}, joined by commas")
    if len(numbers) != run.n_raw_inputs:
        many = f"{len(numbers)} number{'s' if len(numbers) > 1 else ''}"
        raise ValueError(f"{shown} is {many}, but {needed}")
    return numbers


def _samples(rows: list[list[float]], run: SavedRun) -> NDArray[Any]:
    """Return rows as the run takes them: numbers, or images of bytes."""
    samples = np.array(rows, dtype=np.float64)
    if run.image_shape is None:
        return samples
    if samples.min() < 0 or samples.max() > 255:
        raise ValueError("the model takes pixels from 0 (paper) to 255 (ink)")
    images: NDArray[Any] = samples.round().astype(np.uint8).reshape(-1, *run.image_shape)
    return images
