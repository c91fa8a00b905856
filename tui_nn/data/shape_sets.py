"""The other synthetic sets: blobs, moons, linear, rings, pinwheel and clusters.

Each function takes (samples, noise, n_classes, rng) and returns inputs (samples, n_inputs) float64 and
classes (samples,) int64. Class counts differ by one at most, except in linear, where chance decides. Rows
come class by class, so split or shuffle them.
"""

from __future__ import annotations

import numpy as np

from tui_nn.data.dataset import ClassArray, FloatArray, Rng
from tui_nn.data.errors import DataError

BLOB_VARIANCE = 0.35
CLUSTER_VARIANCE = 0.25
CLUSTER_INPUTS = 4
LINEAR_RADIUS = 5.0
LINEAR_GAP = 0.3
"""How far the points of linear are pushed away from the line x + y = 0."""
RING_SPACING = 0.5
PINWHEEL_RADIUS = 1.0
PINWHEEL_RADIAL_DEVIATION = 0.3
PINWHEEL_TWIST = 0.25


def blobs(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw class 0 from N((-1, -1), v I) and class 1 from N((1, 1), v I), v = 0.35 + noise²."""
    classes = _shares(samples, 2)
    means = np.where(classes == 1, 1.0, -1.0)[:, None]
    return means + np.sqrt(BLOB_VARIANCE + noise**2) * rng.standard_normal((samples, 2)), classes


def clusters(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw four inputs: class 0 around -1 and class 1 around +1 on each axis, variance 0.25 + noise²."""
    classes = _shares(samples, 2)
    means = np.where(classes == 1, 1.0, -1.0)[:, None]
    deviation = np.sqrt(CLUSTER_VARIANCE + noise**2)
    return means + deviation * rng.standard_normal((samples, CLUSTER_INPUTS)), classes


def moon_curve(angle: FloatArray, moon: int) -> FloatArray:
    """Return points (n, 2) of the upper moon, 0: (cos t, sin t), or lower, 1: (1 - cos t, 1/2 - sin t)."""
    if moon == 0:
        return np.column_stack([np.cos(angle), np.sin(angle)])
    return np.column_stack([1.0 - np.cos(angle), 0.5 - np.sin(angle)])


def moons(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw two half circles at evenly spaced angles, as make_moons does; noise is a standard deviation."""
    n_upper = samples // 2
    inputs = np.concatenate(
        [
            moon_curve(np.linspace(0.0, np.pi, n_upper), 0),
            moon_curve(np.linspace(0.0, np.pi, samples - n_upper), 1),
        ]
    )
    classes = (np.arange(samples) >= n_upper).astype(np.int64)
    return inputs + noise * rng.standard_normal((samples, 2)), classes


def linear(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw U(-5, 5) on both axes, pushed 0.3 off the line x + y = 0; class 1 is above the line.

    As in xor, U(-5, 5) * noise on x and y moves the class, never the point.
    """
    inputs = rng.uniform(-LINEAR_RADIUS, LINEAR_RADIUS, (samples, 2))
    side = np.where(inputs.sum(axis=1) > 0.0, 1.0, -1.0)[:, None]
    inputs += side * LINEAR_GAP / np.sqrt(2.0)
    jittered = inputs + noise * rng.uniform(-LINEAR_RADIUS, LINEAR_RADIUS, (samples, 2))
    return inputs, (jittered.sum(axis=1) >= 0.0).astype(np.int64)


def rings(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw circles of radius 0.5, 1.0, 1.5 ... around 0; noise is the standard deviation added to x and y.

    Two classes are make_circles with factor 0.5, the inner one being class 0.
    """
    classes = _shares(samples, n_classes)
    radius = RING_SPACING * (classes + 1)
    angle = np.concatenate(
        [
            np.arange(count) * (2.0 * np.pi / max(count, 1))
            for count in np.bincount(classes, minlength=n_classes)
        ]
    )
    inputs = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return inputs + noise * rng.standard_normal((samples, 2)), classes


def pinwheel(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw one Gaussian blade per class, turned to 2 pi k / n_classes, then twisted by 0.25 exp(radius).

    A blade is N(1, 0.3²) outward and N(0, noise²) across. The twist depends on the distance from 0 alone, so
    it preserves areas and densities.
    """
    classes = _shares(samples, n_classes)
    outward = PINWHEEL_RADIUS + PINWHEEL_RADIAL_DEVIATION * rng.standard_normal(samples)
    across = noise * rng.standard_normal(samples)
    radius = np.hypot(outward, across)
    angle = np.arctan2(across, outward) + 2.0 * np.pi * classes / n_classes + PINWHEEL_TWIST * np.exp(radius)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), classes


def general(
    n_inputs: int, clusters: int, separation: float, samples: int, noise: float, n_classes: int, rng: Rng
) -> tuple[FloatArray, ClassArray]:
    """Draw clusters on corners of a cube, in the manner of scikit-learn's make_classification (Guyon 2003).

    Each class has so many clusters of n_inputs numbers: N(0, A Aᵀ), A ∈ U(-1, 1), around a corner of its own
    at +-separation. A part `noise` of the samples is given a class anew by chance, as by flip_y there: nobody
    is right more often than 1 - noise (1 - 1 / n_classes). Raises DataError for more clusters than corners.
    """
    n_clusters = n_classes * clusters
    if n_clusters > 1 << n_inputs:
        raise DataError(f"{n_inputs} inputs have {1 << n_inputs} corners for clusters, not {n_clusters}")
    chosen = rng.choice(1 << n_inputs, n_clusters, replace=False)
    signs = 2.0 * ((chosen[:, None] >> np.arange(n_inputs)) & 1) - 1.0
    classes = _shares(samples, n_classes)
    cluster = classes * clusters + np.arange(samples) % clusters
    shapes = rng.uniform(-1.0, 1.0, (n_clusters, n_inputs, n_inputs))
    inputs = rng.standard_normal((samples, n_inputs))
    for number in range(n_clusters):
        rows = cluster == number
        inputs[rows] = inputs[rows] @ shapes[number] + separation * signs[number]
    by_chance = rng.random(samples) < noise
    classes[by_chance] = rng.integers(0, n_classes, int(by_chance.sum()))
    return inputs, classes


def _shares(samples: int, n_classes: int) -> ClassArray:
    """Return (samples,) ascending classes whose counts differ by one at most."""
    return np.arange(samples, dtype=np.int64) * n_classes // max(samples, 1)
