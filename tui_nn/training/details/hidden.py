"""The data as a layer sees it, with the lines that the next layer draws."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.details.example import FIRST_EXAMPLE, Example


@dataclass(frozen=True)
class HiddenSpaceRequest:
    """What is wanted of it."""

    example: Example = FIRST_EXAMPLE


@dataclass(frozen=True, eq=False)
class HiddenSpace:
    """What it was at one moment."""
