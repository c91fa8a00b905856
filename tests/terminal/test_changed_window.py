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
