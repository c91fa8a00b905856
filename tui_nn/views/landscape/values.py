"""A slice of the loss around the weights that a network had at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LandscapeRequest:
    """The landscape that was computed last, or is being computed; to begin one, where it is to be."""

    seed: int = 0
    """Of the two directions."""
    span: float = 1.0
    """How far they go, in lengths of the weights."""
    size: int = 65
    """Losses along each direction at most."""


class Work(str, Enum):
    """How far a landscape is."""

    COMPUTING = "computing"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, eq=False)
class Landscape:
    """Losses over two directions, which are multiples of the directions' lengths from the middle."""

    values: Floats
    """(size, size), row 0 at the top; what is not computed yet is the nearest that is, or NaN."""
    span: float
    """The edges lie so far from the middle, in each direction."""
    seed: int
    """Of the directions."""
    step: int
    """At which the middle was the network's place."""
    n_rows: int
    """Training samples that the loss is the mean over."""
    n_train: int
    """Training samples that there are."""
    work: Work
    n_done: int
    """Losses computed."""
    n_wanted: int
    middle_loss: float
    """NaN before it is computed."""
    place: Floats
    """(2,) where the network is now, seen along the directions: right, up."""
    place_loss: float
    """Its loss on the same samples."""
    place_share: float
    """The part of its distance from the middle that lies in the slice, 0 to 1."""
    path: Floats
    """(n, 2) where it was at earlier moments of its run, oldest first."""
