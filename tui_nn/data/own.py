"""A person's own arrays as a kind of data set: checked once, then split and drawn like any other.

A set is called by its contents, so that the name in a run's settings means the same rows wherever it is read.
"""

from __future__ import annotations

import hashlib
import numbers
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from tui_nn.data.ceilings import no_ceiling
from tui_nn.data.dataset import Rng
from tui_nn.data.errors import DataError
from tui_nn.data.registry import DatasetSpec, unnamed_inputs

OWN = "own"
"""What the name of a data set begins with that came as arrays."""
FEWEST_ROWS = 4
LARGE_BYTES = 10_000_000
"""Larger arrays are told apart by a checksum, in a third of the time."""
MOST_CLASSES = 100
LARGEST = 1e30
"""Numbers beyond overflow in float32 at the first product."""
TASKS = ("auto", "classification", "regression")


@dataclass(frozen=True, eq=False)
class OwnArrays:
    """Gives the same arrays whatever number of samples is asked for; module level, so that it can be sent."""

    inputs: NDArray[np.float64]
    targets: NDArray[Any]

    def __call__(self, samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[Any, Any]:
        """Return (inputs, targets)."""
        return self.inputs, self.targets


def array_dataset(
    name: str, inputs: npt.ArrayLike, targets: npt.ArrayLike, task: str = "auto"
) -> DatasetSpec:
    """Return a kind of data set that holds these arrays; its name is `name`, "-" and a hash of them.

    inputs: (n, n_inputs) numbers, finite. targets: (n,) classes (whole numbers, words or booleans), or
    numbers. task: classification, regression, or auto: regression where a target has a fraction.
    Raises DataError.
    """
    if task not in TASKS:
        raise DataError(f"task: {task} is not allowed; {', '.join(TASKS)}")
    points = _points(inputs)
    if isinstance(inputs, np.ndarray) and np.may_share_memory(points, inputs):
        points = points.copy()  # it is the caller's, who may go on to change it
    return dataset_of_rows(name, points, targets, task)


def dataset_of_rows(
    name: str, points: NDArray[np.float64], targets: npt.ArrayLike, task: str = "auto"
) -> DatasetSpec:
    """Return what `array_dataset` does for points (n, n_inputs) that are checked, and nobody else's."""
    wanted = _column(targets, len(points))
    has_fractions = wanted.dtype.kind == "f" and not np.array_equal(wanted, np.round(wanted))
    is_regression = has_fractions if task == "auto" else task == "regression"
    return _dataset(name, points, *_targets(wanted, is_regression))


def _dataset(
    name: str, points: NDArray[np.float64], values: NDArray[Any], n_classes: int, names: tuple[str, ...]
) -> DatasetSpec:
    """Return a kind of data set of rows that are checked; names: of the classes, none for regression."""
    return DatasetSpec(
        _hashed(name, points, values, names),
        f"your own {len(points):,} rows",
        "given",
        OwnArrays(points, values),
        no_ceiling,
        task="classification" if names else "regression",
        min_classes=n_classes,
        max_classes=n_classes,
        input_names=unnamed_inputs(points.shape[1]),
        domain=(_range(points[:, 0]), _range(points[:, 1] if points.shape[1] > 1 else values)),
        class_names=names,
        n_samples=len(points),
    )


def own_rows(kind: DatasetSpec) -> OwnArrays | None:
    """Return the arrays that a kind of data set holds; None where it makes or reads its samples."""
    return kind.draw if isinstance(kind.draw, OwnArrays) else None


def describe(dataset: DatasetSpec) -> dict[str, Any]:
    """Return what is to be known of a person's own data beside its arrays, as JSON can hold it."""
    return {
        "name": dataset.name,
        "help": dataset.help,
        "input_names": list(dataset.input_names),
        "class_names": list(dataset.class_names),
        "target_name": dataset.target_name,
        "schema": None if dataset.schema is None else dataset.schema.to_dict(),
        "has_unlike_columns": dataset.has_unlike_columns,
        "scales_target": dataset.scales_target,
    }


def restored_dataset(
    rows: OwnArrays, class_names: tuple[str, ...], described: Mapping[str, Any] | None = None
) -> DatasetSpec:
    """Return the data set that gave these arrays; class_names: empty for regression.

    described: what `describe` said of it; None: it came as arrays. Raises DataError; TypeError, ValueError or
    LookupError for a description that is none.
    """
    points = _points(rows.inputs)
    values, n_classes, _ = _targets(_column(rows.targets, len(points)), is_regression=not class_names)
    if class_names and n_classes != len(class_names):
        raise DataError(f"the rows have {n_classes} classes, but {len(class_names)} are named")
    name = OWN if described is None else str(described["name"]).rpartition("-")[0]
    dataset = _dataset(name, points, values, n_classes, class_names)
    return dataset if described is None else replace(dataset, **_details(described, points.shape[1]))


def _details(described: Mapping[str, Any], n_inputs: int) -> dict[str, Any]:
    from tui_nn.data.table.schema import Schema  # which knows of this module

    schema = described["schema"]
    names = tuple(map(str, described["input_names"]))
    if len(names) != n_inputs:
        raise ValueError("other columns are named than there are")
    flags = {name: described[name] for name in ("has_unlike_columns", "scales_target")}
    if not all(type(flag) is bool for flag in flags.values()):
        raise TypeError("this is neither yes nor no")
    return {
        "help": str(described["help"]),
        "input_names": names,
        "target_name": str(described["target_name"]),
        "schema": None if schema is None else Schema.from_dict(schema),
        **flags,
    }


def _hashed(
    name: str, inputs: NDArray[np.float64], targets: NDArray[Any], class_names: tuple[str, ...]
) -> str:
    """Return a name for these rows that no others have."""
    digest = hashlib.blake2b(repr((inputs.shape, targets.dtype.str, class_names)).encode(), digest_size=4)
    for values in (inputs, targets):
        content = np.ascontiguousarray(values).data
        is_large = content.nbytes > LARGE_BYTES
        digest.update(zlib.crc32(content).to_bytes(4, "big") if is_large else content)
    return f"{name}-{digest.hexdigest()}"


def _points(inputs: npt.ArrayLike) -> NDArray[np.float64]:
    try:
        given = np.asarray(inputs)
        if given.dtype.kind == "c":
            raise TypeError
        points = given.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        raise DataError(f"inputs must be numbers, in rows of the same length{_first_wrong(inputs)}") from None
    if points.ndim == 1:
        points = points[:, None]
    if points.ndim != 2 or len(points) < FEWEST_ROWS or not points.shape[1]:
        raise DataError(
            f"inputs have the shape {points.shape}; needed is (n, n_inputs), {FEWEST_ROWS} rows at least"
        )
    if points.min() >= -LARGEST and points.max() <= LARGEST:  # neither is so where one is no number
        return points
    wrong = np.argwhere(~(np.abs(points) <= LARGEST))
    if len(wrong):
        row, column = wrong[0]
        place = f"row {row + 1}, column {column + 1}"
        raise DataError(f"inputs hold {points[row, column]} in {place}; needed are numbers up to {LARGEST:g}")
    return points


def _first_wrong(inputs: Any) -> str:
    """Return where the first entry is that is no number, in words; nothing where that is not the trouble."""
    try:
        rows = [list(row) if np.ndim(row) else [row] for row in inputs]
    except (TypeError, ValueError):
        return ""
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            try:
                float(value)
            except (TypeError, ValueError):
                return f"; {value!r:.40} is in row {i + 1}, column {j + 1}"
    return ""


def _column(targets: npt.ArrayLike, n_rows: int) -> NDArray[Any]:
    """Return targets (n_rows,) of one type; raise DataError, which names the first that is of another."""
    try:
        wanted = np.asarray(targets)
    except ValueError:
        raise DataError("targets must be one value for each row") from None
    if wanted.shape != (n_rows,):
        raise DataError(f"targets have the shape {wanted.shape}; needed is one for each row, ({n_rows},)")
    if wanted.dtype.kind == "O":
        kinds = [
            "word" if isinstance(v, str) else "number" if isinstance(v, numbers.Real) else "" for v in wanted
        ]
        for i, kind in enumerate(kinds):
            if not kind or kind != kinds[0]:
                found = f"{wanted[i]!r:.40} in row {i + 1}"
                raise DataError(f"targets hold {found}; needed are numbers alone, or words alone")
        wanted = wanted.astype(np.str_ if kinds[0] == "word" else np.float64)
    if wanted.dtype.kind not in "biufUS":
        raise DataError(f"targets hold {wanted.dtype}; needed are numbers or words")
    if wanted.dtype.kind == "f":
        wanted = wanted.astype(np.float64)  # shorter ones have no number as large as the limit
    if wanted.dtype.kind == "f" and len(wrong := np.flatnonzero(~(np.abs(wanted) <= LARGEST))):
        raise DataError(f"targets hold {wanted[wrong[0]]} in row {wrong[0] + 1}; needed are finite numbers")
    return wanted


def _targets(wanted: NDArray[Any], is_regression: bool) -> tuple[NDArray[Any], int, tuple[str, ...]]:
    """Return values or class numbers, the number of classes (2 for regression, unused), and their names."""
    if is_regression:
        if wanted.dtype.kind in "US":
            raise DataError(f"targets hold words such as {wanted[0]!s:.40}; regression needs numbers")
        return wanted.astype(np.float64), 2, ()
    names, classes = np.unique(wanted, return_inverse=True)
    if not 2 <= len(names) <= MOST_CLASSES:
        counted = "one class" if len(names) == 1 else f"{len(names):,} classes"
        advice = '; task="regression" takes any numbers' if wanted.dtype.kind in "biuf" else ""
        raise DataError(f"targets hold {counted}; needed are 2 to {MOST_CLASSES}{advice}")
    is_whole = names.dtype.kind == "f" and np.array_equal(names, np.round(names))
    words = tuple(f"{name:.0f}" if is_whole else f"{name}" for name in names.tolist())
    return classes.astype(np.int64), len(names), words


def _range(values: NDArray[Any]) -> tuple[float, float]:
    """Return a range that holds all values with a little room."""
    low, high = float(values.min()), float(values.max())
    room = 0.1 * (high - low) or 0.1 * abs(low) or 1.0
    return low - room, high + room
