"""Started in a terminal: a network learns on the alternate screen, keys answer, the window may change."""

from __future__ import annotations

import re
from typing import Any

import pytest

Open = Any


def test_a_network_learns_on_the_alternate_screen(open_terminal: Open) -> None:
    terminal = open_terminal()
    terminal.until("running")
    terminal.until("Decision map: moons")

    assert b"\x1b[?1049h" in terminal.written
    terminal.until(lambda: "epoch     0" not in terminal.text)


def test_keys_answer(open_terminal: Open) -> None:
    terminal = open_terminal("--paused", size=(120, 36))
    terminal.until("hidden 2")
    terminal.type("]")
    terminal.until("Learning rate 0.03 -> 0.1")
    terminal.type("[[")
    terminal.until("Learning rate 0.03 -> 0.01")
    terminal.type("\x1a")
    terminal.until("Undone: Learning rate 0.03 -> 0.01")
    terminal.type("\t\x1b[C\r")
    terminal.until("Output of hidden 2, neuron 1")
    terminal.escape("Decision map: moons")
    terminal.type(":")
    terminal.until("Find an action")
    terminal.type("hidden layer of two")
    terminal.until("add a hidden layer")
    terminal.type("\r")
    terminal.until("4,2 -> 4,2,2")
    terminal.type("??")
    terminal.until("run or pause the training")


def test_what_arrives_in_one_read_is_taken_in_its_order(open_terminal: Open) -> None:
    terminal = open_terminal("--paused")
    terminal.until("Decision map")
    terminal.type("cp\r\x1bcm400\r\x1b3Etest 2\r1cr0.01\r")
    terminal.until("Learning rate 0.03 -> 0.01")

    assert re.search(r"learning rate +0\.01 ", terminal.text)
    terminal.type("m")
    terminal.until(lambda: re.search(r"samples +400 ", terminal.text))


def test_many_enters_in_the_palette_run_one_command_and_close_nothing_else(open_terminal: Open) -> None:
    terminal = open_terminal("--paused")
    terminal.until("Decision map")
    terminal.type(":\r\r\r\r\r")
    terminal.until("running")
    terminal.until("Decision map")
    terminal.type("3")
    terminal.until("Neuron")


@pytest.mark.parametrize("columns", [1, 4, 5, 6, 8])
def test_the_palette_ends_nothing_in_a_tiny_window(open_terminal: Open, columns: int) -> None:
    terminal = open_terminal("--paused", size=(columns, 24), drawn=(80, 24))
    terminal.until("too")
    terminal.type(":\r\r\x1b[B\x1b[6~\x7f")
    terminal.resize(80, 24)
    terminal.until("Decision map")
    terminal.type(":drop")
    terminal.until("dropout (0)")
    terminal.resize(columns, 24)
    terminal.type("out\x1b[B\x1b[6~\x7f")
    terminal.resize(80, 24)
    terminal.until("dropou ")
    terminal.escape("Decision map")

    assert terminal.process.poll() is None


def test_the_window_may_change_at_any_moment(open_terminal: Open) -> None:
    terminal = open_terminal("--speed", "full")
    terminal.until("running")
    for size in [(120, 36), (1, 1), (200, 60), (20, 5), (3, 40)]:
        terminal.resize(*size)
        terminal.read(0.05)
    terminal.resize(80, 24)
    terminal.until("running")
    terminal.until("Decision map")

    assert terminal.process.poll() is None


def test_letters_that_are_not_utf_8_break_nothing(open_terminal: Open) -> None:
    terminal = open_terminal("--paused", size=(120, 36))
    terminal.until("paused")
    terminal.type(b"\xe4\xf6\xfc \xff\xfe]")
    terminal.until("Learning rate 0.03 -> 0.1")


def test_a_flag_opens_the_network_in_space(open_terminal: Open) -> None:
    terminal = open_terminal("--screen", "space", "--paused", "--hidden", "5")
    terminal.until("Space: 2-5-1, all 15 links")
    terminal.until("hidden 1 (5)")
