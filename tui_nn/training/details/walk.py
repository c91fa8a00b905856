"""One example on its way through the network and back, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.details.example import FIRST_EXAMPLE, Example


@dataclass(frozen=True)
class WalkRequest:
    """What is wanted of it."""

    example: Example = FIRST_EXAMPLE


@dataclass(frozen=True, eq=False)
class Walk:
    """What it was at one moment."""
