"""Sets of digits made without any download: handwriting, and drawings as keys make them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from tui_nn.data.dataset import ClassArray, Dataset, FloatArray, ImageArray, Rng
from tui_nn.data.errors import DataError
from tui_nn.data.frame import DIGIT_NAMES, IMAGE_SIZE

DRAWN_FRACTION = 0.25
"""Part of the generated digits that is drawn with keys: costs nothing on MNIST, and makes drawings work."""
_CHUNK = 4096
"""Digits made at a time, so that memory stays small."""


def generate_digits(
    samples: int, rng: Rng, drawn_fraction: float = DRAWN_FRACTION
) -> tuple[ImageArray, ClassArray]:
    """Return images (samples, 28, 28) uint8, ink 0 .. 255, and digits (samples,), balanced and shuffled.

    Raises DataError for fewer than one sample or a fraction outside 0 .. 1.
    """
    from tui_nn.data import handwriting, key_drawings  # large alphabets, which most runs never read

    if samples < 1:
        raise DataError(f"samples must be at least 1, not {samples}")
    if not 0.0 <= drawn_fraction <= 1.0:
        raise DataError(f"the fraction of drawn digits must be from 0 to 1, not {drawn_fraction}")
    digits = (rng.permutation(samples) % 10).astype(np.int64)
    images = np.empty((samples, IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)
    for start in range(0, samples, _CHUNK):
        chunk = digits[start : start + _CHUNK]
        is_drawn = rng.random(len(chunk)) < drawn_fraction
        ink = handwriting.write(chunk, rng)
        ink[is_drawn] = key_drawings.draw(chunk[is_drawn], rng)
        images[start : start + _CHUNK] = to_pixels(ink)
    return images, digits


def add_training_images(dataset: Dataset, images: ImageArray, classes: ClassArray) -> Dataset:
    """Return the set with images (n, height, width) and classes (n,) added to its training part.

    Where the set has a given split they follow the training rows, otherwise the last row. Raises DataError
    where they do not fit the set's images or classes.
    """
    if images.shape[1:] != dataset.inputs.shape[1:]:
        raise DataError(f"{dataset.name} has images {dataset.inputs.shape[1:]}, not {images.shape[1:]}")
    if len(classes) and not 0 <= classes.min() <= classes.max() < dataset.n_classes:
        raise DataError(f"{dataset.name} has classes 0 to {dataset.n_classes - 1}, not {classes.max()}")
    at = dataset.n_samples if dataset.n_given_train is None else dataset.n_given_train
    return replace(
        dataset,
        inputs=np.concatenate([dataset.inputs[:at], images, dataset.inputs[at:]]),
        targets=np.concatenate([dataset.targets[:at], classes, dataset.targets[at:]]),
        n_given_train=None if dataset.n_given_train is None else at + len(classes),
    )


def mix_drawn(dataset: Dataset, fraction: float, rng: Rng) -> Dataset:
    """Return a set of 28 x 28 digits with drawn ones added: this fraction of its training part.

    Raises DataError for a fraction outside 0 .. 1, or a set that is not of such digits.
    """
    if not 0.0 <= fraction <= 1.0:
        raise DataError(f"the fraction of drawn digits must be from 0 to 1, not {fraction}")
    if dataset.class_names != DIGIT_NAMES:
        raise DataError(f"{dataset.name} is not a set of digit images: drawn digits cannot be mixed in")
    n_train = dataset.n_samples if dataset.n_given_train is None else dataset.n_given_train
    if not (count := round(fraction * n_train)):
        return dataset
    return add_training_images(dataset, *generate_digits(count, rng, drawn_fraction=1.0))


def to_pixels(ink: FloatArray) -> ImageArray:
    """Return ink 0 .. 1 as uint8 0 .. 255."""
    pixels: ImageArray = np.rint(255.0 * ink).astype(np.uint8)
    return pixels


def pixel_values(images: ImageArray, dtype: npt.DTypeLike = np.float32) -> NDArray[Any]:
    """Return images (n, ...) uint8 as what a network is given: (n, pixels), 0 .. 255 divided by 255."""
    flat = images.reshape(len(images), -1).astype(dtype)
    flat /= 255.0
    return flat
