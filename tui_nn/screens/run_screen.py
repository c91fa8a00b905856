"""The base of the screens that show a run: state, event and key lines, settings, zoom, small windows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import DescendantFocus, Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_nn.render.palette import Palette
from tui_nn.screens import key_lines
from tui_nn.screens.teaching import TeachingScreen
from tui_nn.settings.config import Config
from tui_nn.training.example import Example
from tui_nn.training.remote.run import Run
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest
from tui_nn.views.page import SMALL_COLUMNS
from tui_nn.views.timeline.panel import TimelineBar
from tui_nn.widgets.cells_view import CellsView
from tui_nn.widgets.event_line import EventLine
from tui_nn.widgets.form import Form
from tui_nn.widgets.key_line import KeyLine, Keys
from tui_nn.widgets.prompt import Prompt
from tui_nn.widgets.settings_rows import list_settings, missing_row
from tui_nn.widgets.state_line import StateLine

if TYPE_CHECKING:
    from tui_nn.widgets.lesson_panel import LessonPanel

SMALLEST = (60, 20)
TOO_SMALL = f"This window is too small: {SMALLEST[0]} columns by {SMALLEST[1]} rows are needed. q quits."


class RunScreen(TeachingScreen):
    """Passes snapshots on to the views, and what a person wants on to the app."""

    AUTO_FOCUS = ""
    CSS_PATH = ["run_screen.tcss"]
    KEYS: tuple[tuple[str, str], ...] = ()
    """What the key line shows."""

    snapshot: reactive[Snapshot | None] = reactive(None, always_update=True, init=False, repaint=False)
    """The moment to show."""
    config: reactive[Config] = reactive(Config, init=False, repaint=False)
    """The settings as the person set them last."""

    def __init__(self, palette: Palette, run: Run) -> None:
        super().__init__()
        self.palette, self.run = palette, run
        self.set_reactive(RunScreen.config, run.config)
        self._asked_from: Widget | None = None
        self.lesson: LessonPanel | None = None
        """The lesson that is played on this screen; set before it is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the lines, with the views between them."""
        if self.lesson is not None:
            self.add_class("-lesson")
            yield self.lesson
        yield StateLine(self.palette).data_bind(RunScreen.snapshot, RunScreen.config)
        with Container(id="views"):
            yield from self.compose_views()
        yield Static(TOO_SMALL, id="too-small")
        usual = self.KEYS if self.lesson is None else key_lines.LESSON_LINE
        keys, past, diverged = key_lines.own_lines(self.app, usual)
        line = KeyLine(self.palette, keys, past=past, diverged=diverged)
        yield EventLine(self.palette, line.begin_with)
        yield TimelineBar(self.palette).data_bind(RunScreen.snapshot)
        yield Prompt()
        yield line.data_bind(RunScreen.snapshot)

    def compose_views(self) -> ComposeResult:
        """Yield the panels."""
        raise NotImplementedError

    def view_request(self) -> ViewRequest:
        """Return what the views need of the next moment."""
        raise NotImplementedError

    def pointed_example(self) -> Example | None:
        """Return the example that a person points at or has drawn here; None where that is no example."""
        return None

    @property
    def is_ready(self) -> bool:
        """Whether the views are there: not before they are laid out, nor while the app is left."""
        return bool(self.query(KeyLine)) and self.is_mounted

    @property
    def is_training(self) -> bool:
        """Whether the run trains."""
        return self.snapshot is not None and self.snapshot.status is Status.RUNNING

    def on_mount(self) -> None:
        """List the settings."""
        self.list_rows()

    def begin(self, run: Run) -> None:
        """Show another run from now on."""
        self.run, self.config = run, run.config

    def show(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show a moment."""
        self.set_class(snapshot.timeline.is_past, "-rewound")
        self.query_one(StateLine).frames_per_second = frames_per_second
        self.snapshot = snapshot

    def tell(self, text: str, is_warning: bool = False) -> None:
        """Show a sentence in the event line, or in the bar that stands in its place."""
        for line in self.query(EventLine):
            line.tell(key_lines.said(self.app, text), is_warning)
        for bar in self.query(TimelineBar):
            bar.tell(key_lines.said(self.app, text), is_warning)

    def show_lost(self, is_lost: bool) -> None:
        """Show whether the trainer is gone."""
        for line in self.query(StateLine):
            line.is_lost = is_lost

    def show_palette(self, palette: Palette) -> None:
        """Draw everything with other colors or glyphs."""
        self.palette = palette
        for view in self.query(CellsView):
            view.palette = palette
            view.redraw_all()

    def on_resize(self, event: Resize) -> None:
        """Lay out for the size."""
        if self.lesson is not None:
            self.lesson.place_in(self, event.size.width)
        self.set_class(self.room(event.size).width < SMALL_COLUMNS, "-small")
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")

    def room(self, window: Size) -> Size:
        """Return what a lesson leaves of a window."""
        return window if self.lesson is None else self.lesson.leaves(window)

    def on_cells_view_size_changed(self) -> None:
        """Ask for a picture of the new size."""
        self.run.look()

    def watch_config(self) -> None:
        """List the new values."""
        self.list_rows()

    @property
    def datasets(self) -> Collection[str]:
        """Names of the data sets that this screen can show."""
        raise NotImplementedError

    # -- panels

    @property
    def main_panel(self) -> Widget:
        """The panel that is zoomed while none has the keyboard."""
        raise NotImplementedError

    def action_settings(self, name: str = "") -> None:
        """Go to the settings, and there to a certain one, or say why it is not listed."""
        from tui_nn.screens.asking import go_to_settings

        go_to_settings(self, name)

    def action_back(self) -> None:
        """Leave, one thing at a time: the zoom, the panel."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        else:
            self.remove_class("-settings")
            self.set_focus(None)

    def action_zoom(self) -> None:
        """Let the focused panel have all the room, or give it back."""
        focused = self.focused
        chosen = focused if focused is not None and focused.has_class("panel") else self.main_panel
        self.give_room(None if self.has_class("-zoomed") else chosen)

    def give_room(self, chosen: Widget | None) -> None:
        """Let one panel have all the room; None: each has its own again."""
        self.set_class(chosen is not None, "-zoomed")
        for panel in self.query(".panel"):
            panel.set_class(panel is chosen, "-big")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the keys of what has the keyboard, and give it the room, if one panel alone has any."""
        self.show_keys()
        self.list_rows()
        if self.has_class("-zoomed") and event.widget.has_class("panel"):
            self.give_room(event.widget)

    def on_descendant_blur(self) -> None:
        """Show the keys of the screen again."""
        self.show_keys()
        self.list_rows()

    def show_keys(self) -> None:
        """Show in the last line what keys do now."""
        for line in self.query(KeyLine):
            line.inner = key_lines.inner_line(self, self.inner_keys)

    @property
    def inner_keys(self) -> Keys:
        """The keys of what has the keyboard, where they take the place of the screen's."""
        if isinstance(self.focused, Form):
            return key_lines.SETTINGS_LINE
        if self.lesson is not None and self.focused is self.lesson:
            return key_lines.NUMBER_LINE if self.lesson.playing.types else key_lines.ANSWER_LINE
        return key_lines.FIELD_LINE if isinstance(self.focused, Input) else ()

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Give the keyboard to a widget; while something is asked, it gets it after the answer."""
        if self.has_class("-asking") and widget is not self.query_one(Prompt).field:
            self._asked_from = widget
        else:
            super().set_focus(widget, scroll_visible, from_app_focus)

    def focus_next(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Go to the next panel; see Screen."""
        if not self.has_class("-zoomed"):
            return super().focus_next(selector)
        from tui_nn.screens.zooming import zoom_beside

        return zoom_beside(self, 1)

    def focus_previous(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Go to the panel before; see Screen."""
        if not self.has_class("-zoomed"):
            return super().focus_previous(selector)
        from tui_nn.screens.zooming import zoom_beside

        return zoom_beside(self, -1)

    def action_rehearse(self) -> None:
        """Train on the kept drawings, where there is a canvas."""
        self.tell("Your drawings belong to the Digits screen (2).")

    # -- files

    def action_save(self, with_timeline: bool = False) -> None:
        """Ask where to write the run, with all its moments or as it is."""
        from tui_nn.screens.asking import ask_where_to_save

        ask_where_to_save(self, with_timeline)

    def action_load(self) -> None:
        """Ask which run to read."""
        from tui_nn.screens.asking import ask_what_to_open

        ask_what_to_open(self)

    def action_share(self) -> None:
        """Show the run as a line, once its trainer has answered: no other key waits for that."""
        from tui_nn.screens.share import share_shown

        self.run_worker(share_shown(self))

    # -- settings

    def list_rows(self) -> None:
        """Show the settings in the form."""
        for form in self.query(Form):
            list_settings(form, self.config, has_keyboard=form is self.focused)

    def on_form_nudged(self, event: Form.Nudged) -> None:
        """Change a setting by one arrow key."""
        self.run.nudge(event.key, event.step)

    def on_form_missed(self, event: Form.Missed) -> None:
        """Say why there is no row."""
        self.tell(missing_row(event.letter, self.config), True)

    def on_form_opened(self, event: Form.Opened) -> None:
        """Let a value be typed or chosen; a digit chooses as it does in the list."""
        from tui_nn.screens.asking import ask_for_setting

        ask_for_setting(self, event.key, event.typed)

    def action_toggle_feature(self, index: int) -> None:
        """Give the network a feature, or take it away."""
        from tui_nn.screens.asking import toggle_feature

        toggle_feature(self, index)

    def ask(self, label: str, text: str, typed: str, note: str, accept: Callable[[str], str]) -> None:
        """Ask for a line of text in place of the event line; see Prompt.ask."""
        self._asked_from = self.focused
        self.add_class("-asking")
        self.query_one(Prompt).ask(label, text, typed, note, accept, self._end_prompt)

    def _end_prompt(self) -> None:
        self.remove_class("-asking")
        self.set_focus(self._asked_from)
