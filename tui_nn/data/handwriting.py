"""Digits as by hand: skeletons with shaken points, bent, sheared and turned, drawn with a soft pen.

What a variation is worth was measured by training on such digits alone and testing on MNIST: the variety of
skeletons matters most, then their shaking, the shear and the random shift. All random numbers are bounded:
tails make digits that nobody can read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tui_nn.data.curves import sampling_matrix
from tui_nn.data.dataset import ClassArray, FloatArray, Rng
from tui_nn.data.frame import CENTER, INK_SIZE
from tui_nn.data.skeletons import HANDWRITTEN, parse_skeleton
from tui_nn.data.splat import blur, splat

N_SAMPLES = 112
"""Points along the strokes of a digit."""
WIDTHS = (1.28, 0.5, 1.21, 1.15, 1.15, 1.3, 1.1, 1.26, 1.05, 0.98)
"""Mean width of each digit, relative to its skeletons, such that second moments match MNIST's."""
LEANS = (0.06, 0.1, -0.02, -0.07, 0.04, -0.05, -0.08, -0.07, -0.04, -0.01)
"""Mean shear of each digit beyond that of all, likewise."""
PENS = (1.15, 0.8, 1.05, 1.02, 0.95, 0.97, 1.05, 1.02, 0.9, 0.9)
"""Mean width of the pen in each digit relative to all: small writing is enlarged with its lines."""
_BLUR = 0.8
"""Deviation of the blurred line from which the distance to it is read, in pixels."""
_CAP = 1.5
"""Ink at the end of a stroke, in pixels of line, which rounds it."""


@dataclass(frozen=True)
class Hand:
    """How much writers differ; standard deviations, unless named otherwise."""

    shake: float = 4.4
    """Of each control point, in hundredths of the height."""
    wave: float = 3.8
    """Of the size of three waves that run through the digit, in hundredths of the height."""
    taper: float = 0.17
    """Of the change of width from the middle to the foot, relative; the top changes the other way."""
    waist: float = 0.04
    """Of how far the middle moves up or down, in heights."""
    aspect: float = 0.22
    """Of the logarithm of the width."""
    narrowest: float = 0.42
    """Least width of a digit other than 1, in heights, before it is sheared."""
    widest: float = 1.5
    lean: float = 0.14
    """Mean shear to the right, in widths a height."""
    shear: float = 0.24
    min_shear: float = -0.3
    max_shear: float = 0.7
    turn: float = 0.08
    """Of the rotation, in radians."""
    shift: float = 0.9
    """Of the center of mass, in pixels."""
    pen: float = 2.25
    """Mean width of the pen, in pixels."""
    pen_spread: float = 0.24
    """Of the logarithm of the width of the pen."""
    min_pen: float = 1.4
    max_pen: float = 4.2
    max_fill: float = 0.3
    """Widest pen, as a part of the width of the digit, so that loops stay open."""
    bold_one: float = 1.7
    """Up to how much thicker the pen may be in a 1, which has nothing to fill."""
    edge: float = 1.2
    """Width of the gray edge of a line, in pixels."""


DEFAULT_HAND = Hand()


def write(digits: ClassArray, rng: Rng, hand: Hand = DEFAULT_HAND) -> FloatArray:
    """Return images (n, 28, 28), ink 0 .. 1, of the digits (n,), each in a random way of writing."""
    x, y, narrowness = strokes(digits, rng, hand)
    pen = _pens(digits, narrowness, rng, hand)
    longest = np.maximum(np.ptp(x, axis=1), np.ptp(y, axis=1))
    scale = ((INK_SIZE - pen) / longest)[:, None]
    x, y = x * scale, y * scale
    ink = _ink(x, y)
    total = ink.sum(axis=1, keepdims=True)
    shift = hand.shift * _bounded(rng, (2, len(digits), 1))
    x += CENTER + shift[0] - (ink * x).sum(axis=1, keepdims=True) / total
    y += CENTER + shift[1] - (ink * y).sum(axis=1, keepdims=True) / total
    return _draw(splat(x, y, ink), pen, hand.edge)


def strokes(
    digits: ClassArray, rng: Rng, hand: Hand = DEFAULT_HAND
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return x and y (n, N_SAMPLES) along the strokes of digits (n,), about 100 units high, y down.

    The third array (n,) is each digit's width in heights before it was sheared.
    """
    x, y = _skeletons(digits, rng, hand)
    x, y = _warp(x, y, rng, hand)
    return _slant(x, y, digits, rng, hand)


@lru_cache(maxsize=1)
def _alphabet() -> tuple[tuple[tuple[FloatArray, FloatArray], ...], ...]:
    """Return (control points, sampling matrix) of each skeleton of each digit, as often as it is used."""
    alphabet = []
    for ways in HANDWRITTEN:
        repeated: list[tuple[FloatArray, FloatArray]] = []
        for frequency, text in ways:
            skeleton = parse_skeleton(text)
            repeated += [(skeleton.points, sampling_matrix(skeleton, N_SAMPLES))] * frequency
        alphabet.append(tuple(repeated))
    return tuple(alphabet)


def _skeletons(digits: ClassArray, rng: Rng, hand: Hand) -> tuple[FloatArray, FloatArray]:
    """Return x and y (n, N_SAMPLES) along randomly chosen skeletons, their control points shaken."""
    choice = rng.random(len(digits))
    x = np.empty((len(digits), N_SAMPLES))
    y = np.empty_like(x)
    for digit, ways in enumerate(_alphabet()):
        way = np.where(digits == digit, (choice * len(ways)).astype(np.int64), -1)
        for index, (points, matrix) in enumerate(ways):
            rows = np.flatnonzero(way == index)
            shaken = points + hand.shake * _bounded(rng, (len(rows), *points.shape))
            x[rows] = shaken[:, :, 0] @ matrix.T
            y[rows] = shaken[:, :, 1] @ matrix.T
    return x, y


def _warp(x: FloatArray, y: FloatArray, rng: Rng, hand: Hand) -> tuple[FloatArray, FloatArray]:
    """Return x and y with another taper and waist, and with three slow waves running through them."""
    taper, waist = hand.taper * _bounded(rng, (len(x), 1)), hand.waist * _bounded(rng, (len(x), 1))
    middle = 0.5 * (x.max(axis=1, keepdims=True) + x.min(axis=1, keepdims=True))
    x = x + taper * (x - middle) * (y - 50.0) / 50.0
    y = y + waist * y * (100.0 - y) / 25.0
    bent_x, bent_y = x.copy(), y.copy()
    for _ in range(3):
        heading, phase = rng.uniform(0.0, 2.0 * np.pi, (2, len(x), 1))
        length = rng.uniform(90.0, 250.0, (len(x), 1))
        # Short waves are small ones, so that the slope stays the same.
        size_x, size_y = hand.wave * _bounded(rng, (2, len(x), 1)) * length / 250.0
        ripple = np.sin((np.cos(heading) * x + np.sin(heading) * y) * 2.0 * np.pi / length + phase)
        bent_x += size_x * ripple
        bent_y += size_y * ripple
    return bent_x, bent_y


def _slant(
    x: FloatArray, y: FloatArray, digits: ClassArray, rng: Rng, hand: Hand
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return x and y with another width, sheared and turned; and that width (n,), in heights."""
    stretch, slant, turn = (_bounded(rng, (len(x), 1)) for _ in range(3))
    width = np.maximum(np.ptp(x, axis=1, keepdims=True) / np.ptp(y, axis=1, keepdims=True), 1e-6)
    wanted = width * np.array(WIDTHS)[digits, None] * np.exp(hand.aspect * stretch)
    wanted = np.clip(wanted, np.where(digits == 1, 0.0, hand.narrowest)[:, None], hand.widest)
    shear = hand.lean + np.array(LEANS)[digits, None] + hand.shear * slant
    x = x * wanted / width - np.clip(shear, hand.min_shear, hand.max_shear) * (y - 50.0)
    cosine, sine = np.cos(hand.turn * turn), np.sin(hand.turn * turn)
    return cosine * x - sine * y, sine * x + cosine * y, wanted[:, 0]


def _pens(digits: ClassArray, narrowness: FloatArray, rng: Rng, hand: Hand) -> FloatArray:
    """Return the width (n,) of each digit's pen, in pixels."""
    pen = hand.pen * np.array(PENS)[digits] * np.exp(hand.pen_spread * _bounded(rng, (len(digits),)))
    open_loops = np.clip(INK_SIZE * hand.max_fill * narrowness, hand.min_pen, hand.max_pen)
    pen = np.clip(pen, hand.min_pen, np.where(digits == 1, hand.max_pen, open_loops))
    return pen * np.where(digits == 1, rng.uniform(1.0, hand.bold_one, len(digits)), 1.0)


def _ink(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the length of stroke (n, N_SAMPLES) that each sample stands for, in pixels.

    Gaps where the pen was lifted are recognized by their length and count as nothing; ends get a cap.
    """
    step = np.hypot(np.diff(x, axis=1), np.diff(y, axis=1))
    is_gap = step > 4.0 * np.median(step, axis=1, keepdims=True) + 1e-9
    half = np.where(is_gap, _CAP, 0.5 * step)
    ink = np.full_like(x, _CAP)
    ink[:, 1:-1] = half[:, 1:] + half[:, :-1]
    ink[:, 0] += half[:, 0]
    ink[:, -1] += half[:, -1]
    return ink


def _draw(lines: FloatArray, pen: FloatArray, edge: float) -> FloatArray:
    """Return images (n, 28, 28) of lines that have one unit of ink a pixel of length, drawn with pens (n,).

    A line blurred by s has the profile exp(-d² / 2s²) / (s sqrt(2 pi)), which tells the distance d from it.
    Ink is 1 inside the pen and falls to 0 over an edge that is this wide.
    """
    profile = blur(lines, _BLUR) * (_BLUR * np.sqrt(2.0 * np.pi))
    distance = _BLUR * np.sqrt(np.maximum(0.0, -2.0 * np.log(np.maximum(profile, 1e-12))))
    images: FloatArray = np.clip(0.5 + (0.5 * pen[:, None, None] - distance) / edge, 0.0, 1.0)
    return images


def _bounded(rng: Rng, shape: tuple[int, ...]) -> FloatArray:
    """Return numbers of mean 0 and deviation 1 that stay within +-2.45: the sum of two uniform ones."""
    total: FloatArray = np.sqrt(1.5) * (rng.uniform(-1.0, 1.0, shape) + rng.uniform(-1.0, 1.0, shape))
    return total
