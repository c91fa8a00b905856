"""Terminals that can do little, or are none: a plain sentence or a plain screen, never a traceback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

Open = Any
COLOR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


@pytest.mark.parametrize("term", ["dumb", "", None, "unknown"], ids=str)
def test_a_terminal_that_cannot_place_the_cursor_gets_a_sentence(
    open_terminal: Open, term: str | None
) -> None:
    terminal = open_terminal(TERM=term)

    assert terminal.wait() == 2
    assert terminal.written.startswith(b"tui-nn: the playground needs a terminal")
    assert terminal.written.count(b"\n") == 1
    assert b"tui-nn train" in terminal.written


@pytest.mark.parametrize("term", ["linux", "vt100", "vt220", "screen"])
def test_a_terminal_with_a_small_font_gets_no_braille(open_terminal: Open, term: str) -> None:
    terminal = open_terminal("--paused", TERM=term)
    terminal.until("Decision map")
    terminal.until("Curves")
    terminal.type("e4")
    terminal.until("Space:")
    terminal.type("3")
    terminal.until("Neuron")

    assert terminal.written.isascii()


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_without_a_terminal_there_is_a_sentence(
    command_environment: Mapping[str, str], tmp_path: Path, stream: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tui_nn"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**command_environment, "TERM": "xterm"},
        cwd=tmp_path,
        timeout=30,
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("tui-nn: the playground needs a terminal")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "locale",
    [{"LANG": "C"}, {"LANG": "POSIX"}, {"LC_ALL": "de_DE.ISO-8859-1"}],
    ids=lambda locale: "-".join(locale.values()),
)
def test_a_locale_without_utf_8_gets_plain_ascii(open_terminal: Open, locale: dict[str, str]) -> None:
    terminal = open_terminal(**locale)
    terminal.until("running")
    terminal.until("Decision map")
    terminal.type("??")
    terminal.until("run or pause the training")
    terminal.escape("Decision map")
    terminal.type("c")
    terminal.until("Settings")
    terminal.type("d\r")
    terminal.until("spiral")
    terminal.escape("Settings")
    terminal.type("tp:")
    terminal.until("Find an action")
    terminal.until("run or pause the training")

    assert terminal.written.isascii()


def test_a_tiny_window_gets_a_sentence(open_terminal: Open) -> None:
    terminal = open_terminal(size=(20, 5))
    terminal.until("This window is too")
    terminal.type("q")

    assert terminal.wait() == 0


@pytest.mark.parametrize(
    ("variables", "words", "wanted", "unwanted"),
    [
        ({"TEXTUAL_COLOR_SYSTEM": "nonsense"}, (), rb"[34]8;5;", rb"[34]8;2;"),
        ({"COLORTERM": "truecolor"}, (), rb"[34]8;2;", None),
        ({}, (), rb"[34]8;5;", rb"[34]8;2;"),
        ({"COLORTERM": "truecolor"}, ("--color", "256"), rb"[34]8;5;", rb"[34]8;2;"),
        ({"TERM": "xterm"}, (), rb"[;\[](?:3|4|9|10)[0-7][;m]", rb"[34]8;[25];"),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, (), rb"running", COLOR.pattern),
        ({"TERM": "vt220"}, (), rb"running", COLOR.pattern),
    ],
    ids=["unknown system", "truecolor", "256", "--color 256", "16", "NO_COLOR", "vt220"],
)
def test_colors_are_those_the_terminal_has(
    open_terminal: Open, variables: dict[str, str], words: tuple[str, ...], wanted: bytes, unwanted: bytes
) -> None:
    terminal = open_terminal(*words, **variables)
    if wanted is not None:
        terminal.until("running")
        terminal.until("Decision map")
        terminal.until("Curves")
        terminal.type("??")
        terminal.until("run or pause the training")
        terminal.escape("Decision map")
        terminal.type("q")
    terminal.wait()

    assert wanted is None or re.search(wanted, terminal.written)
    assert unwanted is None or not re.search(unwanted, terminal.written)
    assert b"Traceback" not in terminal.written
