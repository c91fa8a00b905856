from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tui_nn.data.handwriting import DEFAULT_HAND, strokes, write

STILL = replace(DEFAULT_HAND, shift=0.0)


def centers(images: np.ndarray) -> np.ndarray:
    position = np.arange(28)
    total = images.sum(axis=(1, 2))
    return np.column_stack(
        [
            (images.sum(axis=1) * position).sum(axis=1) / total,
            (images.sum(axis=2) * position).sum(axis=1) / total,
        ]
    )


def test_images_are_ink_from_none_to_full() -> None:
    images = write(np.arange(50) % 10, np.random.default_rng(0))
    assert images.shape == (50, 28, 28)
    assert images.min() == 0.0
    assert images.max() == 1.0


def test_the_same_seed_writes_the_same_bits() -> None:
    first, again, other = (write(np.arange(20) % 10, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_digits_are_placed_as_in_mnist() -> None:
    images = write(np.arange(500) % 10, np.random.default_rng(0), STILL)
    # Crossing strokes are not darker, so the center of mass of the image is only nearly that of the strokes.
    assert np.abs(centers(images) - 14.0).mean() < 0.15
    assert centers(images).mean(axis=0) == pytest.approx([14.0, 14.0], abs=0.1)
    has_ink = images > 0.3
    sides = np.maximum(has_ink.any(axis=1).sum(axis=1), has_ink.any(axis=2).sum(axis=1))
    assert np.median(sides) == pytest.approx(20, abs=1)


def test_the_mean_ink_is_near_that_of_mnist() -> None:
    images = write(np.arange(2000) % 10, np.random.default_rng(0))
    assert images.mean() == pytest.approx(0.130, abs=0.012)


def test_the_random_shift_has_its_deviation() -> None:
    images = write(np.arange(2000) % 10, np.random.default_rng(0), replace(DEFAULT_HAND, shift=1.0))
    assert (centers(images) - 14.0).std() == pytest.approx(1.0, abs=0.1)


def slants() -> np.ndarray:
    """Return the shear to the right of each digit, in widths a height, as the mean writer leans it."""
    upright, leaning = (
        strokes(np.arange(10), np.random.default_rng(0), replace(DEFAULT_HAND, shear=0.0, turn=0.0, **limits))
        for limits in ({"min_shear": 0.0, "max_shear": 0.0}, {})
    )
    return -(leaning[0] - upright[0])[:, 0] / (upright[1][:, 0] - 50.0)


def test_digits_lean_as_the_hand_does_and_each_a_little_of_its_own() -> None:
    own = slants() - DEFAULT_HAND.lean

    assert own.mean() == pytest.approx(0.0, abs=0.02)
    assert np.abs(own).max() <= 0.1 + 1e-9
    assert own.argmax() == 1, "in MNIST ones lean most, sixes least"
    assert own.argmin() == 6


def test_a_wider_pen_leaves_more_ink() -> None:
    thin, bold = (
        write(np.arange(200) % 10, np.random.default_rng(0), replace(DEFAULT_HAND, pen=pen)).mean()
        for pen in (1.6, 3.0)
    )
    assert bold > 1.3 * thin


def test_no_digits_are_no_images() -> None:
    assert write(np.zeros(0, dtype=np.int64), np.random.default_rng(0)).shape == (0, 28, 28)
