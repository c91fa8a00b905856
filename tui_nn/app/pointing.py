"""What a cursor of the screen that is shown is on, as lessons name it."""

from __future__ import annotations

from tui_nn.screens.playground import PlaygroundScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.views.map.panel import MapView
from tui_nn.views.network.panel import NetworkView


def under_cursor(shown: RunScreen, find: str) -> tuple[int, int] | None:
    """Return the place that the cursor of the network or the map is at; see Meant."""
    if not isinstance(shown, PlaygroundScreen):
        return None
    if find == "sample":
        number = shown.query_one(MapView).sample
        return None if number is None else (0, number)
    view = shown.query_one(NetworkView)
    is_layer = (view.node[0] == 0) == (find == "input")
    return view.node if view.has_focus and is_layer else None
