from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import key_drawings
from tui_nn.data.frame import IMAGE_SIZE


def test_drawings_are_whole_cells_with_small_and_large_digits_anywhere() -> None:
    drawings = key_drawings.draw_raw(np.arange(1000) % 10, np.random.default_rng(0))
    assert drawings.dtype == bool
    assert drawings.any(axis=(1, 2)).all()
    heights = drawings.any(axis=2).sum(axis=1)
    assert heights.min() <= 11
    assert heights.max() >= 24
    assert drawings.mean(axis=0).min() > 0.0


@pytest.mark.parametrize("digit", range(10))
def test_lines_have_no_gaps(digit: int) -> None:
    drawings = key_drawings.draw_raw(np.full(150, digit), np.random.default_rng(digit))
    # A digit is one piece or, where the pen was lifted, a few; a line with gaps would be many.
    assert max(map(pieces, drawings)) <= 3


def pieces(drawing: np.ndarray) -> int:
    """Count groups of cells that touch by sides or corners."""
    left = {(int(row), int(column)) for row, column in np.argwhere(drawing)}
    count = 0
    while left:
        count += 1
        found = [left.pop()]
        while found:
            row, column = found.pop()
            near = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            found += near
    return count


def test_prepared_drawings_fit_the_frame() -> None:
    images = key_drawings.draw(np.arange(300) % 10, np.random.default_rng(0))
    assert images.shape == (300, IMAGE_SIZE, IMAGE_SIZE)
    assert images.max(axis=(1, 2)) == pytest.approx(np.ones(300))


def test_the_same_seed_draws_the_same() -> None:
    first, again = (key_drawings.draw(np.arange(30) % 10, np.random.default_rng(4)) for _ in range(2))
    assert first.tobytes() == again.tobytes()


def test_no_digits_are_no_drawings() -> None:
    assert key_drawings.draw(np.zeros(0, dtype=np.int64), np.random.default_rng(0)).shape == (0, 28, 28)
