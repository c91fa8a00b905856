"""However it ends: the terminal is as it was, the exit status tells why, no process is left."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from typing import Any

import pytest

Open = Any
UntilGone = Callable[[int], None]


def _send(number: int) -> Callable[[Any], None]:
    return lambda terminal: os.kill(terminal.process.pid, number)


WAYS = {
    "q twice": (lambda terminal: terminal.type("qq"), 0),
    "ctrl+q": (lambda terminal: terminal.type("\x11"), 0),
    "ctrl+c twice": (lambda terminal: terminal.type("\x03\x03"), 130),
    "SIGINT": (_send(signal.SIGINT), 130),
    "SIGTERM": (_send(signal.SIGTERM), 143),
    "SIGHUP": (_send(signal.SIGHUP), 129),
}
FLAT_OUT = ("--speed", "full", "--fps", "60")


@pytest.mark.parametrize("way", WAYS)
def test_the_terminal_is_restored_and_no_process_is_left(
    open_terminal: Open, until_gone: UntilGone, way: str
) -> None:
    leave, status = WAYS[way]
    terminal = open_terminal(*FLAT_OUT)
    terminal.until("running")
    trainer = terminal.trainer
    leave(terminal)

    assert terminal.wait() == status
    until_gone(trainer)
    after = terminal.written.rpartition(b"\x1b[?1049l")
    assert after[1], "the alternate screen is left"
    assert b"\x1b[?25h" in after[2], "the cursor is shown"
    assert b"\x1b[?2004l" in terminal.written, "pasting is as it was"
    assert terminal.modes() == terminal.modes_before
    assert b"Traceback" not in terminal.written


def test_q_leaves_at_once_where_nothing_would_be_lost(open_terminal: Open) -> None:
    terminal = open_terminal("--paused")
    terminal.until("paused")
    terminal.type("q")

    assert terminal.wait() == 0


def test_q_asks_where_a_run_would_be_lost(open_terminal: Open) -> None:
    terminal = open_terminal("--speed", "full", size=(120, 36))
    terminal.until(lambda: re.search(r"epoch +(\d\d\d|\d,\d)", terminal.text))
    terminal.type("q")
    terminal.until("q: quit anyway")
    terminal.type("q")

    assert terminal.wait() == 0


@pytest.mark.parametrize("is_controlling", [True, False], ids=["with SIGHUP", "without SIGHUP"])
def test_a_closed_window_ends_it(open_terminal: Open, until_gone: UntilGone, is_controlling: bool) -> None:
    terminal = open_terminal(*FLAT_OUT, is_controlling=is_controlling)
    terminal.until("running")
    trainer = terminal.trainer
    terminal.hang_up()

    assert terminal.process.wait(30) == 129
    until_gone(trainer)


def test_a_window_closed_while_a_field_is_open_ends_it(open_terminal: Open, until_gone: UntilGone) -> None:
    terminal = open_terminal("--paused")
    terminal.until("paused")
    trainer = terminal.trainer
    terminal.type("c")
    terminal.until("Settings")
    terminal.type("r5")
    terminal.until("a number above 0")
    terminal.hang_up()

    assert terminal.process.wait(30) == 129
    until_gone(trainer)


def test_a_killed_trainer_is_said_and_replaced_on_a_key(open_terminal: Open, until_gone: UntilGone) -> None:
    terminal = open_terminal(size=(120, 36))
    terminal.until("epoch    2")
    first = terminal.trainer
    os.kill(first, signal.SIGKILL)
    terminal.until("Training process lost: it was ended by SIGKILL")
    terminal.until("no trainer")
    terminal.type(" ")
    terminal.until("Another trainer goes on from step")
    second = terminal.trainer
    terminal.type(" ")
    terminal.until("running")
    terminal.type("q")

    assert terminal.wait() == 0
    assert first != second
    until_gone(second)


def test_a_killed_app_leaves_no_process(open_terminal: Open, until_gone: UntilGone) -> None:
    terminal = open_terminal(*FLAT_OUT)
    terminal.until("running")
    trainer = terminal.trainer
    terminal.process.kill()
    terminal.process.wait()

    until_gone(trainer)


def test_ctrl_c_once_asks(open_terminal: Open) -> None:
    terminal = open_terminal("--paused")
    terminal.until("paused")
    terminal.type("\x03")
    terminal.until("ctrl+c again")

    assert terminal.process.poll() is None
