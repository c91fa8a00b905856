from __future__ import annotations

import numpy as np
import pytest

from tui_nn.data import (
    DIGITS,
    DataError,
    Dataset,
    add_training_images,
    generate_digits,
    mix_drawn,
    pixel_values,
    to_pixels,
)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def given_set(n_train: int = 30, n_test: int = 10) -> Dataset:
    images, digits = generate_digits(n_train + n_test, rng())
    return Dataset("given", "classification", images, digits, tuple("0123456789"), (), n_given_train=n_train)


def test_generated_digits_are_balanced_and_shuffled() -> None:
    images, digits = generate_digits(1005, rng())
    assert images.shape == (1005, 28, 28)
    assert images.dtype == np.uint8
    counts = np.bincount(digits, minlength=10)
    assert counts.max() - counts.min() <= 1
    assert len(set(digits[:40])) == 10


def test_the_same_seed_gives_the_same_bytes_over_several_chunks() -> None:
    first, again = (generate_digits(4500, rng(3)) for _ in range(2))
    assert first[0].tobytes() == again[0].tobytes()
    assert first[1].tolist() == again[1].tolist()


def test_drawn_digits_can_be_none_or_all() -> None:
    # Handwriting is shifted at random, a fitted drawing has its center of mass at 14.
    def offset(fraction: float) -> float:
        images = generate_digits(400, rng(), fraction)[0].astype(float)
        row = (images.sum(axis=2) * np.arange(28)).sum(axis=1) / images.sum(axis=(1, 2))
        return float(np.abs(row - 14.0).mean())

    assert offset(0.0) > 0.5
    assert offset(1.0) < 0.15


def test_the_kind_makes_a_data_set_of_images() -> None:
    data = DIGITS.generate(40, 0.1, 10, rng())
    assert (data.name, data.n_samples, data.n_classes) == ("digits", 40, 10)
    assert data.is_images
    assert data.domain is None
    assert data.best_possible_accuracy is None
    assert DIGITS.n_inputs == 784
    assert not DIGITS.plane
    with pytest.raises(DataError, match="digits has 10 classes, not 2"):
        DIGITS.generate(40, 0.1, 2, rng())


def test_drawn_digits_join_the_training_part_only() -> None:
    data = given_set()
    mixed = mix_drawn(data, 0.2, rng())
    assert mixed.n_given_train == 36
    assert mixed.n_samples == 46
    assert (mixed.inputs[:30] == data.inputs[:30]).all()
    assert (mixed.inputs[36:] == data.inputs[30:]).all()
    assert (mixed.targets[36:] == data.targets[30:]).all()
    assert mix_drawn(data, 0.0, rng()) is data


def test_a_set_without_a_given_split_grows_at_its_end() -> None:
    data = DIGITS.generate(20, 0.0, 10, rng())
    mixed = mix_drawn(data, 0.5, rng())
    assert mixed.n_samples == 30
    assert mixed.n_given_train is None


def test_what_does_not_fit_is_not_mixed_in() -> None:
    data = given_set()
    with pytest.raises(DataError, match="from 0 to 1"):
        mix_drawn(data, 1.5, rng())
    with pytest.raises(DataError, match="images"):
        add_training_images(data, np.zeros((1, 8, 8), dtype=np.uint8), np.array([1]))
    with pytest.raises(DataError, match="classes 0 to 9, not 12"):
        add_training_images(data, np.zeros((1, 28, 28), dtype=np.uint8), np.array([12]))
    clothes = Dataset("fashion", "classification", data.inputs, data.targets, ("coat", "bag"), ())
    with pytest.raises(DataError, match="fashion is not a set of digit images"):
        mix_drawn(clothes, 0.2, rng())


def test_pixels_and_ink_agree() -> None:
    ink = np.array([[[0.0, 0.5], [0.25, 1.0]]])
    pixels = to_pixels(ink)
    assert pixels.tolist() == [[[0, 128], [64, 255]]]
    values = pixel_values(pixels)
    assert values.dtype == np.float32
    assert values[0] == pytest.approx(ink.ravel(), abs=0.003)
    assert pixel_values(pixels, np.float64).dtype == np.float64


@pytest.mark.parametrize(("samples", "fraction"), [(0, 0.2), (10, -0.1), (10, float("nan"))])
def test_impossible_requests_are_refused(samples: int, fraction: float) -> None:
    with pytest.raises(DataError):
        generate_digits(samples, rng(), fraction)
