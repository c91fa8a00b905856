"""A person's table as a data set that settings can name: opened once, by the settings that say how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.registry import keep
from tui_nn.data.table.choosing import Choices, table_dataset
from tui_nn.data.table.opening import read_table, table_name
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path, shown
from tui_nn.files.reading import state_of
from tui_nn.settings.config import SETTINGS

_OPENED: WeakValueDictionary[tuple[Any, ...], DatasetSpec] = WeakValueDictionary()
"""What is kept of what was opened, by where it is, how it was read, and what the file was like."""


def open_table(settings: Mapping[str, Any]) -> DatasetSpec:
    """Return the data set of a table as settings say, kept so that they can name it.

    settings: "table", and what says how it is read. A table that is kept so already is not read again: a
    sweep asks for it with each run, and standard input gives it once. Raises FileError, with the line and the
    column.
    """
    place = settings["table"]
    choices = Choices(
        target=settings.get("target_column"),
        task=settings.get("task_kind", "auto"),
        columns=tuple(settings.get("columns", ())),
        missing=settings.get("missing", "refuse"),
    )
    path = full_path(place) if SETTINGS["table"].opens_file(place) else place
    opened = path, choices, state_of(path)
    dataset = _OPENED.get(opened)
    if dataset is None:
        try:
            dataset = table_dataset(table_name(place), read_table(place), choices)
        except DataError as error:
            raise FileError(f"{shown(place)} cannot be used: {error}", str(error)) from None
        _OPENED[opened] = dataset
    keep(dataset)
    return dataset
