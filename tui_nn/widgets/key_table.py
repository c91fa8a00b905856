"""Keys and their meaning beside what they act on, where there is room."""

from __future__ import annotations

from tui_nn.render.cells import Cells
from tui_nn.render.key_table import key_table
from tui_nn.render.palette import Palette
from tui_nn.widgets.cells_view import CellsView


class KeyTable(CellsView):
    """As many keys as fit, the most needed first."""

    DEFAULT_CSS = """
    KeyTable { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self, palette: Palette, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__(palette)
        self._keys = keys

    def draw(self, height: int, width: int) -> Cells:
        """Return as many keys as fit, the most needed first."""
        return key_table(self._keys, height, width)
