"""Writing a run to a file, whole or not at all: the engine's model file with what training needs to go on.

`saved_run` reads it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tui_nn.data.own import describe, own_rows
from tui_nn.engine import Network, save_model
from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path
from tui_nn.files.writing import replaced, why_not_written
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.training.branching import branch_of
from tui_nn.training.build import build_network
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.saved_timeline import pack_timeline
from tui_nn.training.snapshot import Notice
from tui_nn.training.timeline import Timeline
from tui_nn.training.trainer import Trainer

Array = NDArray[Any]
MOST_OWN_BYTES = 10_000_000
"""A person's own arrays are written with a run up to this size."""


def save_and_say(path: str, trainer: Trainer, training_seconds: float, *, with_timeline: bool) -> Notice:
    """Write a run as `save_run` does; return what was written, or why it was not, in words."""
    place = trainer.past.place(trainer.step)
    try:
        save_run(path, trainer, training_seconds, with_timeline=with_timeline)
    except FileError as error:
        return Notice(why_not_written(error, path), is_error=True)
    if with_timeline:
        what = f" with {place.n_frames:,} earlier moments"
    else:
        what = f": the moment of step {place.step:,}" if place.is_past else ""
    return Notice(f"Saved to {path}{what}.")


def save_settings_and_say(path: str, config: Config) -> Notice:
    """Write the settings of a run as a file for `--config`; return that they were, or why not, in words."""
    from tui_nn.settings.sharing.toml import write_toml

    try:
        with replaced(Path(path)) as file:
            file.write(write_toml(config).encode())
    except FileError as error:
        return Notice(why_not_written(error, path), is_error=True)
    return Notice(f"Settings saved to {path}, without weights; tui-nn --config FILE opens them.")


def save_run(
    path: str | Path,
    trainer: Trainer,
    training_seconds: float = 0.0,
    *,
    with_timeline: bool = False,
    most_own_bytes: int | None = None,
) -> None:
    """Write a run to `path`, whole or not at all: the moment that is shown, or the present with all before.

    most_own_bytes: a person's own rows are written too where they are no larger; None: MOST_OWN_BYTES.
    Raises FileError where the place cannot be written to, EngineError where weights are not finite.
    """
    checkpoint = (
        trainer.checkpoint(training_seconds) if with_timeline else shown_checkpoint(trainer, training_seconds)
    )
    save_checkpoint(path, checkpoint, trainer.timeline if with_timeline else None, most_own_bytes)


def shown_checkpoint(trainer: Trainer, training_seconds: float = 0.0) -> Checkpoint:
    """Return a run as it is at the moment that is shown."""
    if trainer.is_rewound:
        return branch_of(trainer, training_seconds)
    return trainer.checkpoint(training_seconds)


def save_checkpoint(
    path: str | Path,
    checkpoint: Checkpoint,
    timeline: Timeline | None = None,
    most_own_bytes: int | None = None,
) -> None:
    """Write a run that a trainer has handed over, and moments before it; see `save_run`."""
    with replaced(Path(path)) as file:
        write_checkpoint(file, checkpoint, timeline, most_own_bytes)


def write_checkpoint(
    file: BinaryIO,
    checkpoint: Checkpoint,
    timeline: Timeline | None = None,
    most_own_bytes: int | None = None,
) -> None:
    """Write it to an open file. Raises EngineError where weights are not finite, before it writes."""
    metadata, arrays = _pack(checkpoint, timeline, most_own_bytes)
    save_model(file, _network_of(checkpoint), metadata, arrays)


def _pack(
    checkpoint: Checkpoint, timeline: Timeline | None, most_own_bytes: int | None
) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return what is written of a run beside its network: plain values, and arrays."""
    data, batches, history = checkpoint.data, checkpoint.batches_state, checkpoint.history_state
    assert data is not None
    training: dict[str, Any] = {
        "step": checkpoint.step,
        "optimizer_steps": checkpoint.optimizer_steps,
        "position": batches["position"],
        "epoch": batches["epoch"],
        "batches_rng": batches["rng"],
        "dropout_rng": checkpoint.dropout_state,
        "interval": history["interval"],
        "training_seconds": checkpoint.training_seconds,
        "rules": _plain_rules(checkpoint.rules_state),
    }
    metadata = {
        "config": checkpoint.config.to_dict(),
        "task": data.task,
        "class_names": list(data.class_names),
        "input_names": list(data.input_names),
        "image_shape": None if data.image_shape is None else list(data.image_shape),
        "features": list(data.features),
        "training": training,
    }
    arrays = {
        "optimizer_state": checkpoint.optimizer_state,
        "order": batches["order"],
        "carried": batches["carried"],
        "records": np.array(history["records"], np.float64).reshape(-1, 5),
    }
    if checkpoint.trained_rows.size:
        arrays["trained"] = checkpoint.trained_rows.view(np.int64)
    if history["other"]:
        arrays["other"] = np.array(history["other"], np.float64)
    if timeline is not None:
        training["timeline"], frames = pack_timeline(timeline, checkpoint.step)
        arrays |= frames
    dataset = checkpoint.config.dataset_spec
    own = own_rows(dataset)
    most = MOST_OWN_BYTES if most_own_bytes is None else most_own_bytes
    if own is not None:
        metadata["own"] = describe(dataset) | {"path": _full_path(checkpoint.config.table)}
    if own is not None and own.inputs.nbytes + own.targets.nbytes <= most:
        arrays |= {"own_inputs": own.inputs, "own_targets": own.targets}
    if data.target_scale is not None:
        arrays["target_scale"] = np.array([data.target_scale.center, data.target_scale.size])
    if data.standardizer is not None:
        arrays |= {"mean": data.standardizer.mean, "deviation": data.standardizer.deviation}
    return metadata, arrays


def _full_path(table: str | None) -> str | None:
    """Return where the file of a table lies, from whatever folder it is opened; None where it is no file."""
    if table is None or not SETTINGS["table"].opens_file(table):
        return None
    return str(full_path(table))


def _network_of(checkpoint: Checkpoint) -> Network:
    """Return the network of a checkpoint."""
    network = build_network(checkpoint.config, np.random.default_rng(0))
    network.parameters[:] = checkpoint.parameters
    network.load_state(checkpoint.network_state)
    return network


def _plain_rules(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the stop rules remember as JSON can hold it: no loss yet is None."""
    finite = math.isfinite(state.get("best_loss", 0.0))
    return dict(state) if finite else {**state, "best_loss": None}
