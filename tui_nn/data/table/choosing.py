"""From a table to a data set: which columns are inputs, which is the target, what is learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.dataset import FloatArray
from tui_nn.data.errors import DataError
from tui_nn.data.own import LARGEST, MOST_CLASSES, dataset_of_rows
from tui_nn.data.registry import DatasetSpec
from tui_nn.data.table.columns import Column, Kind
from tui_nn.data.table.missing import REFUSE, Kept, keep_rows
from tui_nn.data.table.schema import InputColumn, Schema, words_of
from tui_nn.data.table.table import JUDGED_ROWS, Table
from tui_nn.data.tables import listed, shortened

AUTO, CLASSIFICATION, REGRESSION = TASKS = ("auto", "classification", "regression")
MOST_WHOLE_CLASSES = 20
"""A target of more different whole numbers is taken for an amount."""
UNLIKE = 3.0
"""Standard deviations that differ by more than this factor, or from 1, are of different scales."""


@dataclass(frozen=True)
class Choices:
    """What a person can say of a table in place of what is guessed."""

    target: str | None = None
    """A name, or a number from 1; None: the last column that can be one."""
    task: str = AUTO
    columns: tuple[str, ...] = ()
    """The inputs, by name or number; empty: all that can be."""
    missing: str = REFUSE


def table_dataset(name: str, table: Table, choices: Choices = Choices()) -> DatasetSpec:
    """Return the data set of a table; its help says what was read and what was done. Raises DataError."""
    target = _target(table, choices)
    inputs, left_out = _inputs(table, target, choices)
    kept = keep_rows(table, inputs, target, choices.missing)
    task = _task(target, kept, choices.task)
    goal = _goal(target, kept, task)
    schema = Schema(tuple(_input_column(column, kept) for column in inputs), target.name)
    matrix = _matrix(schema, inputs, kept)
    spec = dataset_of_rows(name, matrix, goal, task)
    return replace(
        spec,
        help=_said(name, table, spec, target, kept, left_out),
        input_names=schema.input_names,
        target_name=target.name,
        schema=schema,
        has_unlike_columns=has_unlike_columns(matrix),
        scales_target=task == REGRESSION,
    )


def find_column(table: Table, text: str, what: str) -> Column:
    """Return a column by its name, its name in other letters, or its number from 1. Raises DataError."""
    for column in table.columns:
        if column.name == text:
            return column
    like = [column for column in table.columns if column.name.casefold() == text.strip().casefold()]
    if len(like) == 1:
        return like[0]
    if text.strip().isdecimal() and 1 <= int(text) <= len(table.columns):
        return table.columns[int(text) - 1]
    n = len(table.columns)
    raise DataError(
        f"{what}: {shortened(text) or 'nothing'} is no column of it; it has {listed(table.names)} (1 to {n})"
    )


def _target(table: Table, choices: Choices) -> Column:
    """Return the column that is learned: the chosen one, or the last that can be."""
    if choices.target is not None:
        column = find_column(table, choices.target, "target")
    else:
        others = (Kind.EMPTY, Kind.IDENTIFIER)
        likely = [column for column in table.columns if column.kind not in others]
        column = (likely or table.columns[-1:])[-1]
    if column.kind is Kind.EMPTY:
        raise DataError(f"the target {shortened(column.name)} is empty; --target names another column")
    if column.kind is Kind.CONSTANT:
        present = shortened(str(column.values[~column.is_missing][0]))
        raise DataError(
            f"the target {shortened(column.name)} is always {present}, so there is nothing to "
            "learn; --target names another column"
        )
    return column


def _inputs(table: Table, target: Column, choices: Choices) -> tuple[list[Column], list[Column]]:
    """Return the columns that the network is given, and those that are left out."""
    if choices.columns:
        chosen = [find_column(table, text, "columns") for text in choices.columns]
        if target in chosen:
            raise DataError(f"columns: {shortened(target.name)} is the target; --target names another column")
        empty = [column.name for column in chosen if column.kind is Kind.EMPTY]
        if empty:
            raise DataError(f"columns: {listed(empty)} is empty")
        return list(dict.fromkeys(chosen)), []
    others = [column for column in table.columns if column is not target]
    kinds = (Kind.NUMBERS, Kind.WORDS)
    inputs = [column for column in others if column.kind in kinds]
    if not inputs:  # numbers of rows are better than nothing: y = f(x) at 1, 2, 3 ...
        inputs = [column for column in others if column.kind is Kind.IDENTIFIER and column.is_numeric]
    if not inputs:
        reasons = dict(_REASONS)
        why = [f"{shortened(column.name)} is {reasons[column.kind]}" for column in others[:3]]
        named = f" ({'; '.join(why)})" if why else ""
        raise DataError(
            f"besides the target {shortened(target.name)} it has no column that could be an input{named}; "
            "needed are numbers, or words that come again"
        )
    used = set(inputs)
    return inputs, [column for column in others if column not in used]


def _task(target: Column, kept: Kept, wanted: str) -> str:
    values = target.values[kept.rows]
    if wanted != AUTO:
        if wanted == REGRESSION and not target.is_numeric:
            word = shortened(str(values[0]))
            raise DataError(
                f"the target {shortened(target.name)} holds words such as {word!r}: regression needs numbers"
            )
        return wanted
    if not target.is_numeric:
        return CLASSIFICATION
    is_whole = bool((values == np.round(values)).all())
    return CLASSIFICATION if is_whole and len(np.unique(values)) <= MOST_WHOLE_CLASSES else REGRESSION


def _goal(target: Column, kept: Kept, task: str) -> NDArray[Any]:
    """Return what is learned; raise DataError where it is nothing to learn."""
    values = target.values[kept.rows]
    name = shortened(target.name)
    if task == REGRESSION:
        if values.min() == values.max():
            raise DataError(f"the target {name} is always {values[0]:g} in the rows that are used")
        _check_size(target, kept)
        return values
    n_classes = len(np.unique(values))
    if n_classes == 1:
        raise DataError(
            f"the target {name} is always {values[0]} in the rows that are used: one class is no choice"
        )
    if n_classes > MOST_CLASSES:
        help = "--task regression takes it as an amount, " if target.is_numeric else ""
        raise DataError(
            f"the target {name} has {n_classes:,} classes, and at most {MOST_CLASSES} can be told apart; "
            f"{help}--target names another column"
        )
    return values


def _check_size(column: Column, kept: Kept) -> None:
    """Raise DataError where a number is too large to be computed with."""
    values = column.values[kept.rows]
    if values.min() >= -LARGEST and values.max() <= LARGEST:
        return
    wrong = np.flatnonzero(np.abs(values) > LARGEST)
    if len(wrong):
        line = kept.lines[int(wrong[0])]
        where = f"line {line:,}, column {column.place} ({shortened(column.name)})"
        raise DataError(f"{where}: {values[wrong[0]]:g} is too large; needed are numbers up to {LARGEST:g}")


def _input_column(column: Column, kept: Kept) -> InputColumn:
    fill = kept.fills.get(column.name)
    if column.is_numeric:
        _check_size(column, kept)
        return InputColumn(column.name, (), fill)
    categories = column.categories
    if len(categories) > MOST_INPUTS_OF_A_COLUMN:
        raise DataError(
            f"columns: {shortened(column.name)} has {len(categories):,} different words, and at most "
            f"{MOST_INPUTS_OF_A_COLUMN} can be inputs"
        )
    return InputColumn(column.name, categories, fill)


MOST_INPUTS_OF_A_COLUMN = 1000


def _matrix(schema: Schema, inputs: Sequence[Column], kept: Kept) -> FloatArray:
    """Return the inputs of the rows that are used, (n, n_inputs)."""
    matrix = np.empty((len(kept.lines), len(schema.input_names)), np.float64)
    at = 0
    for wanted, column in zip(schema.columns, inputs, strict=True):
        missing = column.is_missing[kept.rows]
        if not wanted.categories:
            matrix[:, at] = column.values[kept.rows]
            if missing.any():
                matrix[missing, at] = wanted.fill
            at += 1
            continue
        words = words_of(column)[kept.rows]
        words[missing] = wanted.fill
        for word in wanted.coded:
            matrix[:, at] = words == word
            at += 1
    return matrix


def has_unlike_columns(matrix: FloatArray) -> bool:
    """Return whether inputs (n, n_inputs) are of different scales, or of none near 1."""
    matrix = matrix[:JUDGED_ROWS]
    deviations = matrix.std(axis=0)
    varied = deviations[deviations > 0]
    if not len(varied):
        return False
    low, high = float(varied.min()), float(varied.max())
    is_far = bool((np.abs(matrix.mean(axis=0)) > UNLIKE * np.maximum(deviations, 1e-30)).any())
    return high > UNLIKE * low or high > UNLIKE or low < 1 / UNLIKE or is_far


def _said(
    name: str, table: Table, spec: DatasetSpec, target: Column, kept: Kept, left_out: Sequence[Column]
) -> str:
    """Say in one line what was read, what was guessed and what was done."""
    n_inputs = len(spec.input_names)
    inputs = f"{n_inputs} input{'s' if n_inputs > 1 else ''}"
    if spec.task == CLASSIFICATION:
        learned = f"{shortened(target.name)}, {spec.max_classes} classes"
    else:
        learned = f"{shortened(target.name)}, regression"
    parts = [f"{name}: {len(kept.lines):,} rows, {inputs} -> {learned} ({table.said})"]
    for kind, words in _REASONS:
        names = [column.name for column in left_out if column.kind is kind]
        if names:
            parts.append(f"left out {listed(names)} ({words})")
    return "; ".join([*parts, *kept.notes, *table.notes])


_REASONS = (
    (Kind.EMPTY, "empty"),
    (Kind.CONSTANT, "always the same"),
    (Kind.IDENTIFIER, "a name or number of each row"),
)
