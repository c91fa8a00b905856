"""Finds the strongest links."""

from __future__ import annotations

from tui_nn.training.details.links import Links, LinksRequest
from tui_nn.training.trainer import Trainer


def look_at_links(trainer: Trainer, request: LinksRequest) -> Links | None:
    """Return what was asked for; looking changes nothing of the run."""
    return None
