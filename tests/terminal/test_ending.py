"""Hang-up, end, stop, going on and end of input, in any order: it ends, or goes on with a usable terminal."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

Open = Any
QUERY = b"\x1b[6n"

ORDERS = [
    (order, pause)
    for order in ("HUP CONT close", "TERM CONT close", "CONT HUP close", "CONT close", "TSTP CONT close")
    for pause in (0.02, 0.1, 0.25)
] + [
    (order, 0.05)
    for order in (
        "HUP TSTP CONT close",
        "TERM TSTP CONT",
        "TSTP HUP CONT close",
        "TSTP TERM CONT",
        "TSTP CONT TSTP CONT HUP close",
        "STOP CONT TERM",
        "STOP HUP CONT close",
        "CONT CONT CONT TERM CONT",
        "close CONT",
        "close HUP",
        "INT CONT",
    )
]


@pytest.mark.parametrize(("order", "pause"), ORDERS, ids=lambda value: str(value).replace(" ", "-"))
def test_it_is_gone_after_any_order_of_signals(open_terminal: Open, order: str, pause: float) -> None:
    terminal = open_terminal("--paused", is_controlling="HUP" in order or "close" not in order)
    terminal.until("paused")
    for event in order.split():
        if event == "close":
            terminal.hang_up()
        else:
            os.kill(terminal.process.pid, getattr(signal, f"SIG{event}"))
        end = time.monotonic() + pause
        while time.monotonic() < end:
            if terminal.is_open:
                terminal.read(0.01)
            else:
                time.sleep(0.01)
    if terminal.is_open:
        terminal.wait()
        assert terminal.modes() == terminal.modes_before

    assert terminal.process.wait(15) in (129, 130, 143, -signal.SIGHUP, -signal.SIGTERM)


def until_stopped_or_gone(terminal: Any) -> None:
    """Wait until the process stands still, or has ended."""
    end = time.monotonic() + 15
    while state(terminal.process.pid) not in "TZX":
        assert time.monotonic() < end, "it neither stops nor ends"
        terminal.read(0.01)


def state(pid: int) -> str:
    """Return the letter of a process's state; Z for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def n_threads(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/task"))


@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP, None], ids=["STOP", "TSTP", "not stopped"])
def test_it_goes_on_as_often_as_it_is_told_to(open_terminal: Open, stop: int | None) -> None:
    terminal = open_terminal("--paused")
    terminal.until("Decision map")
    before = n_threads(terminal.process.pid)
    raw = terminal.modes()
    for _ in range(4):
        if stop is not None:
            os.kill(terminal.process.pid, stop)
            until_stopped_or_gone(terminal)
        if stop is signal.SIGTSTP:
            assert terminal.modes() == terminal.modes_before
        written = len(terminal.written)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.until(lambda since=written: b"Decision" in terminal.written[since:])
    terminal.type("]")
    terminal.until("0.03 -> 0.1")

    assert n_threads(terminal.process.pid) <= before + 1  # one that keeps the changed run may have begun
    assert terminal.modes() == raw
    terminal.type("\x11")
    assert terminal.wait() == 0
    assert terminal.modes() == terminal.modes_before
    assert terminal.written.count(b"\x1b[>25u") == terminal.written.count(b"\x1b[<u")


def block(terminal: Any) -> None:
    """Let the terminal take no more output: what is drawn for other and other sizes fills it."""
    for _ in range(40):
        terminal.resize(200, 60)
        terminal.resize(199, 59)
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("end", "statuses"),
    [("\x11", (0,)), (signal.SIGTERM, (143,)), (signal.SIGHUP, (129,))],
    ids=["ctrl+q", "TERM", "HUP"],
)
@pytest.mark.parametrize("words", [("--speed", "full"), ("--screen", "digits")], ids=["playground", "digits"])
def test_a_terminal_that_takes_no_output_can_be_left_and_is_given_back(
    open_terminal: Open, words: tuple[str, ...], end: str | int, statuses: tuple[int, ...]
) -> None:
    terminal = open_terminal(*words)
    terminal.until(lambda: QUERY in terminal.written)
    block(terminal)
    if isinstance(end, str):
        terminal.type(end)
    else:
        os.kill(terminal.process.pid, end)

    assert terminal.process.wait(15) in statuses
    while terminal.read(0.1):
        pass
    assert terminal.modes() == terminal.modes_before
    left = terminal.written.rpartition(b"\x1b[?1049l")
    assert left[1], "the alternate screen is left"
    assert b"\x1b[?25h" in left[2], "the cursor is shown"
