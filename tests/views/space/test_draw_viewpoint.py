from __future__ import annotations

import math

import numpy as np
import pytest

from tui_nn.views.space.draw_viewpoint import FIRST_VIEW, STEEPEST, ZOOMS, Viewpoint, look_at

POINTS = np.random.default_rng(0).uniform(-1, 1, size=(20, 3))
ANGLES = [(0, 0), (90, 0), (38, 15), (200, -40), (359, 84), (-30, 60)]


def by_hand(point, yaw, pitch, distance):
    """Return (x, y down, depth) by a camera that stands on a sphere and looks at its middle."""
    yaw, pitch = math.radians(yaw), math.radians(pitch)
    camera = distance * np.array(
        [-math.sin(yaw) * math.cos(pitch), math.sin(pitch), math.cos(yaw) * math.cos(pitch)]
    )
    away = -camera / distance
    right = np.cross(away, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, away)
    way = point - camera
    ahead = float(way @ away)
    return distance * float(way @ right) / ahead, -distance * float(way @ up) / ahead, ahead - distance


@pytest.mark.parametrize(("yaw", "pitch"), ANGLES)
def test_points_lie_where_a_camera_on_a_sphere_sees_them(yaw, pitch):
    seen = look_at(POINTS, Viewpoint(yaw, pitch), distance=5.0)

    expected = np.array([by_hand(point, yaw, pitch, 5.0) for point in POINTS])
    np.testing.assert_allclose(np.column_stack([seen.x, seen.y, seen.depth]), expected, atol=1e-9)


@pytest.mark.parametrize(("yaw", "pitch"), ANGLES)
def test_the_axes_stand_upright_on_each_other(yaw, pitch):
    axes = Viewpoint(yaw, pitch).axes()

    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)


def test_from_the_side_x_goes_to_the_right_and_z_comes_nearer():
    seen = look_at(np.eye(3), Viewpoint(yaw=0, pitch=0), distance=1e9)

    np.testing.assert_allclose(seen.x, [1, 0, 0], atol=1e-6)
    np.testing.assert_allclose(seen.y, [0, -1, 0], atol=1e-6)
    np.testing.assert_allclose(seen.depth, [0, 0, -1], atol=1e-6)


def test_what_is_near_looks_larger():
    seen = look_at(np.array([[0, 0, 1.0], [0, 0, 0], [0, 0, -1.0]]), Viewpoint(0, 0), distance=4.0)

    np.testing.assert_allclose(seen.size, [4 / 3, 1, 4 / 5])


def test_zoom_enlarges_the_picture():
    view = Viewpoint(20, 10)
    near, far = (look_at(POINTS, v, 5.0) for v in (view.zoomed(2.0), view))

    np.testing.assert_allclose(near.x, 2 * far.x)
    np.testing.assert_allclose(near.depth, far.depth)


def test_turning_all_the_way_around_comes_back():
    view = FIRST_VIEW
    for _ in range(60):
        view = view.turned(6.0)

    assert view.yaw == pytest.approx(FIRST_VIEW.yaw)


def test_the_picture_never_stands_on_its_head_and_zoom_has_ends():
    assert FIRST_VIEW.turned(0, 500).pitch == STEEPEST
    assert FIRST_VIEW.turned(0, -500).pitch == -STEEPEST
    assert (FIRST_VIEW.zoomed(1e9).zoom, FIRST_VIEW.zoomed(1e-9).zoom) == (ZOOMS[1], ZOOMS[0])


def test_a_point_behind_the_camera_has_a_place():
    seen = look_at(np.array([[0, 0, 100.0]]), Viewpoint(0, 0), distance=4.0)

    assert np.isfinite([seen.x, seen.y, seen.size]).all()
