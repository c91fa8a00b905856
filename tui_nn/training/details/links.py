"""The strongest links of a network too large to be drawn whole."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.details.example import FIRST_EXAMPLE, Example


@dataclass(frozen=True)
class LinksRequest:
    """What is wanted of it."""

    example: Example = FIRST_EXAMPLE


@dataclass(frozen=True, eq=False)
class Links:
    """What it was at one moment."""
