"""What happened in this run, and what it means."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.screens.pages.page import Page
from tui_nn.widgets.map_view import MapView


class MomentsPage(Page):
    """See the module."""

    label = "Moments"
    words = "What happened in this run, and what it means."

    def compose(self) -> ComposeResult:
        """Yield the panels."""
        yield MapView(self.palette, classes="panel").data_bind(Page.snapshot, Page.points)

    @property
    def main_panel(self) -> Widget:
        """See Page."""
        return self.query_one(MapView)
