"""A table is opened once, by the settings that say how, as long as it can be named."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from tui_nn.data.registry import OWN_DATASETS
from tui_nn.data.table.table import Table
from tui_nn.settings import tables
from tui_nn.sweeps.space_of import no_settings, space_of
from tui_nn.sweeps.varying import read_varying

ROWS = "a,b,kind\n" + "1,2.5,no\n2,3.5,yes\n" * 10


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the places that were read."""
    places: list[str] = []

    def reading(place: str, read_table: Any = tables.read_table) -> Table:
        places.append(place)
        found: Table = read_table(place)
        return found

    monkeypatch.setattr(tables, "read_table", reading)
    return places


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(ROWS)
    return path


def test_a_table_that_can_be_named_is_not_read_again(table: Path, read: list[str]) -> None:
    first = tables.open_table({"table": str(table)})

    assert tables.open_table({"table": str(table)}) is first
    assert OWN_DATASETS[first.name] is first
    assert len(read) == 1


def test_other_ways_and_another_file_are_read(table: Path, read: list[str]) -> None:
    first = tables.open_table({"table": str(table)})
    by_columns = tables.open_table({"table": str(table), "columns": ("b",)})
    table.write_text(ROWS + "3,4.5,no\n")
    changed = tables.open_table({"table": str(table)})

    assert (len(by_columns.input_names), changed.n_samples, first.n_samples) == (1, 21, 20)
    assert len(read) == 3


def test_nothing_keeps_a_table_that_nobody_keeps(table: Path, read: list[str]) -> None:
    name = tables.open_table({"table": str(table)}).name
    del OWN_DATASETS[name]
    tables.open_table({"table": str(table)})

    assert len(read) == 2


def test_all_runs_of_a_sweep_are_of_one_reading_of_standard_input(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ROWS.encode())))
    arguments = no_settings()
    arguments.table = "-"
    space = space_of([read_varying("learning_rate=0.01,0.1")], 3, arguments, {})
    configs = [space.configure({"learning_rate": rate}) for rate in ("0.01", "0.1")]

    assert [config.learning_rate for config in configs] == [0.01, 0.1]
    assert {config.dataset.partition("-")[0] for config in configs} == {"stdin"}
    assert read == ["-"]
