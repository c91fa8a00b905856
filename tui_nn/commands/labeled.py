"""Rows of a table with their answers in it, as a saved run is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.commands.points import as_samples, read_table
from tui_nn.data import DataError
from tui_nn.data.tables import listed, plain_number, read_labeled, shortened
from tui_nn.files.errors import FileError
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.verdict.rows import Rows

if TYPE_CHECKING:
    from tui_nn.data.table.schema import Schema

CLASS_COLUMNS = ("class", "target", "label")
VALUE_COLUMNS = ("target", "value")
Cell = tuple[int, str]
"""The number of a line, and a cell of it."""


def read_rows(path: str, run: SavedRun) -> Rows:
    """Return the samples and targets of a table (`-`: standard input). Raises FileError."""
    if run.schema is not None:
        return _of_table(path, run, run.schema)
    text = read_table(path)
    wanted = CLASS_COLUMNS if run.class_names else VALUE_COLUMNS
    try:
        inputs, cells = read_labeled(text, run.input_names, run.n_raw_inputs, wanted)
        targets = _classes(cells, run.class_names) if run.class_names else _values(cells)
        return Rows(as_samples(inputs, run), targets)
    except ValueError as error:
        raise FileError(f"{path} cannot be used: {error}") from None


def _of_table(path: str, run: SavedRun, schema: Schema) -> Rows:
    """Return the samples and targets of a table with the columns that a run was trained on."""
    from tui_nn.data.table.opening import read_table as read_own
    from tui_nn.data.table.schema import find_columns, words_of

    try:
        table = read_own(path)
        (target,) = find_columns(table, [schema.target])
        values = words_of(target) if run.class_names or not target.is_numeric else target.values.tolist()
        words = ["" if gap else str(value) for value, gap in zip(values, target.is_missing, strict=True)]
        cells = list(zip(table.lines, words, strict=True))
        targets = _classes(cells, run.class_names) if run.class_names else _values(cells)
        return Rows(schema.encode(table), targets)
    except ValueError as error:
        raise FileError(f"{path} cannot be used: {error}") from None


def _classes(cells: Sequence[Cell], names: Sequence[str]) -> NDArray[np.int64]:
    """Return the numbers of classes by their names; a whole number may be written with decimals."""
    numbers = {name: place for place, name in enumerate(names)}
    values = {value: place for place, name in enumerate(names) if (value := plain_number(name)) is not None}
    found: list[int] = []
    for line, cell in cells:
        place: Any = numbers.get(cell)
        if place is None:
            place = values.get(plain_number(cell))  # type: ignore[arg-type]
        if place is None:
            said = repr(shortened(cell)) if cell else "nothing"
            raise DataError(
                f"line {line} has the class {said}, which the model does not know: {listed(names)}"
            )
        found.append(place)
    return np.array(found, dtype=np.int64)


def _values(cells: Sequence[Cell]) -> NDArray[np.float64]:
    values = []
    for line, cell in cells:
        value = plain_number(cell)
        if value is None:
            said = repr(shortened(cell)) if cell else "nothing"
            raise DataError(f"line {line} has the target {said}, which is no number")
        values.append(value)
    return np.array(values)
