"""The network in space, turned and zoomed by keys or with a mouse."""

from __future__ import annotations

import time

from textual.binding import Binding
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer

from tui_nn.render.cells import Cells, blank
from tui_nn.render.palette import Palette
from tui_nn.settings.config import Config
from tui_nn.training.snapshot import Snapshot
from tui_nn.views.space.draw import link_room, space_picture
from tui_nn.views.space.draw_viewpoint import FIRST_VIEW, Viewpoint
from tui_nn.views.space.values import Links
from tui_nn.widgets.cells_view import CellsView

YAW_STEP, PITCH_STEP = 6.0, 4.0
"""Degrees that an arrow key turns."""
YAW_PER_COLUMN, PITCH_PER_ROW = 1.5, 3.0
"""Degrees that a mouse turns, pulling by one cell."""
ZOOM_STEP = 1.15
OWN_SPEED = 15.0
"""Degrees a second that it turns by itself."""
LONGEST_PAUSE_S = 0.25
"""After a longer pause between two pictures it goes on from where it was, without a jump."""
PATIENCE_S = 0.2
"""Where the trainer takes longer than that for the next moment, the last one is drawn again."""


class SpaceView(CellsView, can_focus=True):
    """Draws the links of the last snapshot from a viewpoint of its own."""

    BINDINGS = [
        Binding("left", f"turn(-{YAW_STEP}, 0)", "turn to the left", show=False),
        Binding("right", f"turn({YAW_STEP}, 0)", "turn to the right", show=False),
        Binding("up", f"turn(0, {PITCH_STEP})", "look from higher up", show=False),
        Binding("down", f"turn(0, -{PITCH_STEP})", "look from lower down", show=False),
        Binding("pageup", "nearer(1)", "nearer", show=False),
        Binding("pagedown", "nearer(-1)", "farther away", show=False),
        Binding("home", "first_view", "as at the beginning", show=False),
        Binding("enter", "turn_by_itself", "start or stop turning by itself", show=False),
    ]

    DEFAULT_CSS = """
    SpaceView { width: 1fr; height: 1fr; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    is_turning: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether it turns by itself."""

    class Turned(Message):
        """It is looked at from elsewhere: the next picture is needed."""

    def __init__(self, palette: Palette, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(palette, id=id, classes=classes)
        self.view = FIRST_VIEW
        self._links: Links | None = None
        self._config: Config | None = None
        self._turned_at = self._drawn_at = 0.0
        self._is_ahead = False
        self._timer: Timer | None = None

    def most_links(self, n_gaps: int) -> int:
        """Return how many links there is room for in each of the gaps between layers."""
        width, height = self.size
        return link_room(n_gaps, height, width)

    def draw(self, height: int, width: int) -> Cells:
        """Return the network as it is seen from the viewpoint."""
        if self._links is None or self._config is None:
            return blank(height, width)
        return space_picture(self._links, self._config, self.palette, height, width, self.view)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Draw the network of the new moment, a little further around if it turns by itself."""
        links = None if snapshot is None else snapshot.reply(Links)
        if snapshot is None or links is None:
            return
        self._links, self._config = links, snapshot.config
        self._draw_now()

    def _draw_now(self, is_ahead: bool = False) -> None:
        """Draw, a little further around if it turns by itself; is_ahead: not because a new moment came."""
        now = time.monotonic()
        if self.is_turning:
            self.view = self.view.turned(OWN_SPEED * min(now - self._turned_at, LONGEST_PAUSE_S))
        self._turned_at = self._drawn_at = now
        self._is_ahead = is_ahead
        self.redraw()

    def _look_from(self, view: Viewpoint) -> None:
        """Show the last moment from there at once, but one picture ahead of trainer and terminal at most."""
        self.view = view
        if not self._is_ahead or self._is_late:
            self._draw_now(is_ahead=True)
        self.post_message(self.Turned())

    @property
    def _is_late(self) -> bool:
        """Whether the next moment is long in coming."""
        return time.monotonic() - self._drawn_at > PATIENCE_S

    def watch_is_turning(self, is_turning: bool) -> None:
        """Begin to count the time, or stop."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._turned_at = time.monotonic()
        if is_turning:
            fps = self._config.fps if self._config is not None else 10
            self._timer = self.set_interval(1 / fps, self._turn_on)

    def _turn_on(self) -> None:
        """Ask for the next picture, or make one where the trainer is slow, while the screen is shown."""
        if not self.screen.is_current:
            return
        if self._is_late:
            self._draw_now(is_ahead=True)
        self.post_message(self.Turned())

    def action_turn(self, yaw: float, pitch: float) -> None:
        """Turn by degrees: what is near goes to the right, the eye goes up."""
        self._look_from(self.view.turned(yaw, pitch))

    def action_nearer(self, steps: int) -> None:
        """Zoom in, or out."""
        self._look_from(self.view.zoomed(ZOOM_STEP**steps))

    def action_first_view(self) -> None:
        """Look from where it began, and rest."""
        self.is_turning = False
        self._look_from(FIRST_VIEW)

    def action_turn_by_itself(self) -> None:
        """Start or stop turning."""
        self.is_turning = not self.is_turning

    def on_mouse_down(self, _: MouseDown) -> None:
        """Take hold of the network."""
        self.capture_mouse()

    def on_mouse_up(self, _: MouseUp) -> None:
        """Let go of it."""
        self.release_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Regularization what is near along with the mouse."""
        if event.button:
            self.action_turn(event.delta_x * YAW_PER_COLUMN, event.delta_y * PITCH_PER_ROW)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Come nearer."""
        event.stop()
        self.action_nearer(1)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Go farther away."""
        event.stop()
        self.action_nearer(-1)
