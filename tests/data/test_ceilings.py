from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from tui_nn.data import DATASETS, DataError, best_possible_accuracy

PLANE_CLASSIFICATION = [name for name, kind in DATASETS.items() if kind.plane and kind.max_classes == 2]
PLANE_CLASSIFICATION = [name for name in PLANE_CLASSIFICATION if DATASETS[name].task == "classification"]


def majority_accuracy(name: str, noise: float, n_classes: int, cells: int = 70, n: int = 1_200_000) -> float:
    """Learn the most frequent class of each cell from half of the samples and count hits on the rest."""
    rng = np.random.default_rng(7)
    data = DATASETS[name].generate(n, noise, n_classes, rng)
    rows = rng.permutation(n)
    inputs, classes = data.inputs[rows], data.targets[rows]
    reach = np.abs(inputs).max() + 1e-9
    cell = np.floor((inputs + reach) / (2 * reach) * cells).astype(int)
    index = (cell[:, 0] * cells + cell[:, 1]) * n_classes + classes
    learned = np.bincount(index[: n // 2], minlength=cells * cells * n_classes).reshape(-1, n_classes)
    choice = learned.argmax(axis=1)
    return float((choice[index[n // 2 :] // n_classes] == classes[n // 2 :]).mean())


@pytest.mark.parametrize(
    ("name", "noise", "percent"),
    [
        ("moons", 0.1, 99.9),
        ("moons", 0.2, 97.2),
        ("moons", 0.25, 94.4),
        ("blobs", 0.0, 99.16),
        ("blobs", 0.1, 99.16),
        ("gauss", 0.0, 99.997),
        ("gauss", 0.25, 97.0),
        ("gauss", 0.5, 92.1),
    ],
)
def test_published_ceilings_are_met_within_three_tenths_of_a_point(
    name: str, noise: float, percent: float
) -> None:
    assert 100 * best_possible_accuracy(name, noise) == pytest.approx(percent, abs=0.3)


@pytest.mark.parametrize("noise", [0.05, 0.3])
@pytest.mark.parametrize("name", PLANE_CLASSIFICATION)
def test_ceiling_of_two_classes_agrees_with_a_majority_vote_over_many_samples(
    name: str, noise: float
) -> None:
    # Straight boundaries through cells cost the vote some tenths of a point where classes are sharp.
    assert best_possible_accuracy(name, noise) == pytest.approx(majority_accuracy(name, noise, 2), abs=0.009)


@pytest.mark.parametrize("n_classes", [2, 3, 5])
@pytest.mark.parametrize(("name", "noise"), [("rings", 0.15), ("pinwheel", 0.3)])
def test_ceiling_of_many_classes_agrees_with_a_majority_vote_over_many_samples(
    name: str, noise: float, n_classes: int
) -> None:
    expected = majority_accuracy(name, noise, n_classes)
    assert best_possible_accuracy(name, noise, n_classes) == pytest.approx(expected, abs=0.006)


@pytest.mark.parametrize("noise", [0.2, 0.3])
def test_ceiling_of_moons_agrees_with_bayes_rule_on_random_points(noise: float) -> None:
    rng = np.random.default_rng(3)
    n = 20_000
    angle = rng.uniform(0, np.pi, n)
    points = np.column_stack([np.cos(angle), np.sin(angle)]) + noise * rng.standard_normal((n, 2))

    def likelihood(center_x: NDArray[np.float64], center_y: NDArray[np.float64]) -> NDArray[np.float64]:
        squared = (points[:, :1] - center_x) ** 2 + (points[:, 1:] - center_y) ** 2
        return np.exp(-squared / (2 * noise**2)).mean(axis=1)

    t = np.linspace(0, np.pi, 101)
    own, other = likelihood(np.cos(t), np.sin(t)), likelihood(1 - np.cos(t), 0.5 - np.sin(t))
    # The mean of the true class's posterior beyond a half, less noisy than counting hits: E|p - q| / (p + q).
    estimate = 0.5 + 0.5 * (np.abs(own - other) / (own + other)).mean()
    assert best_possible_accuracy("moons", noise) == pytest.approx(estimate, abs=0.003)


def test_ceiling_of_clusters_is_the_normal_probability_of_four_deviations() -> None:
    assert best_possible_accuracy("clusters", 0.0) == pytest.approx(0.9999683, abs=1e-7)


@pytest.mark.parametrize("noise", [0.0, 0.3, 0.5, 0.8])
@pytest.mark.parametrize(("name", "axes", "variance"), [("blobs", 2, 0.35), ("clusters", 4, 0.25)])
def test_noise_widens_a_cloud_as_the_variances_of_both_add_up(
    name: str, axes: int, variance: float, noise: float
) -> None:
    # Means at +-1 on each axis lie sqrt(axes) from the boundary between them.
    deviations = (axes / (variance + noise * noise)) ** 0.5

    assert best_possible_accuracy(name, noise) == pytest.approx(NormalDist().cdf(deviations), abs=1e-12)


DRAWN_ANEW = {"general"}
"""Sets whose clusters are others for each seed: what is best cannot be said of all of them."""


@pytest.mark.parametrize(
    "name", [name for name in DATASETS if DATASETS[name].task == "classification" and name not in DRAWN_ANEW]
)
def test_ceiling_never_leaves_the_range_from_chance_to_certainty(name: str) -> None:
    for n_classes in range(DATASETS[name].min_classes, DATASETS[name].max_classes + 1):
        for noise in (0.0, 0.001, 0.02, 0.1, 0.8):
            assert 1 / n_classes <= best_possible_accuracy(name, noise, n_classes) <= 1.0


@pytest.mark.parametrize("name", ["circle", "xor", "spiral", "moons", "linear", "rings", "pinwheel"])
def test_without_noise_every_sample_can_be_classified(name: str) -> None:
    assert best_possible_accuracy(name, 0.0) == 1.0


def test_regression_has_no_ceiling() -> None:
    assert best_possible_accuracy("reg-plane", 0.1) is None
    assert best_possible_accuracy("reg-gauss", 0.1) is None


def test_clusters_that_are_drawn_anew_have_none() -> None:
    assert all(best_possible_accuracy(name, 0.1) is None for name in DRAWN_ANEW)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DataError, match=r"'moon'.*moons"):
        best_possible_accuracy("moon", 0.1)
