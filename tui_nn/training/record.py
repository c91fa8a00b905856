"""The last record of a run, with the names of the settings page: what `--json` prints."""

from __future__ import annotations

import math
from typing import Any

from tui_nn.training.columns import column_sizes
from tui_nn.training.snapshot import Metrics
from tui_nn.training.trainer import Trainer


def make_record(trainer: Trainer, metrics: Metrics, seconds: float, status: str) -> dict[str, Any]:
    """Return the record of a run as JSON can hold it; numbers that are not finite are None."""
    config, batches = trainer.config, trainer.batches
    rows_per_step = batches.samples_per_epoch / batches.steps_per_epoch
    speed = trainer.step / seconds if seconds > 0 else None
    record = {
        "dataset": config.dataset,
        "data_seed": config.data_seed,
        "weights_seed": config.weights_seed,
        "layer_sizes": list(column_sizes(trainer.network)),
        "parameters": trainer.network.n_parameters,
        "epochs": trainer.epoch,
        "steps": trainer.step,
        "seconds": seconds,
        "steps_per_second": speed,
        "samples_per_second": speed and speed * rows_per_step,
        "train_loss": metrics.train_loss,
        "test_loss": metrics.test_loss,
        "train_accuracy": metrics.train_accuracy,
        "test_accuracy": metrics.test_accuracy,
        "best_possible_accuracy": trainer.problem.dataset.best_possible_accuracy,
        "status": status,
    }
    if trainer.trained.is_test_seen:
        record["test_seen"] = True
    if not trainer.problem.is_classification:
        for name in ("train_r2", "test_r2", "train_rmse", "test_rmse"):
            record[name] = getattr(metrics, name)
    return {name: _plain(value) for name, value in record.items()}


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
