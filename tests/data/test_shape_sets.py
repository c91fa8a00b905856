from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import shape_sets


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_blobs_have_the_published_means_and_covariance() -> None:
    inputs, classes = shape_sets.blobs(40_000, 0.0, 2, rng())
    for label, mean in ((0, -1.0), (1, 1.0)):
        cloud = inputs[classes == label]
        assert cloud.mean(axis=0) == pytest.approx([mean, mean], abs=0.02)
        assert np.cov(cloud.T) == pytest.approx(0.35 * np.eye(2), abs=0.015)


def test_moons_without_noise_are_two_half_circles_with_evenly_spaced_angles() -> None:
    inputs, classes = shape_sets.moons(9, 0.0, 2, rng())
    assert classes.tolist() == [0] * 4 + [1] * 5
    upper = [(np.cos(t), np.sin(t)) for t in (0, np.pi / 3, 2 * np.pi / 3, np.pi)]
    lower = [(1 - np.cos(t), 0.5 - np.sin(t)) for t in (0, np.pi / 4, np.pi / 2, 3 * np.pi / 4, np.pi)]
    assert inputs == pytest.approx(np.array(upper + lower))


def test_noise_of_moons_and_rings_is_a_standard_deviation() -> None:
    for draw in (shape_sets.moons, shape_sets.rings):
        clean, _ = draw(20_000, 0.0, 2, rng())
        noisy, _ = draw(20_000, 0.2, 2, rng())
        assert (noisy - clean).std() == pytest.approx(0.2, rel=0.02)


def test_linear_is_cut_by_the_diagonal_with_a_gap() -> None:
    inputs, classes = shape_sets.linear(4000, 0.0, 2, rng())
    distance = inputs.sum(axis=1) / np.sqrt(2)
    assert (classes == (distance > 0)).all()
    assert 0.3 <= np.abs(distance).min() < 0.31


@pytest.mark.parametrize("n_classes", [2, 3, 4, 5])
def test_rings_have_one_radius_a_class(n_classes: int) -> None:
    inputs, classes = shape_sets.rings(103, 0.0, n_classes, rng())
    assert np.hypot(*inputs.T) == pytest.approx(0.5 * (classes + 1))


def test_two_rings_are_make_circles_with_factor_one_half() -> None:
    inputs, classes = shape_sets.rings(8, 0.0, 2, rng())
    outer = inputs[classes == 1]
    assert outer == pytest.approx(np.array([(1, 0), (0, 1), (-1, 0), (0, -1)]), abs=1e-12)
    assert inputs[classes == 0] == pytest.approx(0.5 * outer)


@pytest.mark.parametrize("n_classes", [2, 3, 4, 5])
def test_untwisted_pinwheel_blades_lie_at_equal_angles(n_classes: int) -> None:
    inputs, classes = shape_sets.pinwheel(5000, 0.1, n_classes, rng())
    radius = np.hypot(*inputs.T)
    angle = np.arctan2(inputs[:, 1], inputs[:, 0]) - 0.25 * np.exp(radius) - 2 * np.pi * classes / n_classes
    outward, across = radius * np.cos(angle), radius * np.sin(angle)
    assert outward.mean() == pytest.approx(1.0, abs=0.02)
    assert outward.std() == pytest.approx(0.3, abs=0.01)
    assert across.std() == pytest.approx(0.1, abs=0.005)


def test_clusters_have_four_inputs_and_deviation_one_half() -> None:
    inputs, classes = shape_sets.clusters(20_000, 0.0, 2, rng())
    assert inputs.shape == (20_000, 4)
    assert inputs[classes == 1].mean(axis=0) == pytest.approx(np.ones(4), abs=0.02)
    assert inputs[classes == 0].mean(axis=0) == pytest.approx(-np.ones(4), abs=0.02)
    assert inputs[classes == 0].std(axis=0) == pytest.approx(0.5 * np.ones(4), abs=0.01)


@pytest.mark.parametrize(("draw", "n_classes"), [(shape_sets.rings, 5), (shape_sets.pinwheel, 3)])
@pytest.mark.parametrize("samples", [1, 4, 11, 100])
def test_class_counts_differ_by_one_at_most(draw: object, n_classes: int, samples: int) -> None:
    inputs, classes = draw(samples, 0.1, n_classes, rng())  # type: ignore[operator]
    counts = np.bincount(classes, minlength=n_classes)
    assert len(inputs) == counts.sum() == samples
    assert counts.max() - counts.min() <= 1
