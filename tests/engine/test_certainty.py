from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.engine.certainty import reliability, wilson_interval


@pytest.mark.parametrize(("n_right", "n"), [(0, 1), (0, 20), (7, 10), (81, 263), (500, 1000), (999, 1000)])
def test_ends_of_the_wilson_interval_are_where_the_score_test_is_just_kept(n_right: int, n: int) -> None:
    z = 1.959963984540054
    share = n_right / n

    for end in wilson_interval(n_right, n):
        # the definition: |share - end| is z standard deviations of a fraction whose truth is `end`
        assert abs(share - end) == pytest.approx(z * math.sqrt(end * (1 - end) / n), abs=1e-12)


@pytest.mark.parametrize("n", [1, 10, 1000])
def test_the_interval_of_none_and_of_all_ends_at_0_and_at_1(n: int) -> None:
    assert wilson_interval(0, n)[0] == 0.0
    assert wilson_interval(n, n)[1] == 1.0
    assert wilson_interval(n, n)[0] == pytest.approx(1 - wilson_interval(0, n)[1])


def test_reliability_agrees_with_scikit_learn() -> None:
    calibration = pytest.importorskip("sklearn.calibration")
    rng = np.random.default_rng(3)
    shares = np.append(rng.random(500), [0.0, 0.1, 0.2, 0.5, 1.0])
    right = rng.random(505) < shares
    found = reliability(shares, right)
    accuracy, confidence = calibration.calibration_curve(right, shares, n_bins=10)
    filled = found.counts > 0

    np.testing.assert_allclose(found.accuracy[filled], accuracy, atol=1e-9)
    np.testing.assert_allclose(found.confidence[filled], confidence, atol=1e-9)


def test_calibration_error_weighs_the_gap_of_each_bin_with_its_samples() -> None:
    found = reliability([0.95, 0.95, 0.95, 0.65], [True, True, False, False])

    assert found.counts.tolist() == [0, 0, 0, 0, 0, 0, 1, 0, 0, 3]
    assert found.error == pytest.approx(3 / 4 * abs(0.95 - 2 / 3) + 1 / 4 * 0.65)


def test_answers_that_are_as_sure_as_right_have_no_error() -> None:
    assert reliability([0.75] * 4, [True, True, True, False]).error == pytest.approx(0.0)
