"""Looks at one example on its way through the network and back, in the trainer."""

from __future__ import annotations

from tui_nn.training.looks import Looks
from tui_nn.training.trainer import Trainer
from tui_nn.views.walk.values import Walk, WalkRequest


def new_looks() -> Looks:
    """Return what the page asks of a session."""
    return {WalkRequest: _look}


def _look(trainer: Trainer, request: WalkRequest) -> Walk:
    from tui_nn.views.walk.look.walking import look_at_walk  # the first picture waits for no walk

    return look_at_walk(trainer, request)
