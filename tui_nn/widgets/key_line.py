"""The last line: which keys do what, as many as fit."""

from __future__ import annotations

from tui_nn.actions import KEY_LINE
from tui_nn.render import slots
from tui_nn.render.cells import Cells
from tui_nn.render.fields import Field, fields_line
from tui_nn.widgets.cells_view import CellsView


class KeyLine(CellsView):
    """One row of keys and words."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    """

    def draw(self, height: int, width: int) -> Cells:
        """See CellsView."""
        fields = [
            Field(label, keys, rank=rank, slot=slots.ACCENT, label_first=False)
            for rank, (keys, label) in enumerate(KEY_LINE)
        ]
        return fields_line(fields, width)
