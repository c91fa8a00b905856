from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data.splat import blur, splat


def one(x: float, y: float, ink: float = 1.0) -> np.ndarray:
    return splat(np.array([[x]]), np.array([[y]]), np.array([[ink]]))[0]


def test_a_point_between_pixels_is_shared_by_area() -> None:
    image = one(5.25, 10.5, 4.0)
    assert image[10, 5] == pytest.approx(4 * 0.75 * 0.5)
    assert image[11, 6] == pytest.approx(4 * 0.25 * 0.5)
    assert image.sum() == pytest.approx(4.0)


def test_ink_outside_is_lost_and_never_wraps_round() -> None:
    for x, y in ((-3, 5), (40, 5), (5, -3), (5, 99)):
        assert one(x, y).sum() == pytest.approx(0.0, abs=0.01)


def test_every_image_gets_its_own_ink() -> None:
    images = splat(np.array([[1.0, 1.0], [2.0, 3.0]]), np.array([[1.0, 1.0], [2.0, 3.0]]), np.ones((2, 2)))
    assert images[0, 1, 1] == 2.0
    assert images[1].sum() == pytest.approx(2.0)
    assert images[1, 1, 1] == 0.0


def test_blur_spreads_a_point_by_its_deviation_and_keeps_its_ink() -> None:
    image = blur(one(14, 14)[None], 1.5)[0]
    offset = np.arange(28) - 14
    assert image.sum() == pytest.approx(1.0)
    assert (image.sum(axis=0) * offset**2).sum() == pytest.approx(1.5**2, rel=0.01)
