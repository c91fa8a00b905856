"""The base of the screens that show a run: state, event and key lines, settings, zoom, small windows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import DescendantFocus, Resize
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_nn.data import FEATURES
from tui_nn.render.palette import Palette
from tui_nn.screens.actions import (
    ANSWER_LINE,
    FIELD_LINE,
    LESSON_LINE,
    RECOVERY_LINE,
    SETTINGS_LINE,
    TIME_LINE,
)
from tui_nn.screens.window import WindowScreen
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError
from tui_nn.settings.values import choices
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
from tui_nn.widgets.settings_rows import is_listed, missing_row, settings_rows, why_not_listed
from tui_nn.widgets.state_line import StateLine

if TYPE_CHECKING:
    from tui_nn.widgets.lesson_panel import LessonPanel

SETTINGS_HINT = "letter: row, 0-9 . -: type, escape: back"
SETTINGS_HINT_AT_REST = "c: edit settings"
SMALLEST = (60, 20)
TOO_SMALL = f"This window is too small: {SMALLEST[0]} columns by {SMALLEST[1]} rows are needed. q quits."


class RunScreen(WindowScreen[None]):
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
        yield EventLine(self.palette)
        yield TimelineBar(self.palette).data_bind(RunScreen.snapshot)
        yield Prompt()
        keys = self.KEYS if self.lesson is None else LESSON_LINE
        line = KeyLine(self.palette, keys, past=TIME_LINE, diverged=RECOVERY_LINE)
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
            line.tell(text, is_warning)
        for bar in self.query(TimelineBar):
            bar.tell(text, is_warning)

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
        self._place_lesson(event.size.width)
        self.set_class(self.room(event.size).width < SMALL_COLUMNS, "-small")
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")

    def room(self, window: Size) -> Size:
        """Return what a lesson leaves of a window."""
        return window if self.lesson is None else self.lesson.leaves(window)

    def _place_lesson(self, columns: int) -> None:
        """Let a lesson stand beside the views, or above them."""
        if self.lesson is not None:
            self.set_class(self.lesson.side_columns(columns) > 0, "-beside")
            self.set_class(self.lesson.is_wide(columns), "-far-beside")
            self.call_after_refresh(self.lesson.fit)

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
        if name and not is_listed(name, self.config):
            self.tell(why_not_listed(SETTINGS[name]), True)
            return
        self.add_class("-settings")
        self.call_after_refresh(self._go_to_settings, name)

    def _go_to_settings(self, name: str) -> None:
        form = self.query_one(Form)
        form.focus()
        form.go_to(name)

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
            line.inner = self.inner_keys

    @property
    def inner_keys(self) -> Keys:
        """The keys of what has the keyboard, where they take the place of the screen's."""
        if isinstance(self.focused, Form):
            return SETTINGS_LINE
        if self.lesson is not None and self.focused is self.lesson:
            return ANSWER_LINE
        return FIELD_LINE if isinstance(self.focused, Input) else ()

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
        return self._zoom_beside(1) if self.has_class("-zoomed") else super().focus_next(selector)

    def focus_previous(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Go to the panel before; see Screen."""
        return self._zoom_beside(-1) if self.has_class("-zoomed") else super().focus_previous(selector)

    def _zoom_beside(self, step: int) -> Widget | None:
        """Give all the room, and the keyboard if it takes keys, to the next of the panels that share it."""
        zoomed = self.query(".panel.-big").first()
        self.give_room(None)
        self.app.stylesheet.update(self)  # only now is it known which panels are there
        panels = [panel for panel in self.query(".panel").results(Widget) if _is_there(panel)]
        panel = panels[(panels.index(zoomed) + step) % len(panels)] if zoomed in panels else self.main_panel
        self.give_room(panel)
        self.set_focus(panel if panel.focusable else None)
        return self.focused

    def action_rehearse(self) -> None:
        """Train on the kept drawings, where there is a canvas."""
        self.tell("Your drawings belong to the Digits screen (2).")

    def action_misclassified(self, step: int) -> None:
        """Go to the next misclassified sample, or the one before."""
        raise NotImplementedError

    # -- files

    def action_save(self, with_timeline: bool = False) -> None:
        """Ask where to write the run, with all its moments or as it is."""
        label = "save with history to" if with_timeline else "save to"
        from tui_nn.training.remote.run_files import save  # nobody saves before the first picture

        self._ask_for_file(label, lambda path: save(self.run, path, with_timeline))

    def action_load(self) -> None:
        """Ask which run to read."""
        from tui_nn.training.remote.run_files import load  # nobody opens one before the first picture

        self._ask_for_file("open", lambda path: load(self.run, path))

    def _ask_for_file(self, label: str, use: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        def accept(text: str) -> str:
            if not text.strip():
                return "enter a file name"
            self.app.run_worker(use(text.strip()))
            return ""

        self.ask(label, f"{self.config.dataset}.npz", "", "a file name", accept)

    # -- settings

    def list_rows(self) -> None:
        """Show the settings in the form."""
        for form in self.query(Form):
            form.name_panel("Settings", SETTINGS_HINT if form is self.focused else SETTINGS_HINT_AT_REST)
            form.rows = settings_rows(self.config)

    def on_form_nudged(self, event: Form.Nudged) -> None:
        """Change a setting by one arrow key."""
        self.run.nudge(event.key, event.step)

    def on_form_missed(self, event: Form.Missed) -> None:
        """Say why there is no row."""
        self.tell(missing_row(event.letter, self.config), True)

    def on_form_opened(self, event: Form.Opened) -> None:
        """Let a value be typed or chosen; a digit chooses as it does in the list."""
        setting = SETTINGS[event.key]
        listed = choices(setting.kind)
        if event.key == "features" and event.typed.isdecimal():
            self.action_toggle_feature(int(event.typed) - 1)
        elif listed is None:
            self._ask_for_setting(event.key, event.typed)
        else:
            from tui_nn.screens.choose import LETTERS, ChooseScreen  # nobody chooses before the first picture
            from tui_nn.views.map.panel_thumbnails import dataset_pictures

            if event.key == "dataset":
                listed = {name: note for name, note in listed.items() if name in self.datasets}
            if event.typed in LETTERS[: len(listed)] and event.typed:
                self._chosen(event.key, list(listed)[LETTERS.index(event.typed)])
                return
            current = setting.kind.format(getattr(self.config, event.key))
            pictures = dataset_pictures(self.palette) if event.key == "dataset" else None
            chooser = ChooseScreen(setting.label, listed, current, self.palette, pictures)
            self.app.push_screen(chooser, lambda name: self._chosen(event.key, name))

    def _chosen(self, name: str, text: str | None) -> None:
        if text is not None:
            self.run.configure(**{name: SETTINGS[name].parse(text)})

    def action_toggle_feature(self, index: int) -> None:
        """Give the network a feature, or take it away."""
        names = list(FEATURES)
        if not 0 <= index < len(names):
            return
        chosen = set(self.config.features) ^ {names[index]}
        if not chosen:
            self.tell("The network needs at least one feature.", True)
            return
        self.run.configure(features=tuple(name for name in names if name in chosen))

    def _ask_for_setting(self, name: str, typed: str) -> None:
        setting = SETTINGS[name]

        def accept(text: str) -> str:
            try:
                value = setting.parse(text)
                self.config.replace(**{name: value})
            except ConfigError as error:
                return f"{error.value_text} is not allowed; {error.allowed}"
            self.run.configure(**{name: value})
            return ""

        shown = setting.kind.format(getattr(self.config, name))
        self.ask(setting.label, shown, typed, setting.kind.allowed, accept)

    def ask(self, label: str, text: str, typed: str, note: str, accept: Callable[[str], str]) -> None:
        """Ask for a line of text in place of the event line; see Prompt.ask."""
        self._asked_from = self.focused
        self.add_class("-asking")
        self.query_one(Prompt).ask(label, text, typed, note, accept, self._end_prompt)

    def _end_prompt(self) -> None:
        self.remove_class("-asking")
        self.set_focus(self._asked_from)


def _is_there(panel: Widget) -> bool:
    """Return whether the style sheets let a panel be seen, however far its picture is."""
    return panel.visible and all(widget.display for widget in panel.ancestors_with_self)
