"""The six sets of TensorFlow Playground, with its formulas (dataset.ts), on the square -6 .. 6.

Each function takes (samples, noise, n_classes, rng) and returns inputs (samples, 2) float64 and targets
(samples,), int64 classes or float64 values. Class 1 is the playground's +1, class 0 its -1; n_classes is
always two and is ignored. Rows come class by class where classes are drawn apart, so split or shuffle them.
"""

from __future__ import annotations

import numpy as np

from tui_nn.data.dataset import ClassArray, FloatArray, Rng

RADIUS = 5.0
"""Half the side of the square, or the radius of the disc, that the points fill."""
AXIS_GAP = 0.3
"""How far xor's points are pushed away from each axis."""
SPIRAL_TURNS = 1.75
REGRESSION_RADIUS = 6.0
REGRESSION_BUMPS = (
    (-4.0, 2.5, 1.0),
    (0.0, 2.5, -1.0),
    (4.0, 2.5, 1.0),
    (-4.0, -2.5, -1.0),
    (0.0, -2.5, 1.0),
    (4.0, -2.5, -1.0),
)
"""(x, y, sign) of the bumps of reg-gauss."""
BUMP_RADIUS = 2.0


def gauss_variance(noise: float) -> float:
    """Return the variance of each cloud of gauss: 0.5 at noise 0, 4 at 0.5, linear between and beyond."""
    return 0.5 + 7.0 * noise


def circle(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw a disc in a ring: radius U(0, 2.5) or U(3.5, 5); class 1 where the jittered point is within 2.5.

    The jitter U(-5, 5) * noise on x and y moves the class, never the point.
    """
    n_inner = samples // 2
    n_outer = samples - n_inner
    radius = np.concatenate(
        [rng.uniform(0.0, 0.5 * RADIUS, n_inner), rng.uniform(0.7 * RADIUS, RADIUS, n_outer)]
    )
    angle = rng.uniform(0.0, 2.0 * np.pi, samples)
    inputs = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    jittered = inputs + noise * rng.uniform(-RADIUS, RADIUS, (samples, 2))
    return inputs, (np.hypot(jittered[:, 0], jittered[:, 1]) < 0.5 * RADIUS).astype(np.int64)


def xor(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw U(-5, 5) on both axes, pushed 0.3 off them; class 1 where (x + n)(y + n') >= 0.

    The jitters n and n' are U(-5, 5) * noise.
    """
    inputs = rng.uniform(-RADIUS, RADIUS, (samples, 2))
    inputs += np.where(inputs > 0.0, AXIS_GAP, -AXIS_GAP)
    jittered = inputs + noise * rng.uniform(-RADIUS, RADIUS, (samples, 2))
    return inputs, (jittered[:, 0] * jittered[:, 1] >= 0.0).astype(np.int64)


def gauss(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw class 1 from N((2, 2), v I) and class 0 from N((-2, -2), v I), v = 0.5 + 7 noise."""
    classes = _halves(samples)
    centers = np.where(classes == 1, 2.0, -2.0)[:, None]
    return centers + np.sqrt(gauss_variance(noise)) * rng.standard_normal((samples, 2)), classes


def spiral_arm(position: FloatArray, start_angle: float) -> FloatArray:
    """Return points (n, 2) of an arm at positions p (n,) in 0 .. 1: r = 5 p, t = 3.5 pi p + start_angle."""
    radius = RADIUS * position
    angle = SPIRAL_TURNS * 2.0 * np.pi * position + start_angle
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def spiral(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, ClassArray]:
    """Draw two arms: class 1 starts at angle 0 and class 0 at pi; U(-1, 1) * noise is added to x and y."""
    classes = _halves(samples)
    n_first = int(classes.sum())
    n_second = samples - n_first
    inputs = np.concatenate(
        [
            spiral_arm(np.arange(n_first) / n_first, 0.0),
            spiral_arm(np.arange(n_second) / max(n_second, 1), np.pi),
        ]
    )
    return inputs + noise * rng.uniform(-1.0, 1.0, (samples, 2)), classes


def reg_plane(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, FloatArray]:
    """Draw U(-6, 6) on both axes; the target is (x + n + y + n') / 10, n = U(-6, 6) * noise."""
    inputs = rng.uniform(-REGRESSION_RADIUS, REGRESSION_RADIUS, (samples, 2))
    jittered = inputs + noise * rng.uniform(-REGRESSION_RADIUS, REGRESSION_RADIUS, (samples, 2))
    return inputs, jittered.sum(axis=1) / 10.0


def reg_gauss(samples: int, noise: float, n_classes: int, rng: Rng) -> tuple[FloatArray, FloatArray]:
    """Draw U(-6, 6) on both axes; the target is that bump which is largest in size at the jittered point.

    A bump is its sign times max(0, 1 - d / 2), d the distance to its center; the jitter is U(-6, 6) * noise.
    """
    inputs = rng.uniform(-REGRESSION_RADIUS, REGRESSION_RADIUS, (samples, 2))
    jittered = inputs + noise * rng.uniform(-REGRESSION_RADIUS, REGRESSION_RADIUS, (samples, 2))
    centers = np.array(REGRESSION_BUMPS)
    distance = np.hypot(jittered[:, :1] - centers[:, 0], jittered[:, 1:] - centers[:, 1])
    bumps = centers[:, 2] * np.maximum(0.0, 1.0 - distance / BUMP_RADIUS)
    largest = np.abs(bumps).argmax(axis=1)
    return inputs, bumps[np.arange(samples), largest]


def _halves(samples: int) -> ClassArray:
    """Return (samples,) classes: 1 for the first half (and the odd one), 0 for the rest."""
    return (np.arange(samples) < (samples + 1) // 2).astype(np.int64)
