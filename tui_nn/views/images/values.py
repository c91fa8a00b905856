"""What a screen of images asks of a run and gets: readings of images, filters, the errors on the test set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Image = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class ImageRequest:
    """What the next snapshot is to hold of images."""

    drawing: Image | None = None
    """An image (rows, columns) as the network is to see it, to be read."""
    sample: int | None = None
    """Which test image (which training image, where there is no test set) is to be read."""
    n_filters: int = 0
    """How many filters of the first layer are wanted."""
    errors: bool = False
    """Whether the confusion matrix and test images are wanted."""
    pair: tuple[int, int] | None = None
    """A (true class, answer) whose images are wanted alone; None: all that are read wrongly, or all."""
    only_wrong: bool = True
    """Whether images that are read rightly are left out, where no pair is asked for."""


@dataclass(frozen=True, eq=False)
class Reading:
    """How the network reads one image."""

    image: Image
    """(rows, columns), ink 0 to 255."""
    probabilities: Floats
    """(n_classes,)"""
    activations: tuple[Floats, ...]
    """Of each layer after the input: (units,), or (filters, rows, columns) of a layer of images."""
    label: int | None = None
    """The true class, where it is known."""


@dataclass(frozen=True, eq=False)
class Errors:
    """How the test set was read, at one step."""

    confusion: NDArray[np.int64]
    """(n_classes, n_classes): how often a true class (row) was read as a class (column)."""
    n_wrong: int
    samples: NDArray[np.int64]
    """(n,) the test samples that were asked for; wrong answers come the surest first."""
    truths: NDArray[np.int64]
    answers: NDArray[np.int64]
    certainties: Floats
    images: NDArray[np.uint8]
    """(m, rows, columns): the first m of them, m at most MOST_IMAGES."""
    n_tested: int
    """The first so many of the set: those of which the metrics beside it are."""
    step: int = 0


MOST_IMAGES = 120
"""Test images that are sent at once."""


@dataclass(frozen=True, eq=False)
class ImageMoment:
    """What was asked of images."""

    n_samples: int
    """Test images that can be looked at."""
    class_names: tuple[str, ...]
    drawing: Reading | None = None
    sample: Reading | None = None
    filters: Floats | None = None
    """(n, rows, columns) weights of the first neurons or filters; empty where the layer has none."""
    errors: Errors | None = None
