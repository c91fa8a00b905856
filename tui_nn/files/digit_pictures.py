"""The ink of a digit in a picture: PNG or PGM of any size, dark on light or light on dark.

Pictures are read by Pillow, which is not needed for anything else and need not be installed.
"""

from __future__ import annotations

import io
import math
import warnings
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMATS = ("PNG", "PPM")
"""Pillow's names; PPM stands for PGM, too."""
SIGNATURES = (b"\x89PNG", b"P1", b"P2", b"P3", b"P4", b"P5", b"P6")
"""What such files begin with."""
INSTALL = "pip install pillow, or tui-nn with its extra `images`: pip install '.[images]'"
MAX_PIXELS = 50_000_000
MAX_SIDE = 512
"""Larger pictures are reduced to about this first."""
LEAST_CONTRAST = 0.1
"""A picture whose shades differ by less, of 0 black to 1 white, shows nothing."""
CLEAR_MAJORITY = 0.8
"""The part of the edge that has to be alike to be taken for paper."""
PALE, FULL = 0.25, 0.75
"""Parts of the contrast that count as no ink, a shadow on the paper say, and as full ink."""


def is_picture(content: bytes) -> bool:
    """Return whether a file begins as a picture does."""
    return content.startswith(SIGNATURES)


def read_ink(content: bytes) -> NDArray[np.float64]:
    """Return the ink (height, width) 0 .. 1 in a picture file.

    Raises ValueError, one sentence, where Pillow is missing, cannot read it, or where it shows nothing.
    """
    try:
        image_module = import_module("PIL.Image")
    except ImportError:
        raise ValueError(f"pictures are read by Pillow, which is not installed: {INSTALL}") from None
    return ink_of(_read_gray(content, image_module))


def ink_of(gray: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ink (height, width) 0 .. 1 of a gray picture, 0 black to 1 white.

    Paper is what the edge is made of; where ink reaches it too often to tell, what most of the picture is
    made of. Raises ValueError where there is no contrast.
    """
    if np.ptp(gray) < LEAST_CONTRAST:
        raise ValueError("the picture is empty: it is of one shade all over")
    is_dark = gray < 0.5 * (gray.min() + gray.max())
    edge = np.concatenate([is_dark[0], is_dark[-1], is_dark[:, 0], is_dark[:, -1]])
    dark_share = edge.mean() if abs(edge.mean() - 0.5) > CLEAR_MAJORITY - 0.5 else is_dark.mean()
    is_paper = is_dark if dark_share > 0.5 else ~is_dark
    difference = np.median(gray[is_paper]) - gray
    if dark_share > 0.5:
        difference = -difference
    contrast = difference.max()
    ink: NDArray[np.float64] = np.clip((difference / contrast - PALE) / (FULL - PALE), 0.0, 1.0)
    return ink


def _read_gray(content: bytes, image_module: Any) -> NDArray[np.float64]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", image_module.DecompressionBombWarning)
            picture = image_module.open(io.BytesIO(content), formats=FORMATS)
            if math.prod(picture.size) <= MAX_PIXELS:
                return _gray(picture, image_module)
    except (image_module.DecompressionBombError, image_module.DecompressionBombWarning):
        pass
    except (OSError, SyntaxError, EOFError, ValueError, ArithmeticError, LookupError, TypeError):
        raise ValueError("the picture is damaged") from None
    raise ValueError(f"the picture has more than {MAX_PIXELS:,} pixels")


def _gray(picture: Any, image_module: Any) -> NDArray[np.float64]:
    """Return a Pillow image as gray (height, width), 0 black to 1 white; what shines through is white."""
    if picture.mode.startswith(("I", "F")):
        wide = np.asarray(picture, dtype=np.float64)
        return wide / max(float(wide.max()), 1.0)
    flat = picture.convert("RGBA")
    flat = image_module.alpha_composite(image_module.new("RGBA", flat.size, "white"), flat).convert("L")
    flat = flat.reduce(math.ceil(max(flat.size) / MAX_SIDE))
    return np.asarray(flat, dtype=np.float64) / 255.0
