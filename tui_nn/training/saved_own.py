"""A person's own data in a saved run: its rows, or where they were; what its columns and target are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.own import OWN, OwnArrays, restored_dataset
from tui_nn.data.registry import OWN_DATASETS, keep
from tui_nn.data.standardizer import TargetScale
from tui_nn.engine import EngineError
from tui_nn.files.errors import FileError
from tui_nn.files.paths import shown

if TYPE_CHECKING:
    from tui_nn.data.table.schema import Schema

Array = NDArray[Any]
WRONG = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError)
"""What values of the wrong kind lead to."""


def read_own(
    arrays: Mapping[str, Array], class_names: tuple[str, ...], described: Mapping[str, Any] | None
) -> DatasetSpec | None:
    """Return the data of a file that holds the rows of one; None where it holds none. Raises EngineError."""
    if "own_inputs" not in arrays:
        return None
    try:
        rows = OwnArrays(arrays["own_inputs"], arrays["own_targets"])
        return restored_dataset(rows, class_names, described)
    except (*WRONG, DataError):
        raise EngineError("The rows it holds are damaged.") from None


def find_own(
    own: DatasetSpec | None, settings: Mapping[str, Any], described: Mapping[str, Any] | None
) -> str:
    """Return the name of the data of a run; its rows, out of the file or the table, can be named from now on.

    Raises EngineError where they are nowhere.
    """
    name = str(settings.get("dataset"))
    if own is not None:
        keep(own)
        return own.name
    if name in OWN_DATASETS:
        return name
    if described is not None and settings.get("table") is not None:  # else another set was chosen since
        _open_table(name, settings, described)
    elif name.startswith(OWN):
        show = "`tui_nn.show` with the same arrays, and o there, opens it"
        raise EngineError(f"It was trained on arrays that are not in the file; {show}.")
    return name


def _open_table(name: str, settings: Mapping[str, Any], described: Mapping[str, Any]) -> None:
    from tui_nn.settings.tables import open_table

    path = described.get("path") or settings["table"]
    try:
        found = open_table({**settings, "table": path})
    except FileError as error:
        raise EngineError(f"Its rows are not in it, and {error}.") from None
    except WRONG:
        raise EngineError("Its settings are damaged.") from None
    if found.name != name:
        raise EngineError(f"Its rows are not in it, and {shown(path)} has others now than it was trained on.")


def read_schema(described: Mapping[str, Any] | None) -> Schema | None:
    """Return how inputs are made of columns; None where they are taken as they are. Raises EngineError."""
    found = None if described is None else described.get("schema")
    if found is None:
        return None
    from tui_nn.data.table.schema import Schema

    try:
        return Schema.from_dict(found)
    except WRONG:
        raise EngineError("What it says of its columns is damaged.") from None


def read_target_scale(arrays: Mapping[str, Array]) -> TargetScale | None:
    """Return what answers are measured in; None where the file does not say. Raises ValueError."""
    if "target_scale" not in arrays:
        return None
    center, size = map(float, arrays["target_scale"])
    if not (math.isfinite(center) and math.isfinite(size) and size > 0):
        raise ValueError("this is no scale")
    return TargetScale(center, size)
