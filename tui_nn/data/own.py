"""A person's own arrays as a kind of data set: checked once, then split and drawn like any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from tui_nn.data.ceilings import no_ceiling
from tui_nn.data.dataset import Rng
from tui_nn.data.errors import DataError
from tui_nn.data.registry import DatasetKind

OWN = "own"
"""What a data set is called that came as arrays."""
FEWEST_ROWS = 4
MOST_CLASSES = 100


@dataclass(frozen=True, eq=False)
class OwnArrays:
    """Gives the same arrays whatever number of samples is asked for; module level, so that it can be sent."""

    inputs: NDArray[np.float64]
    targets: NDArray[Any]

    def __call__(self, samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[Any, Any]:
        """Return (inputs, targets)."""
        return self.inputs, self.targets


def own_kind(name: str, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> DatasetKind:
    """Return a kind of data set that holds these arrays.

    inputs: (n, n_inputs) numbers, finite. targets: (n,) classes (whole numbers, words or booleans), or
    numbers with a fraction for regression. Raises DataError.
    """
    points = _points(inputs)
    wanted = np.asarray(targets)
    if wanted.shape != (len(points),):
        raise DataError(f"targets have shape {wanted.shape}; one per row is needed: ({len(points)},)")
    is_regression = wanted.dtype.kind == "f" and not np.array_equal(wanted, np.round(wanted))
    values, n_classes, names = _targets(wanted, is_regression)
    return DatasetKind(
        name,
        f"your own {len(points):,} rows",
        "given",
        OwnArrays(points, values),
        no_ceiling,
        task="regression" if is_regression else "classification",
        min_classes=n_classes,
        max_classes=n_classes,
        input_names=tuple("xy" if points.shape[1] == 2 else (f"x{i + 1}" for i in range(points.shape[1]))),
        domain=_domain(points),
        class_names=names,
    )


def own_rows(kind: DatasetKind) -> OwnArrays | None:
    """Return the arrays that a kind of data set holds; None where it makes or reads its samples."""
    return kind.draw if isinstance(kind.draw, OwnArrays) else None


def own_kind_of(rows: OwnArrays, class_names: tuple[str, ...]) -> DatasetKind:
    """Return the kind that gave these arrays; class_names: empty for regression. Raises DataError."""
    kind = own_kind(OWN, rows.inputs, rows.targets)
    if class_names and kind.max_classes != len(class_names):
        raise DataError(f"the rows have {kind.max_classes} classes, but {len(class_names)} are named")
    return replace(kind, class_names=class_names)


def _points(inputs: npt.ArrayLike) -> NDArray[np.float64]:
    try:
        points = np.array(inputs, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataError("inputs must be numbers") from None
    if points.ndim == 1:
        points = points[:, None]
    if points.ndim != 2 or len(points) < FEWEST_ROWS or not points.shape[1]:
        raise DataError(
            f"inputs have shape {points.shape}; needed: (n, n_inputs), at least {FEWEST_ROWS} rows"
        )
    if not np.isfinite(points).all():
        raise DataError("inputs contain NaN or infinity")
    return points


def _targets(wanted: NDArray[Any], is_regression: bool) -> tuple[NDArray[Any], int, tuple[str, ...]]:
    """Return values or class numbers, the number of classes (2 for regression, unused), and their names."""
    if is_regression:
        if not np.isfinite(wanted).all():
            raise DataError("targets contain NaN or infinity")
        return wanted.astype(np.float64), 2, ()
    names, classes = np.unique(wanted, return_inverse=True)
    if not 2 <= len(names) <= MOST_CLASSES:
        raise DataError(f"targets have {len(names)} classes; 2 to {MOST_CLASSES} are needed")
    return classes.astype(np.int64), len(names), tuple(f"{name}" for name in names.tolist())


def _domain(points: NDArray[np.float64]) -> tuple[float, float]:
    """Return a square that holds all points with a little room."""
    low, high = float(points.min()), float(points.max())
    room = max((high - low) * 0.1, 1e-6)
    return low - room, high + room
