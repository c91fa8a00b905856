from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data.curves import sampling_matrix, smooth
from tui_nn.data.skeletons import parse_skeleton


@pytest.mark.parametrize("n_points", [2, 3, 7])
def test_curves_pass_through_their_control_points(n_points: int) -> None:
    weights = smooth(n_points, np.arange(n_points, dtype=float))
    assert weights == pytest.approx(np.eye(n_points))


def test_weights_sum_to_one_so_that_moving_all_points_moves_the_curve() -> None:
    assert smooth(5, np.linspace(0, 4, 33)).sum(axis=1) == pytest.approx(np.ones(33))


def test_a_smooth_curve_through_points_on_a_line_stays_on_it() -> None:
    points = np.array([[0, 0], [1, 2], [2, 4], [3, 6]], dtype=float)
    x, y = (smooth(4, np.linspace(0, 3, 20)) @ points).T
    assert y == pytest.approx(2 * x)


def test_catmull_rom_between_inner_points_is_the_textbook_cubic() -> None:
    p = np.array([[0.0, 0.0], [1.0, 3.0], [4.0, 1.0], [5.0, 7.0]])
    t = 0.3
    # Hermite form with tangents (p[i + 1] - p[i - 1]) / 2.
    m1, m2 = (p[2] - p[0]) / 2, (p[3] - p[1]) / 2
    expected = (
        (2 * t**3 - 3 * t**2 + 1) * p[1]
        + (t**3 - 2 * t**2 + t) * m1
        + (-2 * t**3 + 3 * t**2) * p[2]
        + (t**3 - t**2) * m2
    )
    assert (smooth(4, np.array([1.3])) @ p)[0] == pytest.approx(expected)


def test_samples_are_shared_out_by_length() -> None:
    skeleton = parse_skeleton("0,0 30,0 | 0,10 10,10")
    points = sampling_matrix(skeleton, 40) @ skeleton.points
    assert (points[:, 1] == 0).sum() == 30
    assert np.isclose(points[:, 1], 10).sum() == 10
