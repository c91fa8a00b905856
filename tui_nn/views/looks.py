"""Every look that a view has at a run, by the type of what it asks: the one list to add a view's look to."""

from __future__ import annotations

from tui_nn.training.looks import Looks
from tui_nn.training.trainer import Trainer
from tui_nn.views.hidden.look import look_at_hidden
from tui_nn.views.hidden.values import HiddenSpaceRequest
from tui_nn.views.images.look import look_at_images
from tui_nn.views.images.values import ImageRequest
from tui_nn.views.landscape.look import LandscapeLook
from tui_nn.views.landscape.values import LandscapeRequest
from tui_nn.views.layers.look import look_at_layers
from tui_nn.views.layers.values import LayersRequest
from tui_nn.views.map.look import look_at_map
from tui_nn.views.map.values import MapRequest
from tui_nn.views.network.look import look_at_network
from tui_nn.views.network.values import InsidesRequest
from tui_nn.views.neuron.look import look_at_neuron
from tui_nn.views.neuron.values import NeuronRequest
from tui_nn.views.space.look import look_at_links
from tui_nn.views.space.values import LinksRequest
from tui_nn.views.walk.values import Walk, WalkRequest


def _look_at_walk(trainer: Trainer, request: WalkRequest) -> Walk:
    from tui_nn.views.walk.look.walking import look_at_walk  # the first picture waits for no walk

    return look_at_walk(trainer, request)


def new_looks() -> Looks:
    """Return the looks for one session: what takes longer than a picture is remembered in them."""
    return {
        MapRequest: look_at_map,
        InsidesRequest: look_at_network,
        ImageRequest: look_at_images,
        NeuronRequest: look_at_neuron,
        WalkRequest: _look_at_walk,
        LayersRequest: look_at_layers,
        HiddenSpaceRequest: look_at_hidden,
        LandscapeRequest: LandscapeLook(),
        LinksRequest: look_at_links,
    }
