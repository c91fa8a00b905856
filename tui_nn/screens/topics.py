"""What can be explained of a screen: what has the keyboard first, then its page, the screen, other panels."""

from __future__ import annotations

from collections.abc import Container

from textual.screen import Screen
from textual.widget import Widget

from tui_nn.screens.popup import Popup
from tui_nn.widgets.form import Form

SCREENS = {
    "PlaygroundScreen": "playground",
    "DigitsScreen": "digits",
    "InsideScreen": "inside",
    "SpaceScreen": "space",
    "CompareScreen": "compare",
    "CourseScreen": "lessons",
    "SweepScreen": "sweep",
}
"""What is said of a screen is found by its name in the program."""


def topics(screen: Screen[object], known: Container[str]) -> list[str]:
    """Return what of the known topics a screen shows, each once, the likeliest to be asked for first.

    Without a focus that is what a lesson outlines, then the screen as a whole.
    """
    whole = SCREENS.get(type(screen).__name__, "")
    if isinstance(screen, Popup):
        return [whole] if whole in known else []
    meant = screen.query(".-outlined") if screen.focused is None else [screen.focused]
    shown = [widget for widget in screen.query("*") if _is_seen(widget)]
    named = [_name(screen, widget, known) for widget in (*meant, *screen.query(".page.-open"))]
    wanted = [*named, whole, *(_name(screen, widget, known) for widget in shown)]
    return list(dict.fromkeys(name for name in wanted if name in known))


def _name(screen: Screen[object], widget: Widget, known: Container[str]) -> str:
    """Return the narrowest known name of a widget; empty where there is none."""
    return next((name for name in _names(screen, widget) if name in known), "")


def _names(screen: Screen[object], widget: Widget) -> list[str]:
    """Return what a widget may be called, the narrowest name first."""
    if isinstance(widget, Form) and getattr(screen, "inspected", None) is not None:
        return ["weights"]
    if widget.has_class("page"):
        return [_page_name(widget)]
    kind = type(widget).__name__
    within = [
        _page_name(page) for page in widget.ancestors if isinstance(page, Widget) and page.has_class("page")
    ]
    return [f"{kind}-{widget.id}", *(f"{page}-{kind}" for page in within), kind]


def _page_name(page: Widget) -> str:
    """Return the folder of a page."""
    return type(page).__module__.split(".")[-2]


def _is_seen(widget: Widget) -> bool:
    return widget.is_on_screen and widget.size.area > 0
