"""The network while an example walks through it: what a stage is about stands out, the rest steps back."""

from __future__ import annotations

from textual.reactive import reactive

from tui_nn.data.dataset import square
from tui_nn.render.cells import Cells, blank
from tui_nn.settings.config import Config
from tui_nn.training.snapshot import PointSet, Snapshot
from tui_nn.views.map.values import Grid
from tui_nn.views.network.draw import network_grid, network_picture
from tui_nn.views.network.values import Insides
from tui_nn.views.walk.draw import highlight_of
from tui_nn.views.walk.values import Spot
from tui_nn.widgets.cells_view import CellsView


class WalkNetwork(CellsView):
    """Draws the insides of the last snapshot that held them."""

    DEFAULT_CSS = """
    WalkNetwork { width: 1fr; height: 1fr; }
    """

    spot: reactive[Spot] = reactive(Spot(), init=False, repaint=False)
    """What stands out."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The data, for the range of the plane."""

    _insides: Insides | None = None
    _config: Config | None = None
    _sizes: tuple[int, ...] = ()

    def show(self, snapshot: Snapshot) -> None:
        """Show the insides of a moment, if it holds them."""
        self._sizes = snapshot.layer_sizes
        insides = snapshot.reply(Insides)
        if insides is not None:
            self._insides, self._config = insides, snapshot.config
            self.redraw()

    def grid(self, config: Config) -> Grid | None:
        """Return the samples of a neuron's small map; None where there is nothing to show yet."""
        width, height = self.size
        if not self._sizes:
            return None
        domain = self.points.domain if self.points is not None else square(-6.0, 6.0)
        return network_grid(self._sizes, config, domain, self.palette, height, width)

    def draw(self, height: int, width: int) -> Cells:
        """Return the network with the parts of the stage highlighted."""
        if self._insides is None or self._config is None:
            return blank(height, width)
        return network_picture(
            self._insides, self._config, self.palette, height, width, highlight=highlight_of(self.spot)
        )

    def watch_spot(self) -> None:
        """Draw what stands out now."""
        self.redraw()
