"""What the page of ablation asks of a run and gets, and the orders in which it lists neurons."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tui_nn.training.verdict.ablation import Ablation, SilentUnit, by_loss, change

SORTS = ("loss", "score", "layer")
"""By how much the loss rises, by how much the score falls, as the layers follow one another."""


@dataclass(frozen=True)
class AblationRequest:
    """The ablation of the present network is wanted."""


@dataclass(frozen=True, eq=False)
class SeenAblation:
    """The ablation that was finished last, and how far the next one is."""

    found: Ablation | None
    """None before the first is finished, and where there is nothing to silence."""
    step: int
    """At which the network was as it is in `found`."""
    is_current: bool
    """Whether the network still is so."""
    n_rows: int = 0
    """Rows that the next one has gone through."""
    n_wanted: int = 0
    """Rows that it will go through; 0 while none is computed."""
    words: str = ""
    """Why there is none, in words; empty otherwise."""


def in_order(found: Ablation, sort: str) -> list[SilentUnit]:
    """Return the units in one of SORTS, the most needed first."""
    if sort == "layer":
        return list(found.units)
    if sort == "loss":
        return by_loss(found)

    def fall(unit: SilentUnit) -> float:
        by = change(unit, found.whole).score
        return -math.inf if by is None else by

    return sorted(by_loss(found), key=fall)
