"""How much is drawn, whoever tells the size: the terminal, its input, or the environment."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
from collections.abc import Iterator

import pytest

from tui_nn.app.window_size import MOST_DRAWN, drawn_size, too_large, window_size

HUGE = {"COLUMNS": "99999", "LINES": "99999"}


@pytest.fixture
def line() -> Iterator[int]:
    master, slave = pty.openpty()
    yield slave
    os.close(master)
    os.close(slave)


def test_the_terminal_knows_best(line: int) -> None:
    fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 31, 97, 0, 0))

    assert window_size(line, HUGE) == (97, 31)


def test_the_environment_is_asked_where_the_terminal_says_nothing(line: int) -> None:
    assert window_size(line, {"COLUMNS": "120", "LINES": "36"}) == (120, 36)
    assert window_size(line, HUGE) == (99999, 99999)


@pytest.mark.parametrize("text", ["", "0", "-1", "ten", "1e9", "²", "9" * 5000])
def test_nonsense_in_the_environment_is_the_usual_size(line: int, text: str) -> None:
    assert window_size(line, {"COLUMNS": text, "LINES": text}) == (80, 24)


@pytest.mark.parametrize(
    ("window", "drawn"),
    [((80, 24), (80, 24)), ((500, 200), (500, 200)), ((501, 20), (500, 20)), ((65535, 65535), (500, 200))],
)
def test_no_more_is_drawn_than_a_stated_size_and_it_is_said(
    window: tuple[int, int], drawn: tuple[int, int]
) -> None:
    assert MOST_DRAWN == (500, 200)
    assert drawn_size(window) == drawn
    assert ("500 x 200" in too_large(window)) == (window != drawn)


@pytest.mark.parametrize("window", [(1, 1), (4, 24), (6, 2), (19, 200), (0, 0)])
def test_a_tiny_window_is_drawn_as_if_it_were_larger_and_that_is_not_said(window: tuple[int, int]) -> None:
    columns, rows = drawn_size(window)

    assert (columns, rows) == (max(20, window[0]), max(5, window[1]))
    assert not too_large(window)
