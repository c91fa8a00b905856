"""A viewpoint: from where a scene in space is looked at, and where its points then lie on the picture.

The scene has x to the right, y up, z towards the person. A camera turns around its middle: yaw 0 looks along
-z, yaw 90 along +x; pitch lifts the camera. Nearer things are larger.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEEPEST = 85.0
"""Largest pitch, in degrees: the picture never stands on its head."""
ZOOMS = (0.5, 8.0)


@dataclass(frozen=True)
class Viewpoint:
    """Angles in degrees, and how much larger than fitting the scene is drawn."""

    yaw: float = 38.0
    pitch: float = 15.0
    zoom: float = 1.0

    def turned(self, yaw: float, pitch: float = 0.0) -> Viewpoint:
        """Return the viewpoint so many degrees further around and up."""
        lifted = min(STEEPEST, max(-STEEPEST, self.pitch + pitch))
        return replace(self, yaw=(self.yaw + yaw) % 360.0, pitch=lifted)

    def zoomed(self, factor: float) -> Viewpoint:
        """Return the viewpoint so many times nearer, within ZOOMS."""
        return replace(self, zoom=min(ZOOMS[1], max(ZOOMS[0], self.zoom * factor)))

    def axes(self) -> Floats:
        """Return (3, 3): the directions right, up and away on the picture, as rows in the scene's x, y, z."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        return np.array(
            [
                [math.cos(yaw), 0.0, math.sin(yaw)],
                [math.sin(yaw) * math.sin(pitch), math.cos(pitch), -math.cos(yaw) * math.sin(pitch)],
                [math.sin(yaw) * math.cos(pitch), -math.sin(pitch), -math.cos(yaw) * math.cos(pitch)],
            ]
        )


FIRST_VIEW = Viewpoint()
"""Layers from left to right, seen from the input's side and a little from above."""


@dataclass(frozen=True, eq=False)
class Seen:
    """Points on the picture; the middle of the scene is at (0, 0)."""

    x: Floats
    """To the right, in units of the scene as large as they look in its middle, times the zoom."""
    y: Floats
    """Down."""
    depth: Floats
    """How far behind the middle, in units of the scene; negative: nearer."""
    size: Floats
    """How large one unit looks there."""


def look_at(points: NDArray[Any], view: Viewpoint, distance: float) -> Seen:
    """Return where points (n, 3) lie on the picture of a camera at `distance` from the middle."""
    right, up, away = view.axes() @ np.asarray(points, dtype=np.float64).reshape(-1, 3).T
    size = view.zoom * distance / np.maximum(distance + away, 0.05 * distance)
    return Seen(right * size, -up * size, away, size)
