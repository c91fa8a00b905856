"""What every source of data hands over: inputs, targets, and what is known about them.

Values here are raw (coordinates of the plane, or pixels); features, splitting and scaling are separate steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Task: TypeAlias = Literal["classification", "regression"]
FloatArray: TypeAlias = NDArray[np.float64]
ClassArray: TypeAlias = NDArray[np.int64]
ImageArray: TypeAlias = NDArray[np.uint8]
Rng: TypeAlias = "np.random.Generator"  # as text: numpy.random is loaded when it is used


Domain = tuple[tuple[float, float], tuple[float, float]]
"""The ranges of both axes of a plane, across and up."""


def square(low: float, high: float) -> Domain:
    """Return the same range for both axes."""
    return (low, high), (low, high)


@dataclass(frozen=True, eq=False)
class Dataset:
    """A set of samples, one per row."""

    name: str
    task: Task
    inputs: NDArray[Any]
    """(n_samples, n_inputs) float64 coordinates, or (n_samples, height, width) uint8 images."""
    targets: NDArray[Any]
    """(n_samples,): int64 classes 0 .. n_classes - 1, or float64 values for regression."""
    class_names: tuple[str, ...] = ()
    """One name per class; empty for regression."""
    input_names: tuple[str, ...] = ("x", "y")
    """One name per column of flat inputs; empty for images."""
    domain: Domain | None = None
    """((low, high), (low, high)): what a map shows of the first input and of the second; None for images."""
    best_possible_accuracy: float | None = None
    """The fraction that no classifier can beat on fresh samples; None where unknown, or for regression."""
    target_name: str = "target"
    """What the targets are called."""
    scales_target: bool = False
    """Whether targets are learned standardized, and answered in their own units."""
    n_given_train: int | None = None
    """Where a set comes already split: so many of the first rows are for training, the others for testing."""

    @property
    def n_samples(self) -> int:
        """Return the number of rows."""
        return len(self.targets)

    @property
    def n_classes(self) -> int:
        """Return the number of classes, 0 for regression."""
        return len(self.class_names)

    @property
    def is_images(self) -> bool:
        """Return whether each sample is a picture rather than a list of coordinates."""
        return self.inputs.ndim > 2
