"""A window that changes while nothing trains: the picture is whole at once, no key is needed."""

from __future__ import annotations

import time
from typing import Any

import pytest

Open = Any
SCREENS = {"playground": "Decision map", "digits": "Canvas", "inside": "Neuron", "space": "Space"}


def settled(terminal: Any) -> str:
    """Return the screen once nothing is written any more."""
    quiet_since = time.monotonic()
    while time.monotonic() < quiet_since + 1.5:
        if terminal.read(0.1):
            quiet_since = time.monotonic()
    return "\n".join(terminal.screen.display[1:-2])


@pytest.mark.parametrize("screen", SCREENS)
def test_a_window_that_grows_while_paused_is_drawn_whole(open_terminal: Open, screen: str) -> None:
    words = ("--paused", "--screen", screen)
    resized, opened = open_terminal(*words, size=(58, 18)), open_terminal(*words, size=(200, 60))
    resized.until("too small")
    opened.until(SCREENS[screen])
    wanted = settled(opened)
    settled(resized)
    resized.resize(200, 60)

    assert settled(resized) == wanted


@pytest.mark.parametrize(("is_controlling", "report"), [(False, ""), (True, "\x1b[?2048;1$y")])
def test_a_window_that_changes_without_a_signal_is_drawn_too(
    open_terminal: Open, is_controlling: bool, report: str
) -> None:
    terminal = open_terminal("--paused", is_controlling=is_controlling)
    terminal.until("Decision map")
    terminal.type(report + "]")
    terminal.until("0.03 -> 0.1")
    for size in ((50, 18), (120, 36)):
        terminal.resize(*size)
    terminal.until(lambda: "Settings" in terminal.text and "Decision map" in terminal.text)
    terminal.resize(50, 18)
    terminal.until("too small")
