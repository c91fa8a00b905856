"""Every look that a view has at a run, by the type of what it asks."""

from __future__ import annotations

from tui_nn.lessons.candidates import MeantRequest, look_at_meant
from tui_nn.training.looks import Looks
from tui_nn.training.misclassified import MisclassifiedRequest, find_misclassified
from tui_nn.training.saved_moment import SavedMomentRequest, look_at_saved
from tui_nn.training.shared_moment import ShareRequest, look_at_line
from tui_nn.views.adversarial.look import look_at_adversarial
from tui_nn.views.adversarial.values import AdversarialRequest
from tui_nn.views.compare.look import moment_of_run
from tui_nn.views.compare.values import MomentRequest
from tui_nn.views.images.look import look_at_images
from tui_nn.views.images.values import ImageRequest
from tui_nn.views.map.look import look_at_map
from tui_nn.views.map.values import MapRequest
from tui_nn.views.network.look import look_at_network
from tui_nn.views.network.values import InsidesRequest
from tui_nn.views.pages import page_looks
from tui_nn.views.space.look import look_at_links
from tui_nn.views.space.values import LinksRequest


def new_looks() -> Looks:
    """Return the looks for one session: what takes longer than a picture is remembered in them."""
    return {
        MapRequest: look_at_map,
        InsidesRequest: look_at_network,
        ImageRequest: look_at_images,
        AdversarialRequest: look_at_adversarial,
        LinksRequest: look_at_links,
        MomentRequest: moment_of_run,
        MisclassifiedRequest: find_misclassified,
        MeantRequest: look_at_meant,
        ShareRequest: look_at_line,
        SavedMomentRequest: look_at_saved,
        **page_looks(),
    }
