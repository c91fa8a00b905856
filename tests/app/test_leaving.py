"""The last words to a terminal: written as far as it takes them, whoever is in the middle of writing."""

from __future__ import annotations

import os
import pty
import select
import termios
import threading
import tty
from collections.abc import Callable

import pytest

from tui_nn.app.leaving import write_last_words

WORDS = b"the last words"


def read_all(master: int) -> bytes:
    data = b""
    while select.select([master], [], [], 0.3)[0]:
        data += os.read(master, 1 << 16)
    return data


def in_thread(do: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=do, daemon=True)
    thread.start()
    return thread


def test_they_come_after_a_write_that_the_terminal_did_not_take() -> None:
    master, slave = pty.openpty()
    tty.setraw(slave)

    in_thread(lambda: os.write(slave, b"x" * 1_000_000))
    while select.select([], [slave], [], 0.2)[1]:
        pass
    write_last_words(slave, WORDS, 10.0)
    shown = read_all(master)
    os.close(slave)
    os.close(master)

    assert shown.endswith(WORDS)
    assert len(shown) < 1_000_000


def test_nothing_comes_after_them_and_the_terminal_waits_again_for_others() -> None:
    master, slave = pty.openpty()
    tty.setraw(slave)
    shared = os.dup(slave)
    write_last_words(slave, WORDS, 10.0)
    os.write(slave, b"more")

    assert read_all(master) == WORDS
    assert os.get_blocking(shared)


def test_a_terminal_that_is_gone_is_not_waited_for() -> None:
    master, slave = pty.openpty()
    os.close(master)
    with pytest.raises((OSError, termios.error)):
        write_last_words(slave, WORDS, 1e9)
    os.close(slave)
