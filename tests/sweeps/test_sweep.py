"""`tui_nn.sweep`, from Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tui_nn
from tui_nn.data.registry import OWN_DATASETS
from tui_nn.settings.flags import UsageError
from tui_nn.settings.setting import ConfigError
from tui_nn.sweeps import sweep as sweep_module

SHORT: dict[str, Any] = {"samples": 40, "batch_size": 8, "epochs": 3, "workers": 1}


@pytest.fixture(autouse=True)
def no_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)


def test_values_of_python_vary_and_a_list_of_rows_comes_back() -> None:
    rows = tui_nn.sweep({"learning_rate": [0.01, 0.1 + 0.2], "hidden_sizes": [(4,), (8, 8)]}, 2, **SHORT)

    assert [(r["learning_rate"], r["hidden_sizes"], r["seed"]) for r in rows] == [
        (rate, hidden, seed) for rate in (0.01, 0.1 + 0.2) for hidden in ([4], [8, 8]) for seed in (0, 1)
    ]
    assert {row["status"] for row in rows} == {"finished"}


def test_texts_and_presets_are_taken_as_the_command_takes_them() -> None:
    rows = tui_nn.sweep(
        over={"learning_rate": "1e-3..1"}, search="random", runs=3, preset="tf-playground", seed=4, **SHORT
    )

    assert len({row["learning_rate"] for row in rows}) == 3
    assert {(row["dataset"], row["data_seed"]) for row in rows} == {("circle", 4)}


def test_own_arrays_go_to_the_workers_and_leave_nothing_behind() -> None:
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(50, 3))
    before = dict(OWN_DATASETS)

    rows = tui_nn.sweep(
        {"learning_rate": [0.01, 0.1]}, inputs=inputs, targets=inputs[:, 0] > 0, epochs=20, workers=1
    )

    assert [row["status"] for row in rows] == ["finished", "finished"]
    assert {tuple(row["layer_sizes"]) for row in rows} == {(3, 4, 2, 1)}
    assert max(row["test_accuracy"] for row in rows) > 0.8
    assert before == OWN_DATASETS


def test_the_rows_of_a_table_go_to_the_workers_too(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows_of_text = (f"{i % 8}.5,{i % 5}.5,{'no' if i % 8 < 4 else 'yes'}\n" for i in range(40))
    table.write_text("a,b,kind\n" + "".join(rows_of_text))

    rows = tui_nn.sweep({"learning_rate": [0.01, 0.1]}, table=str(table), epochs=20, workers=1)

    assert [row["status"] for row in rows] == ["finished", "finished"]
    assert max(row["test_accuracy"] for row in rows) > 0.8


def test_what_cannot_be_is_raised_in_one_sentence() -> None:
    with pytest.raises(UsageError, match="nothing varies"):
        tui_nn.sweep()
    with pytest.raises(ConfigError, match="learning_rte"):
        tui_nn.sweep(seeds=2, learning_rte=3)
    with pytest.raises(UsageError, match="not a list of values"):
        tui_nn.sweep({"noise": 0.1})
    with pytest.raises(UsageError, match="screen cannot vary"):
        tui_nn.sweep({"screen": ["space"]})


def test_a_script_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"  # without `if __name__ == "__main__"`, as people write them
    script.write_text(
        "import tui_nn\nprint('once')\nprint(len(tui_nn.sweep(seeds=3, samples=40, epochs=2, workers=2)))\n"
    )

    ended = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "once\n3\n", "")


def test_where_pandas_is_there_it_makes_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    class FakePandas:
        @staticmethod
        def DataFrame(rows: Any) -> Any:  # noqa: N802
            return "table", rows

    monkeypatch.setitem(sys.modules, "pandas", FakePandas)

    assert sweep_module.as_table([{"a": 1}]) == ("table", [{"a": 1}])
