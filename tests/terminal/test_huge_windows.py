"""A window as large as a client may ask for: a part is drawn, memory stays flat, and it can be left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Open = Any
IN_BAND = "\x1b[48;2000;2000;1;1t"


def _claim(terminal: Any) -> None:
    terminal.type(IN_BAND)


def _grow(terminal: Any) -> None:
    terminal.resize_line(65535, 65535)


def megabytes(pid: int) -> int:
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmRSS" in line]
    return int(line.split()[1]) // 1024


@pytest.mark.parametrize(("grow", "size"), [(_claim, "2000 x 2000"), (_grow, "65535 x 65535")])
def test_a_huge_window_costs_no_memory_and_can_be_left(
    open_terminal: Open, grow: Callable[[Any], None], size: str
) -> None:
    terminal = open_terminal("--paused", size=(500, 200))
    terminal.until("paused")
    grow(terminal)
    terminal.until(f"This window has {size} cells")
    drawn = megabytes(terminal.process.pid)
    for _ in range(40):
        terminal.read(0.05)

    assert megabytes(terminal.process.pid) < drawn + 40
    terminal.type("\x11")
    assert terminal.wait() == 0


def test_a_huge_window_from_the_start(open_terminal: Open) -> None:
    terminal = open_terminal("--paused", size=(65535, 65535), drawn=(500, 200))
    terminal.until("65535 x 65535")
    terminal.type("\x11")

    assert terminal.wait() == 0


def test_huge_numbers_in_the_environment_change_nothing(open_terminal: Open) -> None:
    terminal = open_terminal("--paused", COLUMNS="99999", LINES="99999")
    terminal.until("paused")
    terminal.until("Decision map")
    terminal.type("\x11")

    assert terminal.wait() == 0
