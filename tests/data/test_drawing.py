from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tui_nn.data import DataError, fit_drawing, fit_drawings


def ring(height: int, width: int, top: int, left: int, pen: int, side: int = 28) -> np.ndarray:
    drawing = np.zeros((side, side), dtype=bool)
    drawing[top : top + height, left : left + width] = True
    drawing[top + pen : top + height - pen, left + pen : left + width - pen] = False
    return drawing


def center(image: np.ndarray) -> tuple[float, float]:
    position = np.arange(28)
    return (
        float((image.sum(axis=1) * position).sum() / image.sum()),
        float((image.sum(axis=0) * position).sum() / image.sum()),
    )


def extent(image: np.ndarray) -> tuple[int, int]:
    return int((image.max(axis=1) > 0.3).sum()), int((image.max(axis=0) > 0.3).sum())


@pytest.mark.parametrize("drawing", [ring(20, 12, 1, 3, 2), ring(9, 7, 18, 20, 1), ring(26, 26, 1, 1, 3)])
def test_the_longest_side_becomes_twenty_and_the_center_of_mass_fourteen(drawing: np.ndarray) -> None:
    image = fit_drawing(drawing)
    assert max(extent(image)) == pytest.approx(20, abs=1)
    assert center(image) == pytest.approx((14.0, 14.0), abs=0.05)


def test_neither_place_nor_size_of_the_drawing_matters_much() -> None:
    large = fit_drawing(ring(24, 16, 2, 2, 3))
    small = fit_drawing(ring(8, 16 // 3, 19, 20, 1))
    assert np.abs(large - small).mean() < 0.05


def test_the_place_of_a_drawing_does_not_matter_at_all() -> None:
    assert fit_drawing(ring(10, 8, 0, 0, 2)) == pytest.approx(fit_drawing(ring(10, 8, 15, 11, 2)))


def test_thin_lines_grow_to_two_and_a_half_pixels() -> None:
    for pen, height in ((1, 20), (1, 10), (2, 26)):
        drawing = np.zeros((28, 28), dtype=bool)
        drawing[1 : 1 + height, 5 : 5 + pen] = True
        assert fit_drawing(drawing)[14].sum() == pytest.approx(max(2.5, pen * 20 / height), abs=0.5)


def test_thick_lines_are_left_as_they_are() -> None:
    drawing = np.zeros((28, 28), dtype=bool)
    drawing[4:24, 10:14] = True
    image = fit_drawing(drawing)
    assert image.sum() == pytest.approx(80)
    assert image[14].sum() == pytest.approx(4.0)


def test_a_large_picture_with_a_hairline_keeps_its_ink() -> None:
    image = fit_drawing(ring(280, 200, 5, 5, 2, side=300))
    assert image.max() == pytest.approx(1.0)
    assert max(extent(image)) == pytest.approx(20, abs=1)


def test_an_empty_drawing_is_refused_alone_and_stays_empty_among_others() -> None:
    with pytest.raises(DataError, match="empty"):
        fit_drawing(np.zeros((28, 28)))
    images = fit_drawings(np.stack([np.zeros((28, 28), dtype=bool), ring(8, 8, 3, 3, 1)]))
    assert images[0].sum() == 0.0
    assert images[1] == pytest.approx(fit_drawing(ring(8, 8, 3, 3, 1)))


def test_a_drawing_that_is_no_grid_is_refused() -> None:
    with pytest.raises(DataError, match="rows and columns"):
        fit_drawing(np.ones((3, 28, 28)))


@given(
    hnp.arrays(
        st.sampled_from([np.bool_, np.uint8, np.float32]),
        hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=60),
        elements={"min_value": 0, "max_value": 1},
    )
)
def test_any_drawing_with_ink_becomes_a_finite_image(drawing: np.ndarray) -> None:
    if not drawing.any():
        return
    image = fit_drawing(drawing)
    assert image.shape == (28, 28)
    assert np.isfinite(image).all()
    assert 0.0 <= image.min() <= image.max() <= 1.0 + 1e-9
    assert image.max() > 0.3


@pytest.mark.parametrize("shape", [(8, 8), (12, 20), (40, 30), (1, 1), (2, 3)])
def test_images_of_another_size_are_placed_in_proportion(shape: tuple[int, int]) -> None:
    image = fit_drawing(ring(100, 60, 30, 10, 20, side=200), shape)
    rows, columns = np.indices(shape) + 0.5

    assert image.shape == shape
    assert image.max() == pytest.approx(1.0)
    if min(shape) > 2:
        center = [float((image * axis).sum() / image.sum()) for axis in (rows, columns)]
        assert center == pytest.approx([side / 2 for side in shape], abs=0.3)
        assert (image > 0.05).any(axis=1).sum() == pytest.approx(20 / 28 * min(shape), abs=2)


def test_a_drawing_of_the_size_of_other_images_stays_as_it_is() -> None:
    drawing = np.zeros((12, 20), dtype=np.uint8)
    drawing[0, 3], drawing[11, 19] = 255, 51

    assert fit_drawing(drawing, (12, 20)) == pytest.approx(drawing / 255)
