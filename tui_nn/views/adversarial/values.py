"""What the view of pushed images asks of a run and gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EPSILONS = np.arange(51) / 100.0
"""How far each pixel can be pushed, of the way from paper (0) to ink (1)."""
FINE = 100
"""The smallest ε is looked for in so many parts of one step of EPSILONS."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class AdversarialRequest:
    """An image is to be pushed along the sign of the gradient."""

    drawing: NDArray[np.uint8] | None = None
    """(rows, columns), ink 0 to 255; None: a test image."""
    sample: int = 0
    """Which test image (training image, where there is no test set)."""
    target: int | None = None
    """The class that it is pushed towards; None: away from its own."""
    finds: bool = False
    """Whether the smallest ε that is misread is wanted."""


@dataclass(frozen=True, eq=False)
class Found:
    """The smallest ε that was looked for."""

    epsilon: float | None
    """None where no ε of EPSILONS is enough."""
    reading: int = 0
    probabilities: Floats | None = None
    """(n_classes,) of the image pushed so far; None without an ε."""


@dataclass(frozen=True, eq=False)
class Adversarial:
    """An image, which way each pixel is pushed, and how the network reads it at every step of the way."""

    image: Floats
    """(rows, columns), 0 paper to 1 ink."""
    direction: NDArray[np.int8]
    """(rows, columns): +1 towards ink, -1 towards paper, 0 where the loss does not change."""
    own: int
    """The true class; of a drawing, the class it is read as."""
    target: int | None
    """The class that it is pushed towards; None: away from its own."""
    probabilities: Floats
    """(len(EPSILONS), n_classes); of a loss whose outputs are no probabilities, these outputs."""
    has_probabilities: bool
    readings: NDArray[np.int64]
    """(len(EPSILONS),) classes."""
    class_names: tuple[str, ...]
    sample: int | None
    """Number of the test image; None for a drawing."""
    n_samples: int
    found: Found | None = None
    """None where nobody asked."""

    def is_misread(self, reading: int) -> bool:
        """Return whether a reading is what the push is for."""
        return reading != self.own if self.target is None else reading == self.target

    @property
    def is_stuck(self) -> bool:
        """Whether the gradient is zero everywhere, so that there is no direction."""
        return not self.direction.any()

    def at(self, epsilon: float) -> tuple[Floats, int]:
        """Return probabilities (n_classes,) and reading of the image pushed to ε, or to the nearest step."""
        found = self.found
        if found is not None and found.probabilities is not None and found.epsilon == epsilon:
            return found.probabilities, found.reading
        step = nearest_step(epsilon)
        return self.probabilities[step], int(self.readings[step])


def nearest_step(epsilon: float) -> int:
    """Return the number of the step in EPSILONS."""
    return int(np.abs(EPSILONS - epsilon).argmin())


def pushed(image: NDArray[np.floating], direction: NDArray[np.int8], epsilon: float) -> Floats:
    """Return x' = clip(x + ε direction, 0, 1) (Goodfellow, Shlens and Szegedy 2014)."""
    return np.clip(image + epsilon * direction, 0.0, 1.0).astype(np.float32)
