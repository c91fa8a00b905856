"""The activations of every layer for one image."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from textual.reactive import reactive

from tui_nn.render.cells import Cells
from tui_nn.views.images.draw_layers import layer_grids
from tui_nn.widgets.cells_view import CellsView


class LayersView(CellsView):
    """A grid of blocks for each layer."""

    DEFAULT_CSS = """
    LayersView { width: 1fr; height: 1fr; padding: 0 2; }
    """

    activations: reactive[Sequence[NDArray[np.float32]]] = reactive(
        (), always_update=True, init=False, repaint=False
    )
    """Of each layer after the input: (units,) or (filters, rows, columns); none without an image."""

    def draw(self, height: int, width: int) -> Cells:
        """Return a grid of blocks for each layer."""
        return layer_grids(self.activations, self.palette, height, width)

    def watch_activations(self) -> None:
        """Draw the new ones."""
        self.redraw()
