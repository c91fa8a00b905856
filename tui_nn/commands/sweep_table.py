"""The result of a sweep for a person: a table of runs, the best first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.commands.sweep_progress import duration
from tui_nn.commands.table import table
from tui_nn.commands.wording import number, percent
from tui_nn.settings.config import SETTINGS
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.runs import Run

MOST_ROWS = 50
"""Rows that are printed of a longer table."""


def result_in_words(results: Results, seconds: float) -> list[str]:
    """Return the table of runs with what it is sorted by."""
    order, ended = results.order(), results.ended
    if not order:
        return ["no run has ended"]
    names = list(dict.fromkeys(name for run, _ in ended for name, _ in run.choice))
    header, rows = _columns(names, [ended[place] for place in order[:MOST_ROWS]])
    lines = table(header, rows, words=1 + len(names))
    if len(order) > MOST_ROWS:
        lines.append(f"... and {len(order) - MOST_ROWS:,} more; --json prints all")
    lines += [f"{len(order):,} runs in {duration(seconds)}, sorted by {results.measure.label}"]
    return lines


def _columns(names: list[str], ended: list[tuple[Run, dict[str, Any]]]) -> tuple[list[str], list[list[str]]]:
    is_regression = any(record.get("train_rmse") is not None for _, record in ended)
    scores = ("train_r2", "test_r2") if is_regression else ("train_accuracy", "test_accuracy")
    words = [name.replace("_", " ").replace("r2", "R²") for name in ("train_loss", "test_loss", *scores)]
    header = ["", *(SETTINGS[name].label for name in names), "seed", "epochs", *words, ""]
    rows = []
    for i, (run, record) in enumerate(ended):
        chosen = dict(run.choice)
        rows.append(
            [
                str(i + 1),
                *(chosen.get(name, "-") for name in names),
                str(run.seed),
                "-" if record["epochs"] is None else f"{record['epochs']:,}",
                number(record["train_loss"]),
                number(record["test_loss"]),
                *(_score(record, name) for name in scores),
                "" if record["status"] == "finished" else _status(record),
            ]
        )
    return header, rows


def _score(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return number(value) if name.endswith("r2") else percent(value)


def _status(record: Mapping[str, Any]) -> str:
    trouble = record.get("trouble")
    return f"{record['status']}: {trouble}" if trouble else str(record["status"])
