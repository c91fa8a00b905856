"""Which settings a data set begins with, where nobody has said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_nn.data import DataError, DatasetSpec
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.datasets import find_dataset
from tui_nn.settings.presets import presets
from tui_nn.settings.setting import ConfigError

MOST_STEPS = 5000
"""Steps on a table at first: about so many, in 10 to 100 epochs."""
OF_REGRESSIONS = 1200
IMAGE_PRESET = "digits"
"""Whose settings any set of images begins with."""


def suited(dataset: str) -> Mapping[str, Any]:
    """Return the settings, by name, that suit a data set as it is typed; none for a name that is wrong."""
    spec = _found(dataset)
    is_images = spec is not None and spec.image_shape is not None
    return presets()[IMAGE_PRESET].settings if is_images else suited_size(dataset)


def suited_size(dataset: str) -> Mapping[str, Any]:
    """Return how many samples suit a data set beside a preset, which says the rest; nothing for images."""
    spec = _found(dataset)
    return {"samples": usual_samples(spec)} if spec is not None and spec.image_shape is None else {}


def _found(dataset: str) -> DatasetSpec | None:
    try:
        return find_dataset(SETTINGS["dataset"].parse(dataset))
    except (ConfigError, DataError):
        return None


def usual_samples(spec: DatasetSpec) -> int:
    """Return how many samples are generated where nobody says: as many as in TensorFlow Playground."""
    usual: int = SETTINGS["samples"].default
    return OF_REGRESSIONS if spec.task == "regression" else usual


def with_suited(before: Config, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes with the samples that suit another data set, unless somebody has chosen their number."""
    if not isinstance(changes.get("dataset"), str) or "samples" in changes:
        return dict(changes)
    try:
        spec = find_dataset(changes["dataset"])
    except DataError:
        return dict(changes)
    was, is_now = usual_samples(before.dataset_spec), usual_samples(spec)
    if before.samples != was or is_now == was or spec.n_samples is not None:
        return dict(changes)
    return {**changes, "samples": is_now}


def suited_to_table(table: DatasetSpec, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings, by name, that suit the size of a table: its first network, rate, batch and epochs.

    given: settings that stand already, of which the fraction for training counts.
    """
    n_train = max(1, round((table.n_samples or 0) * given.get("train_fraction", 0.5)))
    n_inputs = len(table.input_names)
    is_amount = table.task == "regression"
    width = 8 if n_inputs <= 8 or (is_amount and n_inputs <= 32) else 16 if n_inputs <= 32 else 64
    batch = min(max(10, n_train // 50), 200)
    steps = -(-n_train // batch)
    most_steps = min(MOST_STEPS, max(400, 2 * n_train)) if is_amount else MOST_STEPS  # amounts overfit sooner
    return {
        "samples": max(10, table.n_samples or 0),
        "classes": min(table.max_classes, 5),
        "hidden_sizes": (width,),
        "learning_rate": 0.01 if width < 64 else 0.003,
        "batch_size": batch,
        "epochs": min(max(10, -(-most_steps // steps)), 100),
    }


def usual_config(config: Config) -> Config:
    """Return what a run on the same data is that says nothing else."""
    data: dict[str, Any] = {"dataset": config.dataset}
    if config.table is None:
        return Config().replace(**{**suited(config.dataset), **data})
    data |= {"table": config.table, "train_fraction": config.train_fraction}
    usual = Config().replace(**data, **suited_to_table(config.dataset_spec, data))
    return usual.replace(table=None, train_fraction=Config().train_fraction)
