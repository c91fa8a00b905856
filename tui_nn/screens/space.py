"""The Space screen: the network of a run as a thing in space, with an example running through it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui_nn.screens.key_lines import SPACE_LINE
from tui_nn.screens.looker import LookerScreen
from tui_nn.screens.run_screen import RunScreen
from tui_nn.training.snapshot import Snapshot, ViewRequest
from tui_nn.views.space.draw import answer_words, links_words
from tui_nn.views.space.panel import SpaceView
from tui_nn.views.space.values import LINK_VALUES, Links, LinksRequest
from tui_nn.widgets.form import Form

WORDS = "Arrows: rotate; page up, page down: zoom; enter: rotate automatically."


class SpaceScreen(LookerScreen):
    """One large view; the settings beside it when they are asked for."""

    CSS_PATH = ["run_screen.tcss", "space.tcss"]
    KEYS = SPACE_LINE

    _what = LINK_VALUES[0]

    def compose_views(self) -> ComposeResult:
        """Yield the view and the settings."""
        yield SpaceView(self.palette, classes="panel").data_bind(RunScreen.snapshot)
        yield Form(self.palette, classes="panel")

    @property
    def space_view(self) -> SpaceView:
        """The network."""
        return self.query_one(SpaceView)

    @property
    def main_panel(self) -> Widget:
        """The one large view."""
        return self.space_view

    def on_mount(self) -> None:
        """Take the keyboard, and say what keys do."""
        self.space_view.name_panel("Space")
        self.call_after_refresh(self.focus_main)
        self.tell(WORDS)

    def view_request(self) -> ViewRequest:
        """Return what the view needs of the next moment."""
        most = self.space_view.most_links(len(self.config.hidden_sizes) + 1)
        links = LinksRequest(self.example, most, self._what)
        return ViewRequest(looks=(links, *self.misclassified.looks(self.example)), known_data=self.known_data)

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        super().show(snapshot, frames_per_second)
        links = snapshot.reply(Links)
        if links is not None:
            self.space_view.name_panel(f"Space: {links_words(links, self._what)}", answer_words(links))

    def on_space_view_turned(self) -> None:
        """Ask for what is seen from there."""
        self.run.look()

    def action_next_view(self) -> None:
        """Draw the links by their gradients, or by their weights."""
        self._what = LINK_VALUES[(LINK_VALUES.index(self._what) + 1) % len(LINK_VALUES)]
        self.tell(f"Links show {self._what}.")
        self.run.look()
