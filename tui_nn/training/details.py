"""What the pages of the Inside screen ask of a run in one request, and get in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from tui_nn.training.moments.log import MomentLog, MomentsRequest
from tui_nn.views.hidden.values import HiddenSpace, HiddenSpaceRequest
from tui_nn.views.landscape.values import Landscape, LandscapeRequest
from tui_nn.views.layers.values import Layers, LayersRequest
from tui_nn.views.neuron.values import Neuron, NeuronRequest
from tui_nn.views.space.values import Links, LinksRequest
from tui_nn.views.walk.values import Walk, WalkRequest


@dataclass(frozen=True)
class DetailsRequest:
    """Which details are wanted; None for none of the kind."""

    neuron: NeuronRequest | None = None
    walk: WalkRequest | None = None
    layers: LayersRequest | None = None
    hidden: HiddenSpaceRequest | None = None
    landscape: LandscapeRequest | None = None
    links: LinksRequest | None = None
    moments: MomentsRequest | None = None


@dataclass(frozen=True, eq=False)
class Details:
    """What was asked for; None where it was not, or where there is no such thing."""

    neuron: Neuron | None = None
    walk: Walk | None = None
    layers: Layers | None = None
    hidden: HiddenSpace | None = None
    landscape: Landscape | None = None
    links: Links | None = None
    moments: MomentLog | None = None
