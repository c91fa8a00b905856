from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DATASETS, write_idx
from tui_nn.settings.config import Config
from tui_nn.settings.layers import n_inputs
from tui_nn.training.problem import SHOWN_POINTS, make_problem, make_problems, recode


def test_the_split_has_the_wanted_sizes() -> None:
    problem = make_problem(Config(samples=200, train_fraction=0.8))

    assert (len(problem.train), len(problem.test)) == (160, 40)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_data_set_becomes_a_problem_of_the_configs_shape(dataset: str) -> None:
    config = Config(dataset=dataset, samples=40)
    problem = make_problem(config)

    assert len(problem.train) == config.n_train
    assert problem.train.inputs().shape == (config.n_train, n_inputs(config))
    assert problem.train.coded.shape == (config.n_train, config.n_outputs)
    assert problem.train.inputs().dtype == problem.train.coded.dtype == np.float32


@pytest.mark.parametrize("mix_drawn", [0.0, 0.001, 0.25])
@pytest.mark.parametrize("train_fraction", [0.5, 1.0])
@pytest.mark.parametrize("dataset", ["digits", "pair", "both"])
def test_a_config_knows_how_many_images_are_trained_on(
    tmp_path: Path, dataset: str, mix_drawn: float, train_fraction: float
) -> None:
    for folder, parts in (("pair", ("train",)), ("both", ("train", "t10k"))):
        (tmp_path / folder).mkdir()
        for part in parts:
            write_idx(tmp_path / folder / f"{part}-images-idx3-ubyte", np.ones((30, 28, 28), np.uint8))
            write_idx(tmp_path / folder / f"{part}-labels-idx1-ubyte", np.arange(30, dtype=np.uint8) % 10)
    name = dataset if dataset == "digits" else str(tmp_path / dataset)
    config = Config(dataset=name, samples=40, mix_drawn=mix_drawn, train_fraction=train_fraction)

    assert len(make_problem(config).train) == config.n_train


def test_features_are_computed_from_the_coordinates() -> None:
    problem = make_problem(Config(features=("x", "y2", "siny"), dtype="float64"))
    x, y = problem.train.raw.T

    assert problem.train.inputs() == pytest.approx(np.column_stack([x, y * y, np.sin(y)]))


def test_standardizing_learns_from_the_training_set_alone() -> None:
    problem = make_problem(Config(standardize=True, samples=100, dtype="float64"))
    raw = problem.train.raw

    assert problem.train.inputs().mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert problem.train.inputs().std(axis=0) == pytest.approx([1, 1])
    assert problem.test.inputs() == pytest.approx((problem.test.raw - raw.mean(axis=0)) / raw.std(axis=0))


@pytest.mark.parametrize(
    ("loss", "codes"),
    [
        ("binary_cross_entropy", [[0], [1]]),
        ("mse", [[0], [1]]),
        ("half_mse", [[-1], [1]]),
        ("softmax_cross_entropy", [[1, 0], [0, 1]]),
    ],
)
def test_classes_are_coded_as_the_loss_wants(loss: str, codes: list[list[float]]) -> None:
    problem = make_problem(Config(loss=loss))

    assert np.array_equal(problem.train.coded, np.array(codes)[problem.train.targets])


def test_values_are_coded_as_a_column() -> None:
    problem = make_problem(Config(dataset="reg-plane", dtype="float64"))

    assert np.array_equal(problem.train.coded[:, 0], problem.train.targets)


def test_other_settings_of_the_network_leave_the_samples_as_they_are() -> None:
    problem = make_problem(Config())
    recoded = recode(problem, Config(loss="half_mse", features=("x", "xy"), dtype="float64"))

    assert recoded.train.raw is problem.train.raw
    assert recoded.train.inputs().dtype == np.float64
    assert set(recoded.train.coded.ravel()) == {-1, 1}


def test_a_map_is_given_a_bounded_number_of_points_and_the_true_counts() -> None:
    points = make_problem(Config(samples=3000, train_fraction=0.8)).points(version=7)

    assert points.version == 7
    assert len(points.train_inputs) == len(points.train_targets) == SHOWN_POINTS
    assert len(points.test_inputs) == 600
    assert (points.n_train, points.n_test) == (2400, 600)


def test_problems_of_the_same_data_are_made_once() -> None:
    config = Config(samples=20)
    same, other = config.replace(weights_seed=1, hidden_sizes=(3,)), config.replace(data_seed=1)

    first, second, third = make_problems([config, same, other])

    assert second is first
    assert third is not first
    np.testing.assert_array_equal(third.train.raw, make_problem(other).train.raw)
