"""Collects the details that a request names; each kind is looked at in a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tui_nn.training.details import Details, DetailsRequest
from tui_nn.training.moments.log import MomentLog
from tui_nn.training.trainer import Trainer
from tui_nn.views.hidden.look import look_at_hidden
from tui_nn.views.layers.look import look_at_layers
from tui_nn.views.neuron.look import look_at_neuron
from tui_nn.views.space.look import look_at_links

if TYPE_CHECKING:
    from tui_nn.views.walk.values import Walk, WalkRequest

Request = TypeVar("Request")
Detail = TypeVar("Detail")


def _look_at_walk(trainer: Trainer, request: WalkRequest) -> Walk:
    from tui_nn.views.walk.look.walking import look_at_walk  # the first picture waits for no walk

    return look_at_walk(trainer, request)


def look_inside(trainer: Trainer, request: DetailsRequest, noticed: MomentLog) -> Details:
    """Return the details wanted of a trainer and what was noticed; looking changes nothing of the run."""

    def look(at: Callable[[Trainer, Request], Detail | None], wanted: Request | None) -> Detail | None:
        return None if wanted is None else at(trainer, wanted)

    return Details(
        neuron=look(look_at_neuron, request.neuron),
        walk=look(_look_at_walk, request.walk),
        layers=look(look_at_layers, request.layers),
        hidden=look(look_at_hidden, request.hidden),
        links=look(look_at_links, request.links),
        moments=None if request.moments is None else noticed,
    )
