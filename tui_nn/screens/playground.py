"""The Playground: a small network on points of the plane, seen while it learns."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen

from tui_nn.config import Config
from tui_nn.render.palette import Palette
from tui_nn.training.snapshot import PointSet, Snapshot, ViewRequest
from tui_nn.widgets.curve_view import CurveView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.key_line import KeyLine
from tui_nn.widgets.map_view import MapView
from tui_nn.widgets.state_line import StateLine


class PlaygroundScreen(Screen[None]):
    """Passes snapshots on to the views, and says what they need next."""

    CSS_PATH = "playground.tcss"

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False)
    """The moment to show."""
    points: reactive[PointSet | None] = reactive(None, always_update=True, init=False)
    """The data, which comes with the first snapshot after it changed."""
    config: reactive[Config | None] = reactive(None, init=False)
    """The settings as the person set them last."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette

    def compose(self) -> ComposeResult:
        """Lay out the views."""
        palette = self.palette
        yield StateLine(palette).data_bind(PlaygroundScreen.snapshot, PlaygroundScreen.config)
        with Horizontal(id="views"):
            map_view = MapView(palette, classes="panel")
            map_view.border_title = "Decision map"
            yield map_view.data_bind(PlaygroundScreen.snapshot, PlaygroundScreen.points)
            curves = CurveView(palette, classes="panel")
            curves.border_title = "Loss"
            yield curves.data_bind(PlaygroundScreen.snapshot)
        yield EventLine(palette)
        yield KeyLine(palette)

    def view_request(self, generation: int) -> ViewRequest:
        """Return what the views need of the next moment."""
        return ViewRequest(
            generation=generation,
            grid=self.query_one(MapView).grid(),
            known_data=self.points.version if self.points is not None else -1,
            history=self.query_one(CurveView).is_due(),
        )

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        if snapshot.points is not None:
            self.points = snapshot.points
        self.query_one(StateLine).frames_per_second = frames_per_second
        self.snapshot = snapshot

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence in the event line."""
        self.query_one(EventLine).tell(text, is_warning)

    def show_lost(self, is_lost: bool) -> None:
        """Show whether the trainer is gone."""
        self.query_one(StateLine).is_lost = is_lost
