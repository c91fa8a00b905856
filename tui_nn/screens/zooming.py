"""Going from the panel that has all the room to the next one."""

from __future__ import annotations

from textual.widget import Widget

from tui_nn.screens.run_screen import RunScreen


def zoom_beside(screen: RunScreen, step: int) -> Widget | None:
    """Give all the room, and the keyboard if it takes keys, to the next of the panels that share it."""
    zoomed = screen.query(".panel.-big").first()
    screen.give_room(None)
    screen.app.stylesheet.update(screen)  # only now is it known which panels are there
    panels = [panel for panel in screen.query(".panel").results(Widget) if _is_there(panel)]
    panel = panels[(panels.index(zoomed) + step) % len(panels)] if zoomed in panels else screen.main_panel
    screen.give_room(panel)
    screen.set_focus(panel if panel.focusable else None)
    return screen.focused


def _is_there(panel: Widget) -> bool:
    """Return whether the style sheets let a panel be seen, however far its picture is."""
    return panel.visible and all(widget.display for widget in panel.ancestors_with_self)
