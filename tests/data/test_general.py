"""The general data set: as many inputs, classes and clusters as asked for, as far apart as asked for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui_nn.data import DataError
from tui_nn.data.registry import DATASETS, general_spec
from tui_nn.settings.config import Config
from tui_nn.settings.layers import layer_sizes
from tui_nn.settings.setting import ConfigError
from tui_nn.training.trainer import Trainer

CASES = [(2, 2, 2), (3, 5, 1), (10, 4, 3), (20, 5, 8)]


@pytest.mark.parametrize(("n_inputs", "n_classes", "clusters"), CASES)
def test_each_cluster_has_a_corner_of_its_own(n_inputs: int, n_classes: int, clusters: int) -> None:
    far = 1000.0
    spec = general_spec(n_inputs, clusters, far)
    data = spec.generate(1200, 0.0, n_classes, np.random.default_rng(4))
    corners = np.sign(data.inputs)

    np.testing.assert_allclose(np.abs(data.inputs), far, atol=60)
    found = [{tuple(corner) for corner in corners[data.targets == k]} for k in range(n_classes)]
    assert [len(of_class) for of_class in found] == [clusters] * n_classes
    assert len(set.union(*found)) == n_classes * clusters
    counts = np.bincount(data.targets)
    assert counts.max() - counts.min() <= 1


def test_noise_is_the_part_of_the_samples_whose_class_is_by_chance() -> None:
    draws = [DATASETS["general"].generate(20_000, noise, 2, np.random.default_rng(1)) for noise in (0.0, 0.4)]
    before, after = draws

    np.testing.assert_array_equal(before.inputs, after.inputs)
    assert np.mean(before.targets != after.targets) == pytest.approx(0.4 / 2, abs=0.01)


def test_the_clusters_are_stretched_as_the_matrices_of_uniform_numbers_say() -> None:
    data = general_spec(4, 1, 0.001).generate(40_000, 0.0, 2, np.random.default_rng(2))
    spreads = [data.inputs[data.targets == k].var(axis=0) for k in range(2)]

    # variance of a column: the sum of four squares of U(-1, 1), from 0 to 4, about 4 / 3
    assert all(spread.min() > 0 and spread.max() < 4 for spread in spreads)
    assert not np.allclose(*spreads, rtol=0.05)


def test_more_separation_makes_it_easier() -> None:
    accuracies = []
    for separation in (0.2, 1.0, 4.0):
        trainer = Trainer(
            Config(dataset="general", noise=0.0, clusters=2, separation=separation, hidden_sizes=(8,))
        )
        for _ in range(1500):
            trainer.advance()
        accuracies.append(trainer.measure().test_accuracy or 0.0)

    assert all(before < after for before, after in pairwise(accuracies))
    assert accuracies[-1] > 0.98


def test_the_network_has_as_many_inputs() -> None:
    assert layer_sizes(Config(dataset="general", n_inputs=10, clusters=3, classes=4)) == (10, 4, 2, 4)
    assert layer_sizes(Config(dataset="general", features=("x", "y", "xy"))) == (3, 4, 2, 1)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"classes": 3, "clusters": 2}, "clusters: 2 is not allowed; at most 1 for 3 classes of 2 inputs"),
        ({"classes": 5}, "classes: 5 is not allowed; 2 to 4 for general"),
        ({"clusters": 3}, "clusters: 3 is not allowed; at most 2 for 2 classes of 2 inputs"),
        (
            {"n_inputs": 3, "classes": 5, "clusters": 2},
            "clusters: 2 is not allowed; at most 1 for 5 classes of 3 inputs",
        ),
        ({"n_inputs": 21}, "n_inputs: 21 is not allowed"),
        ({"separation": 0.0}, "separation: 0.0 is not allowed"),
    ],
)
def test_what_has_no_room_is_refused(settings: dict[str, float], says: str) -> None:
    with pytest.raises(ConfigError) as error:
        Config().replace(dataset="general", **settings)

    assert str(error.value).startswith(says)
    with pytest.raises(DataError, match="have 4 corners"):
        general_spec(2, 3, 1.0).generate(50, 0.1, 2, np.random.default_rng(0))


def test_other_sets_do_not_mind_its_numbers() -> None:
    assert Config().replace(clusters=8, n_inputs=2).is_relevant("clusters") is False
