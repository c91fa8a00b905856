"""The base of what opens over a screen: closed once, however fast keys come."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

from tui_nn.screens.window import WindowScreen

Result = TypeVar("Result")


class Popup(WindowScreen[Result], ModalScreen[Result]):
    """A modal screen that leaves the views behind it in their own colors."""

    DEFAULT_CSS = """
    Popup { background: transparent; }
    """

    takes_letters = True
    """Letters choose in a list, or are for whoever reads; see MeantKeys."""
    _is_closed = False

    def close(self, result: Result | None = None) -> None:
        """Dismiss with a result; a second call does nothing."""
        if not self._is_closed:
            self._is_closed = True
            self.dismiss(result)

    def action_close(self) -> None:
        """Dismiss without a result."""
        self.close()
