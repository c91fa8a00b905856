"""Looks at the data through a layer."""

from __future__ import annotations

from tui_nn.training.details.hidden import HiddenSpace, HiddenSpaceRequest
from tui_nn.training.trainer import Trainer


def look_at_hidden(trainer: Trainer, request: HiddenSpaceRequest) -> HiddenSpace | None:
    """Return what was asked for; looking changes nothing of the run."""
    return None
