"""The data of a run, made from a Config: what is learned, what is tested, and what the network is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.config import Config
from tui_nn.data import DATASETS, Dataset, Standardizer, feature_matrix, split
from tui_nn.engine import LOSSES
from tui_nn.training.snapshot import PointSet
from tui_nn.training.streams import DATA, stream

SHOWN_POINTS = 1000
"""At most so many training points, and as many test points, are sent to a screen."""


@dataclass(frozen=True, eq=False)
class Encoder:
    """Turns raw samples into what the network is given: features of the plane, standardized if asked."""

    features: tuple[str, ...]
    """Names of features of the plane; empty: the samples are taken as they are."""
    standardizer: Standardizer | None
    dtype: str

    def __call__(self, raw: NDArray[Any]) -> NDArray[Any]:
        """Return the network's inputs, shape (n, n_inputs), for raw samples of shape (n, ...)."""
        inputs = feature_matrix(raw, self.features) if self.features else raw.reshape(len(raw), -1)
        if self.standardizer is not None:
            inputs = self.standardizer.apply(inputs)
        return np.ascontiguousarray(inputs, dtype=self.dtype)


@dataclass(frozen=True, eq=False)
class Part:
    """Training or test set: raw samples, network inputs, targets as given and as the loss codes them."""

    raw: NDArray[Any]
    inputs: NDArray[Any]
    targets: NDArray[Any]
    coded: NDArray[Any]

    def __len__(self) -> int:
        return len(self.raw)


@dataclass(frozen=True, eq=False)
class Problem:
    """A data set, split and coded for the network of one Config."""

    dataset: Dataset
    train: Part
    test: Part
    encode: Encoder

    @property
    def is_classification(self) -> bool:
        """Whether targets are classes."""
        return self.dataset.task == "classification"

    def points(self, version: int) -> PointSet:
        """Return what a map shows of the data; only for data on a plane."""
        train, test = slice(min(len(self.train), SHOWN_POINTS)), slice(min(len(self.test), SHOWN_POINTS))
        return PointSet(
            version=version,
            train_inputs=self.train.raw[train],
            train_targets=self.train.targets[train],
            test_inputs=self.test.raw[test],
            test_targets=self.test.targets[test],
            n_classes=max(1, len(self.dataset.class_names)),
            class_names=tuple(self.dataset.class_names),
            domain=self.dataset.domain or (-1.0, 1.0),
            n_train=len(self.train),
            n_test=len(self.test),
        )


def make_problem(config: Config) -> Problem:
    """Generate, split and code the data of a Config; raise DataError where it cannot be had."""
    rng = stream(config, DATA)
    dataset = DATASETS[config.dataset].generate(config.samples, config.noise, config.n_classes, rng)
    train_rows, test_rows = split(len(dataset.inputs), config.train_fraction, rng)
    inputs, targets = dataset.inputs, dataset.targets
    return _code(
        config, dataset, inputs[train_rows], targets[train_rows], inputs[test_rows], targets[test_rows]
    )


def recode(problem: Problem, config: Config) -> Problem:
    """Return the same samples, coded for the features, loss and number type of another Config."""
    train, test = problem.train, problem.test
    return _code(config, problem.dataset, train.raw, train.targets, test.raw, test.targets)


def _code(
    config: Config,
    dataset: Dataset,
    train_raw: NDArray[Any],
    train_targets: NDArray[Any],
    test_raw: NDArray[Any],
    test_targets: NDArray[Any],
) -> Problem:
    features = config.features if config.uses_features else ()
    plain = Encoder(features, None, "float64")
    standardizer = Standardizer.fit(plain(train_raw)) if config.standardize else None
    encode = Encoder(features, standardizer, config.dtype)
    train = Part(train_raw, encode(train_raw), train_targets, code_targets(config, train_targets))
    test = Part(test_raw, encode(test_raw), test_targets, code_targets(config, test_targets))
    return Problem(dataset, train, test, encode)


def code_targets(config: Config, targets: NDArray[Any]) -> NDArray[Any]:
    """Return targets as the config's loss takes them, shape (n, n_outputs)."""
    if config.task == "regression":
        return targets.reshape(-1, 1).astype(config.dtype)
    return LOSSES[config.loss_name].encode(targets, config.n_classes, config.dtype)
