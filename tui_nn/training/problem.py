"""The data of a run, made from a Config: what is learned, what is tested, and what the network is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.data import Dataset, Standardizer, feature_matrix, split
from tui_nn.data.dataset import square
from tui_nn.data.digits import generate_digits, pixel_values
from tui_nn.data.standardizer import TargetScale
from tui_nn.engine import LOSSES, Network, Source
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Reach
from tui_nn.training.checkpoint import DataNote
from tui_nn.training.snapshot import PointSet
from tui_nn.training.streams import DATA, stream

ALL = slice(None)
KEPT_VALUES = 2_000_000
"""A part of at most so many values is kept as the network's inputs, a larger one encoded when it is used."""
SHOWN_POINTS = 1000
"""At most so many training points, and as many test points, are sent to a screen."""


@dataclass(frozen=True, eq=False)
class Encoder:
    """Turns raw samples into what the network is given: features, pixels 0 to 1, or numbers as they are."""

    features: tuple[str, ...]
    """Names of features of the plane; empty: the samples are taken as they are."""
    standardizer: Standardizer | None
    dtype: str

    def __call__(self, raw: NDArray[Any]) -> NDArray[Any]:
        """Return the network's inputs, shape (n, n_inputs), for raw samples of shape (n, ...)."""
        if raw.dtype == np.uint8:
            return pixel_values(raw, self.dtype)
        inputs = feature_matrix(raw, self.features) if self.features else raw.reshape(len(raw), -1)
        if self.standardizer is not None:
            inputs = self.standardizer.apply(inputs)
        return np.ascontiguousarray(inputs, dtype=self.dtype)


@dataclass(frozen=True, eq=False)
class Part:
    """Training or test set: raw samples, targets as given and as the loss codes them."""

    raw: NDArray[Any]
    targets: NDArray[Any]
    coded: NDArray[Any]
    encode: Encoder

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def _small(self) -> NDArray[Any] | None:
        return self.encode(self.raw) if self.raw.size <= KEPT_VALUES else None

    def inputs(self, rows: slice = ALL) -> NDArray[Any]:
        """Return the network's inputs of some samples, shape (n, n_inputs)."""
        return self.encode(self.raw[rows]) if self._small is None else self._small[rows]

    def source(self, network: Network) -> Source:
        """Return the samples in the layout that training reads; images are scaled there, to save memory."""
        if self.raw.dtype != np.uint8:
            return network.prepare(self.inputs(), self.coded)
        source = network.prepare(self.raw.reshape(len(self.raw), -1), self.coded)
        source.inputs[:, :-1] /= 255.0
        return source


@dataclass(frozen=True, eq=False)
class Problem:
    """A data set, split and coded for the network of one Config."""

    dataset: Dataset
    train: Part
    test: Part
    encode: Encoder
    target_scale: TargetScale | None = None
    """Of an amount that is learned standardized; None where targets are learned as they are."""

    @property
    def is_classification(self) -> bool:
        """Whether targets are classes."""
        return self.dataset.task == "classification"

    @property
    def has_map(self) -> bool:
        """Whether the samples can be drawn on a plane: they are no images."""
        return self.train.raw.ndim == 2

    def in_units(self, outputs: NDArray[Any]) -> NDArray[Any]:
        """Return outputs of the network in the units of the targets."""
        return outputs if self.target_scale is None else self.target_scale.undo(outputs)

    def code(self, config: Config, targets: NDArray[Any]) -> NDArray[Any]:
        """Return targets in their own units as the config's loss takes them, (n, n_outputs)."""
        return _coded(config, targets, self.target_scale)

    def note(self) -> DataNote:
        """Return what is to be known of the data without having them."""
        data, encode = self.dataset, self.encode
        return DataNote(
            data.task,
            tuple(data.class_names),
            () if data.is_images else tuple(data.input_names),
            data.inputs.shape[1:] if data.is_images else None,
            encode.features,
            encode.standardizer,
            self.target_scale,
        )

    def signed(self, part: Part, rows: slice) -> NDArray[Any]:
        """Return classes, or amounts as colors show them: below and above 0."""
        return part.targets[rows] if self.target_scale is None else part.coded[rows, 0].astype(np.float64)

    def on_plane(self, points: NDArray[np.float64]) -> NDArray[Any]:
        """Return the network's inputs for points (n, 2) of the map; further inputs are held at their mean.

        Where there is one input, the answer is the same all the way up.
        """
        n_columns = self.train.raw.shape[1]
        if n_columns <= 2:
            return self.encode(points[:, :n_columns])
        raw = np.tile(self.train.raw.mean(axis=0), (len(points), 1))
        raw[:, :2] = points
        return self.encode(raw)

    def points(self, version: int) -> PointSet:
        """Return what a map shows of the data; only for data on a plane."""
        train, test = slice(min(len(self.train), SHOWN_POINTS)), slice(min(len(self.test), SHOWN_POINTS))
        names = [*self.dataset.input_names, self.dataset.target_name]
        scale = self.target_scale
        return PointSet(
            version=version,
            train_inputs=_on_plane(self.train, train),
            train_targets=self.signed(self.train, train),
            test_inputs=_on_plane(self.test, test),
            test_targets=self.signed(self.test, test),
            n_classes=max(1, len(self.dataset.class_names)),
            class_names=tuple(self.dataset.class_names),
            domain=self.dataset.domain or square(-1.0, 1.0),
            n_train=len(self.train),
            n_test=len(self.test),
            n_columns=self.train.raw.shape[1],
            axis_names=(names[0], names[1]),
            target_name="" if self.dataset.target_name == "target" else self.dataset.target_name,
            value_center=0.0 if scale is None else scale.center,
            value_size=1.0 if scale is None else scale.size,
        )


def _on_plane(part: Part, rows: slice) -> NDArray[np.float64]:
    """Return where samples lie on the map (n, 2): a single input goes across, its target up."""
    if part.raw.shape[1] == 1:
        return np.column_stack([part.raw[rows, 0], part.targets[rows]])
    return np.asarray(part.raw[rows, :2])


def make_problem(config: Config) -> Problem:
    """Generate or read, split and code the data of a Config; raise DataError where it cannot be had."""
    rng = stream(config, DATA)
    kind = config.dataset_spec
    dataset = kind.generate(config.samples, config.noise, config.n_classes, rng)
    if dataset.n_given_train is None:
        train_rows, test_rows = split(dataset.n_samples, config.train_fraction, rng)
    else:
        train_rows = np.arange(dataset.n_given_train)
        test_rows = np.arange(dataset.n_given_train, dataset.n_samples)
    train = (dataset.inputs[train_rows], dataset.targets[train_rows])
    test = (dataset.inputs[test_rows], dataset.targets[test_rows])
    if config.mix_drawn and config.is_relevant("mix_drawn"):
        images, digits = generate_digits(
            round(config.mix_drawn * len(train[1])) or 1, rng, drawn_fraction=1.0
        )
        train = (np.concatenate([train[0], images]), np.concatenate([train[1], digits]))
    return _code(
        config, replace(dataset, inputs=dataset.inputs[:0], targets=dataset.targets[:0]), train, test
    )


def make_problems(configs: Sequence[Config]) -> list[Problem]:
    """Return what `make_problem` does for each; those with the same data share one."""
    made: dict[tuple[Any, ...], Problem] = {}
    names = [name for name, found in SETTINGS.items() if found.reaches & (Reach.SAMPLES | Reach.CODES)]
    keys = [tuple(getattr(config, name) for name in names) for config in configs]
    for key, config in zip(keys, configs, strict=True):
        if key not in made:
            made[key] = make_problem(config)
    return [made[key] for key in keys]


def recode(problem: Problem, config: Config) -> Problem:
    """Return the same samples, coded for the features, loss and number type of another Config."""
    train, test = problem.train, problem.test
    return _code(config, problem.dataset, (train.raw, train.targets), (test.raw, test.targets))


Samples = tuple[NDArray[Any], NDArray[Any]]
"""Raw inputs and targets."""


def _code(config: Config, dataset: Dataset, train: Samples, test: Samples) -> Problem:
    features = config.features if config.uses_features else ()
    standardizer = None
    if config.standardizes:
        standardizer = Standardizer.fit(Encoder(features, None, "float64")(train[0]))
    encode = Encoder(features, standardizer, config.dtype)
    scale = TargetScale.fit(train[1]) if dataset.scales_target else None
    parts = [Part(raw, targets, _coded(config, targets, scale), encode) for raw, targets in (train, test)]
    return Problem(dataset, parts[0], parts[1], encode, scale)


def _coded(config: Config, targets: NDArray[Any], scale: TargetScale | None) -> NDArray[Any]:
    return code_targets(config, targets if scale is None else scale.apply(targets))


def code_targets(config: Config, targets: NDArray[Any]) -> NDArray[Any]:
    """Return targets as the config's loss takes them, shape (n, n_outputs)."""
    if config.task == "regression":
        return targets.reshape(-1, 1).astype(config.dtype)
    return LOSSES[config.loss_name].encode(targets, config.n_classes, config.dtype)
