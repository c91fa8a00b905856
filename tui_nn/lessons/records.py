"""What conditions are judged by: records of a run, out of a moment and the curves that lead to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tui_nn.lessons.condition import Record
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.training.snapshot import Curves, Snapshot

CURVES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")


def record_of(
    config: Config, layer_sizes: tuple[int, ...], parameters: int, status: str, **measures: Any
) -> Record:
    """Return the record of one moment: its settings as the screen writes them, and its measures."""
    settings = {
        name: value if _is_number(value := getattr(config, name)) else found.kind.format(value)
        for name, found in SETTINGS.items()
    }
    hidden = layer_sizes[1:-1]
    shape = {"parameters": parameters, "neurons": sum(hidden), "layers": len(hidden)}
    return {**settings, **shape, "status": status, **measures}


def records_since(snapshot: Snapshot, step: int) -> Iterator[Record]:
    """Yield a record for each moment after a step that the curves hold, and one for the present.

    What curves do not hold (settings, parameters) is as it is now.
    """
    last = _present(snapshot)
    per_epoch = max(1, snapshot.config.steps_per_epoch)
    if snapshot.curves is not None and last["test_r2"] is None:
        yield from (
            {**last, **row, "epochs": row["steps"] // per_epoch}
            for row in _rows(snapshot.curves)
            if step < row["steps"] < snapshot.step
        )
    yield last


def _present(snapshot: Snapshot) -> Record:
    status = snapshot.status.value
    measures = asdict(snapshot.metrics)
    measures |= {"steps": snapshot.step, "epochs": snapshot.epoch}
    measures["best_possible_accuracy"] = snapshot.best_possible_accuracy
    return record_of(snapshot.config, snapshot.layer_sizes, snapshot.n_parameters, status, **measures)


def _rows(curves: Curves) -> Iterator[dict[str, Any]]:
    columns = [getattr(curves, name) for name in CURVES]
    for number, step in enumerate(curves.steps.tolist()):
        values = (float(column[number]) for column in columns)
        measures = {
            name: value if math.isfinite(value) else None for name, value in zip(CURVES, values, strict=True)
        }
        yield {**measures, "steps": int(step)}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
