"""A slice of the loss around the present weights."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.details.example import FIRST_EXAMPLE, Example


@dataclass(frozen=True)
class LandscapeRequest:
    """What is wanted of it."""

    example: Example = FIRST_EXAMPLE


@dataclass(frozen=True, eq=False)
class Landscape:
    """What it was at one moment."""
