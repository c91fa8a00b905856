"""How MNIST places a digit on its canvas; generated digits and drawings follow it."""

from __future__ import annotations

DIGIT_NAMES = tuple("0123456789")
IMAGE_SIZE = 28
"""Pixels a side."""
FRAME = (IMAGE_SIZE, IMAGE_SIZE)
"""Rows and columns."""
INK_SIZE = 20.0
"""Longest side of the ink, in pixels."""
CENTER = 14.0
"""Center of mass of the ink, as a pixel index on both axes (not 13.5)."""
