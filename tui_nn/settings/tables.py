"""A person's table as a data set that settings can name: opened once, by the settings that say how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.registry import keep
from tui_nn.files.errors import FileError
from tui_nn.files.paths import shown


def open_table(settings: Mapping[str, Any]) -> DatasetSpec:
    """Return the data set of a table as settings say, kept so that they can name it.

    settings: "table", and what says how it is read. Raises FileError, with the line and the column.
    """
    from tui_nn.data.table.choosing import Choices, table_dataset
    from tui_nn.data.table.opening import read_table, table_name

    place = settings["table"]
    choices = Choices(
        target=settings.get("target_column"),
        task=settings.get("task_kind", "auto"),
        columns=tuple(settings.get("columns", ())),
        missing=settings.get("missing", "refuse"),
    )
    try:
        dataset = table_dataset(table_name(place), read_table(place), choices)
    except DataError as error:
        raise FileError(f"{shown(place)} cannot be used: {error}", str(error)) from None
    keep(dataset)
    return dataset
