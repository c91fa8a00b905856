"""Walks one example through the network and back."""

from __future__ import annotations

from tui_nn.training.details.walk import Walk, WalkRequest
from tui_nn.training.trainer import Trainer


def look_at_walk(trainer: Trainer, request: WalkRequest) -> Walk | None:
    """Return what was asked for; looking changes nothing of the run."""
    return None
