from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import playground_sets


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_circle_fills_a_disc_and_a_ring_and_labels_by_distance_without_noise() -> None:
    inputs, classes = playground_sets.circle(4000, 0.0, 2, rng())
    radius = np.hypot(*inputs.T)
    assert (classes == (radius < 2.5)).all()
    assert classes.sum() == 2000
    assert 2.45 < radius[classes == 1].max() <= 2.5
    assert 3.5 <= radius[classes == 0].min() < 3.55
    assert 4.95 < radius.max() <= 5.0
    # r itself is uniform, not r²: half of the disc's points are within half of its radius.
    assert (radius[classes == 1] < 1.25).mean() == pytest.approx(0.5, abs=0.04)


def test_noise_of_circle_xor_and_the_regressions_moves_targets_but_not_the_region_of_points() -> None:
    inputs, classes = playground_sets.circle(4000, 0.3, 2, rng())
    radius = np.hypot(*inputs.T)
    assert not ((radius > 2.5) & (radius < 3.5)).any()
    assert 0.03 < ((radius < 2.5) != classes).mean() < 0.3
    inputs, classes = playground_sets.xor(4000, 0.3, 2, rng())
    assert np.abs(inputs).min() >= 0.3
    assert 0.03 < ((inputs.prod(axis=1) >= 0) != classes).mean() < 0.3
    inputs, targets = playground_sets.reg_plane(4000, 0.1, 2, rng())
    assert np.abs(inputs).max() <= 6.0
    # Sum of two U(-0.6, 0.6), divided by ten: variance 2 * 0.36 / 3 / 100.
    assert (targets - inputs.sum(axis=1) / 10).std() == pytest.approx(np.sqrt(0.24) / 10, rel=0.05)


def test_xor_keeps_a_gap_along_the_axes_and_labels_by_the_sign_of_the_product() -> None:
    inputs, classes = playground_sets.xor(4000, 0.0, 2, rng())
    assert (classes == (inputs[:, 0] * inputs[:, 1] >= 0)).all()
    assert 0.3 <= np.abs(inputs).min() < 0.31
    assert 5.28 < np.abs(inputs).max() <= 5.3


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gauss_draws_the_positive_class_around_two_two_with_linear_variance(
    noise: float, variance: float
) -> None:
    inputs, classes = playground_sets.gauss(40_000, noise, 2, rng())
    for label, mean in ((1, 2.0), (0, -2.0)):
        cloud = inputs[classes == label]
        assert cloud.mean(axis=0) == pytest.approx([mean, mean], abs=0.06)
        assert np.cov(cloud.T) == pytest.approx(variance * np.eye(2), abs=0.03 * variance + 0.05)


def test_spiral_follows_its_formula_point_by_point() -> None:
    inputs, classes = playground_sets.spiral(10, 0.0, 2, rng())
    for i in range(5):
        r, t = 5 * i / 5, 1.75 * i / 5 * 2 * np.pi
        assert inputs[i] == pytest.approx([r * np.sin(t), r * np.cos(t)])
        t += np.pi
        assert inputs[5 + i] == pytest.approx([r * np.sin(t), r * np.cos(t)])
    assert classes.tolist() == [1] * 5 + [0] * 5


def test_noise_of_spiral_is_a_uniform_box() -> None:
    clean, _ = playground_sets.spiral(4000, 0.0, 2, rng())
    noisy, _ = playground_sets.spiral(4000, 0.4, 2, rng())
    assert 0.39 < np.abs(noisy - clean).max() <= 0.4


def test_reg_plane_is_a_tenth_of_the_sum() -> None:
    inputs, targets = playground_sets.reg_plane(100, 0.0, 2, rng())
    assert targets == pytest.approx((inputs[:, 0] + inputs[:, 1]) / 10)


def test_reg_gauss_has_signed_bumps_of_radius_two_at_six_centers() -> None:
    inputs, targets = playground_sets.reg_gauss(20_000, 0.0, 2, rng())
    signs = {(-4, 2.5): 1, (0, 2.5): -1, (4, 2.5): 1, (-4, -2.5): -1, (0, -2.5): 1, (4, -2.5): -1}
    far = np.ones(len(inputs), dtype=bool)
    for center, sign in signs.items():
        distance = np.hypot(*(inputs - center).T)
        near = distance < 1.99
        assert targets[near] == pytest.approx(sign * (1 - distance[near] / 2))
        far &= distance > 2
    assert (targets[far] == 0).all()
    assert far.any()


@pytest.mark.parametrize("samples", [1, 2, 11])
@pytest.mark.parametrize(
    "draw",
    [
        playground_sets.circle,
        playground_sets.xor,
        playground_sets.gauss,
        playground_sets.spiral,
        playground_sets.reg_plane,
        playground_sets.reg_gauss,
    ],
)
def test_odd_and_tiny_counts_are_met_exactly(draw: object, samples: int) -> None:
    inputs, targets = draw(samples, 0.1, 2, rng())  # type: ignore[operator]
    assert inputs.shape == (samples, 2)
    assert targets.shape == (samples,)
    assert np.isfinite(inputs).all()
