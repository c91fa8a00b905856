"""The best accuracy that any classifier can reach on fresh samples of each synthetic set.

The classifier meant here knows the true densities, or, where noise moves the class instead of the point, the
true probability of each class. Sums over grids, no random numbers; each takes some milliseconds at most.
"""

from __future__ import annotations

from math import erf, sqrt

import numpy as np

from tui_nn.data import playground_sets, shape_sets
from tui_nn.data.dataset import FloatArray
from tui_nn.data.density import bayes_accuracy, box, gaussian, smeared_density

_SHARP = 0.02
"""Below this noise, curves are so well separated that the grid would only add error."""


def no_ceiling(noise: float, n_classes: int) -> None:
    """Return None: regression has no accuracy."""


def gauss(noise: float, n_classes: int) -> float:
    """Return Phi(|m| / s) for means +-m = (2, 2) and standard deviation s."""
    return _normal_cdf(2.0 * sqrt(2.0) / sqrt(playground_sets.gauss_variance(noise)))


def blobs(noise: float, n_classes: int) -> float:
    """Return Phi(|m| / s) for means +-m = (1, 1)."""
    return _normal_cdf(sqrt(2.0) / sqrt(shape_sets.BLOB_VARIANCE + noise**2))


def clusters(noise: float, n_classes: int) -> float:
    """Return Phi(|m| / s) for means +-m = (1, 1, 1, 1)."""
    return _normal_cdf(sqrt(shape_sets.CLUSTER_INPUTS) / sqrt(shape_sets.CLUSTER_VARIANCE + noise**2))


def circle(noise: float, n_classes: int) -> float:
    """Return the mean over the points of max(p, 1 - p), p the chance that the jittered point is in the disc.

    p is the part of the square of half width 5 * noise around the point that the disc of radius 2.5 covers.
    It has the symmetries of the square, so an eighth of all angles is enough.
    """
    half_width = noise * playground_sets.RADIUS
    if half_width == 0.0:
        return 1.0
    reach = 0.5 * playground_sets.RADIUS
    steps = _midpoints(64)
    radius = np.concatenate([reach * steps, playground_sets.RADIUS * (0.7 + 0.3 * steps)])
    angle = 0.25 * np.pi * _midpoints(16)
    x = radius[:, None, None] * np.cos(angle)[:, None]
    y = radius[:, None, None] * np.sin(angle)[:, None]
    column = x + half_width * (2.0 * _midpoints(64) - 1.0)
    chord = np.sqrt(np.maximum(0.0, reach**2 - column**2))
    covered = np.minimum(chord, y + half_width) - np.maximum(-chord, y - half_width)
    inside = np.maximum(0.0, covered).mean(axis=2) / (2.0 * half_width)
    return float(np.maximum(inside, 1.0 - inside).mean())


def xor(noise: float, n_classes: int) -> float:
    """Return 1/2 + 2 m², m the mean over |x| of min(1/2, |x| / 2h), h = 5 * noise.

    A jitter U(-h, h) leaves the sign of x with chance 1/2 + min(1/2, |x| / 2h), independently for both axes.
    """
    half_width = noise * playground_sets.RADIUS
    if half_width == 0.0:
        return 1.0
    distance = playground_sets.AXIS_GAP + playground_sets.RADIUS * _midpoints(4096)
    margin = float(np.minimum(0.5, distance / (2.0 * half_width)).mean())
    return 0.5 + 2.0 * margin**2


def linear(noise: float, n_classes: int) -> float:
    """Return the mean chance that the sum of two jitters U(-h, h), h = 5 * noise, is below |x + y|."""
    width = 2.0 * noise * shape_sets.LINEAR_RADIUS
    if width == 0.0:
        return 1.0
    # u = |x + y| / 10 has the density 2 (1 - u), of which this is the inverse distribution function.
    distance = 2.0 * shape_sets.LINEAR_RADIUS * (1.0 - np.sqrt(1.0 - _midpoints(4096)))
    distance += sqrt(2.0) * shape_sets.LINEAR_GAP
    return float((1.0 - 0.5 * np.maximum(0.0, 1.0 - distance / width) ** 2).mean())


def spiral(noise: float, n_classes: int) -> float:
    """Return the Bayes accuracy of two arms, each point spread evenly over a square of half width noise."""
    if noise < _SHARP:
        return 1.0
    grid, step = _grid(playground_sets.RADIUS + noise, max(noise / 10.0, 0.025))
    arm = playground_sets.spiral_arm(_midpoints(2048), 0.0)
    density = smeared_density(grid, grid, arm, box(noise))
    # The other arm is this one turned by half a circle.
    return bayes_accuracy([density, density[::-1, ::-1]], step**2)


def moons(noise: float, n_classes: int) -> float:
    """Return the Bayes accuracy of two half circles smeared by a Gaussian of this standard deviation."""
    if noise < _SHARP:
        return 1.0
    margin = 5.0 * noise
    step = noise / 3.0
    x = np.arange(-1.0 - margin, 2.0 + margin, step)
    y = np.arange(-0.5 - margin, 1.0 + margin, step)
    angle = np.pi * _midpoints(256)
    densities = [
        smeared_density(x, y, shape_sets.moon_curve(angle, moon), gaussian(noise)) for moon in (0, 1)
    ]
    return bayes_accuracy(densities, step**2)


def rings(noise: float, n_classes: int) -> float:
    """Return the Bayes accuracy of smeared circles, which depends on the distance from the center alone."""
    if noise < _SHARP:
        return 1.0
    step = noise / 8.0
    distance = np.arange(0.5 * step, shape_sets.RING_SPACING * n_classes + 6.0 * noise, step)
    angle = 2.0 * np.pi * _midpoints(512)
    kernel = gaussian(noise)
    densities = []
    for ring in range(1, n_classes + 1):
        radius = shape_sets.RING_SPACING * ring
        x = distance[:, None] - radius * np.cos(angle)
        density = (kernel(x) * kernel(radius * np.sin(angle))).mean(axis=1)
        densities.append(density * 2.0 * np.pi * distance)
    return bayes_accuracy(densities, step)


def pinwheel(noise: float, n_classes: int) -> float:
    """Return the Bayes accuracy of the blades before the twist, which preserves densities."""
    if noise == 0.0:
        return 1.0
    radial = shape_sets.PINWHEEL_RADIAL_DEVIATION
    across = max(noise, _SHARP)
    step = min(radial, across) / 3.0
    grid = np.arange(-2.5 - 5.0 * noise, 2.5 + 5.0 * noise, max(step, 0.02))
    x, y = grid, grid[:, None]
    densities = []
    for blade in range(n_classes):
        angle = 2.0 * np.pi * blade / n_classes
        along = x * np.cos(angle) + y * np.sin(angle) - shape_sets.PINWHEEL_RADIUS
        aside = y * np.cos(angle) - x * np.sin(angle)
        densities.append(gaussian(radial)(along) * gaussian(across)(aside))
    return bayes_accuracy(densities, 1.0)


def _normal_cdf(z: float) -> float:
    return 0.5 * (1.0 + erf(z / sqrt(2.0)))


def _midpoints(count: int) -> FloatArray:
    """Return the middles (count,) of equal parts of 0 .. 1."""
    return (np.arange(count) + 0.5) / count


def _grid(reach: float, step: float) -> tuple[FloatArray, float]:
    """Return points symmetric about 0, up to reach, and their distance, at most step."""
    count = 2 * int(np.ceil(reach / step))
    return reach * (2.0 * _midpoints(count) - 1.0), 2.0 * reach / count
