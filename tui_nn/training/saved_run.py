"""A run read from a file: what its network answers, and how training goes on from it.

Predictions need nothing but the file; going on makes the data anew from
the settings in it, and then repeats the bits of a run that was never stopped.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import FEATURES, DataError, DatasetSpec, Standardizer
from tui_nn.data.standardizer import TargetScale
from tui_nn.engine import OPTIMIZERS, EngineError, Network, load_model
from tui_nn.files.reading import opened
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.layers import is_described
from tui_nn.settings.setting import ConfigError, Reach
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.problem import Encoder, Problem
from tui_nn.training.saved_own import WRONG, find_own, read_own, read_schema, read_target_scale
from tui_nn.training.saved_timeline import unpack_timeline
from tui_nn.training.stored_values import count, generator, rows, seconds, words
from tui_nn.training.timeline import Timeline
from tui_nn.training.trained_rows import NONE

if TYPE_CHECKING:
    from tui_nn.data.table.schema import Schema

Array = NDArray[Any]
PLANE = 2
"""Coordinates of a point that features are made of."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network says of n samples."""

    classes: NDArray[np.int64] | None
    """(n,) class numbers; None for regression."""
    probabilities: Array | None
    """(n, n_classes); None for regression, and where the outputs are scores that sum to anything."""
    values: Array | None
    """(n,); None for classification."""


@dataclass(frozen=True, eq=False)
class SavedRun:
    """What the file of a run held."""

    network: Network
    encode: Encoder
    class_names: tuple[str, ...]
    """Empty for regression."""
    input_names: tuple[str, ...]
    """One for each raw input; empty for images."""
    image_shape: tuple[int, int] | None
    settings: dict[str, Any] = field(repr=False)
    """The Config as `to_dict` gave it; not checked yet, for predictions do without it."""
    _state: dict[str, Any] = field(repr=False)
    _arrays: dict[str, Array] = field(repr=False)
    target_scale: TargetScale | None = None
    """What answers of a regression are measured in; None: they are as the network gives them."""
    described: Mapping[str, Any] | None = field(default=None, repr=False)
    """What is known of a person's own data; None for other data, and in older files."""

    @property
    def n_raw_inputs(self) -> int:
        """Numbers that make up a sample before features are made of them."""
        return math.prod(self.image_shape) if self.image_shape else len(self.input_names)

    def predict(self, raw: Array) -> Answers:
        """Return what the network answers to raw samples (n, n_raw_inputs), or to images (n, rows, columns).

        Images are uint8.         Raises EngineError on another shape, and where an answer is not finite.
        """
        if raw.ndim < 2 or math.prod(raw.shape[1:]) != self.n_raw_inputs:
            raise EngineError(f"Samples are {raw.shape}; needed are (n, {self.n_raw_inputs}).")
        with np.errstate(all="ignore"):
            outputs = self.network.predict(self.encode(raw))
        wrong = np.flatnonzero(~np.isfinite(outputs).all(axis=1))
        if wrong.size:
            raise EngineError(f"The answer to sample {wrong[0] + 1} is no finite number: it is too far away.")
        if not self.class_names:
            return Answers(None, None, self.in_units(outputs)[:, 0])
        loss = self.network.loss
        return Answers(loss.decode(outputs), loss.probabilities(outputs), None)

    def in_units(self, outputs: Array) -> Array:
        """Return outputs of the network in the units of the targets."""
        return outputs if self.target_scale is None else self.target_scale.undo(outputs)

    @cached_property
    def schema(self) -> Schema | None:
        """How its inputs are made of the columns of a table; None where it takes its inputs as they are."""
        return read_schema(self.described)

    @property
    def target_name(self) -> str:
        """What its answers are called."""
        return "target" if self.described is None else str(self.described.get("target_name", "target"))

    @cached_property
    def own(self) -> DatasetSpec | None:
        """The rows it was trained on, where they came as arrays and are in the file. Raises EngineError."""
        return read_own(self._arrays, self.class_names, self.described)

    def config(self) -> Config:
        """Return the settings of the run; they name rows that came with it, which can be found from now on.

        Raises EngineError where the settings cannot be here.
        """
        name = find_own(self.own, self.settings, self.described)
        try:
            config = Config.from_dict({**self.settings, "dataset": name})
        except (ConfigError, DataError) as error:
            raise EngineError(f"Its settings cannot be used here: {error}.") from None
        except WRONG:
            raise EngineError("Its settings are damaged.") from None
        if not is_described(self.network, config):
            raise EngineError("Its settings describe another network than it holds.")
        return config

    @property
    def is_network_alone(self) -> bool:
        """Whether the training is left out: the network can be asked, and trained as any other."""
        return not self._state

    def network_settings(self) -> dict[str, Any]:
        """Return the settings that make a network of this shape. Raises EngineError."""
        config = self.config()
        return {
            name: getattr(config, name) for name, found in SETTINGS.items() if Reach.LAYERS in found.reaches
        }

    def checkpoint(self) -> Checkpoint:
        """Return all that decides how the run goes on, for `Trainer.load`. Raises EngineError."""
        if self.is_network_alone:
            raise EngineError("It holds a network alone, without the run that trained it.")
        config, state, arrays = self.config(), self._state, self._arrays
        try:
            order, carried = (rows(arrays[name]) for name in ("order", "carried"))
            optimizer_state = arrays["optimizer_state"].astype(config.dtype)
            records, other = (_records(arrays, name) for name in ("records", "other"))
            checkpoint = Checkpoint(
                config=config,
                step=count(state["step"]),
                parameters=self.network.parameters.copy(),
                network_state=self.network.state(),
                optimizer_state=optimizer_state,
                optimizer_steps=count(state["optimizer_steps"]),
                batches_state={
                    "order": order,
                    "position": count(state["position"], most=len(order)),
                    "carried": carried,
                    "epoch": count(state["epoch"]),
                    "rng": generator(state["batches_rng"]),
                },
                dropout_state=generator(state["dropout_rng"]),
                history_state={
                    "interval": count(state["interval"], least=1),
                    "records": records,
                    "other": other,
                },
                training_seconds=seconds(state["training_seconds"]),
                rules_state=_rules_state(state.get("rules")),
                trained_rows=_keys(arrays.get("trained")),
            )
        except WRONG:
            raise EngineError("What it holds of the training is damaged.") from None
        is_order = np.array_equal(np.sort(order), np.arange(len(order))) and order.size > 0
        shape = OPTIMIZERS[config.optimizer].state_rows, self.network.n_parameters
        fits = optimizer_state.shape == shape and np.isfinite(optimizer_state).all()
        if not (is_order and fits and np.isin(carried, order).all()):
            raise EngineError("What it holds of the training is damaged.")
        return checkpoint

    @property
    def has_timeline(self) -> bool:
        """Whether the moments before it can be gone back to."""
        return "frames" in self._arrays

    def timeline(self) -> Timeline | None:
        """Return the moments before it, for `Trainer.load`; None where it holds none. Raises EngineError."""
        if not self.has_timeline:
            return None
        try:
            step = count(self._state["step"])
            return unpack_timeline(self._state["timeline"], self._arrays, self.network, step)
        except (*WRONG, EngineError):
            raise EngineError("Its timeline is damaged.") from None


def load_run(path: str | Path) -> SavedRun:
    """Read what `saving.save_run` wrote.

    Raises EngineError, one sentence, on anything else; FileError where it cannot be read.
    """
    with opened(Path(path)) as file:
        return read_run(file, str(path))


def read_run(file: BinaryIO, name: str) -> SavedRun:
    """Read a run from an open file; name: what it is called in sentences. Raises EngineError."""
    model = load_model(file)
    if "training" not in model.metadata:
        raise EngineError(f"{name} cannot be loaded: it holds a network, but no run of tui-nn.")
    try:
        run = _read(model.network, model.metadata, model.arrays)
        fits = _fits(run, model.metadata["task"])
    except WRONG:
        fits = False
    if not fits:
        raise EngineError(f"{name} cannot be loaded: what it says of its data does not fit its network.")
    return run


def _records(arrays: Mapping[str, Array], name: str) -> list[tuple[float, ...]]:
    """Return what was recorded of a run; nothing where there is no such array."""
    table = arrays.get(name, np.empty((0, 5)))
    if table.shape[1:] != (5,):
        raise ValueError("these are no records")
    return [(int(record[0]), *map(float, record[1:])) for record in table]


def _rules_state(found: Any) -> dict[str, Any]:
    """Return what the stop rules remember: infinity for no loss yet, nothing for a file from before them."""
    if not found:
        return {}
    best, has_stopped = found["best_loss"], found["has_stopped"]
    if type(has_stopped) is not bool:
        raise ValueError("this is neither yes nor no")
    loss = math.inf if best is None else float(best)
    if math.isnan(loss):
        raise ValueError("this is no loss")
    return {"best_loss": loss, "best_epoch": count(found["best_epoch"]), "has_stopped": has_stopped}


def _keys(found: Array | None) -> Array:
    """Return the keys of samples that were trained on before; none where the file holds none."""
    if found is None:
        return NONE
    if found.dtype != np.int64 or found.ndim != 1:
        raise ValueError("these are no keys")
    return found.view(np.uint64)


def check_data(checkpoint: Checkpoint, problem: Problem) -> None:
    """Raise DataError where the data is not as large as that of the checkpoint: a folder may have changed."""
    before, now = len(checkpoint.batches_state["order"]), len(problem.train)
    if before != now:
        raise DataError(f"the run had {before:,} training samples, and now there are {now:,}")


def _read(network: Network, metadata: Mapping[str, Any], arrays: dict[str, Array]) -> SavedRun:
    standardizer = None
    if "mean" in arrays:
        standardizer = Standardizer(arrays["mean"].astype(np.float64), arrays["deviation"].astype(np.float64))
    shape = metadata["image_shape"]
    return SavedRun(
        network,
        Encoder(words(metadata["features"]), standardizer, network.dtype.name),
        words(metadata["class_names"]),
        words(metadata["input_names"]),
        None if shape is None else (count(shape[0]), count(shape[1])),
        dict(metadata["config"]),
        dict(metadata["training"]),
        arrays,
        read_target_scale(arrays),
        metadata.get("own"),
    )


def _fits(run: SavedRun, task: str) -> bool:
    """Return whether encoder, network and classes belong together."""
    network, features = run.network, run.encode.features
    has_inputs = network.n_inputs == (len(features) if features else run.n_raw_inputs)
    if features:
        has_inputs &= run.n_raw_inputs == PLANE and set(features) <= set(FEATURES)
    n_outputs = network.loss.n_outputs(len(run.class_names)) if run.class_names else 1
    is_scaled, scaler = True, run.encode.standardizer
    if scaler is not None:
        pair = np.stack([scaler.mean, scaler.deviation])
        is_scaled = pair.shape == (2, network.n_inputs) and bool(
            np.isfinite(pair).all() and (pair[1] > 0).all()
        )
    is_task = task == ("classification" if run.class_names else "regression") and task in network.loss.tasks
    return has_inputs and is_scaled and is_task and n_outputs == network.n_outputs
