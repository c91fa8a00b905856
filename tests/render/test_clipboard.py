from __future__ import annotations

import base64
import re

import pytest

from tui_nn.render.clipboard import clipboard_words

LINE = "dataset=moons&weights=" + "aB-_" * 100
PLAIN = f"\x1b]52;c;{base64.b64encode(LINE.encode()).decode()}\x07"


def test_the_text_goes_as_base_64_into_the_clipboard() -> None:
    assert clipboard_words(LINE, {"TERM": "xterm-256color"}) == PLAIN


def test_tmux_is_given_it_for_itself_and_past_it() -> None:
    words = clipboard_words(LINE, {"TERM": "screen-256color", "TMUX": "/tmp/tmux,1,0"})
    own, past = words[: len(PLAIN)], words[len(PLAIN) :]

    assert own == PLAIN
    assert past.startswith("\x1bPtmux;")
    assert past.endswith("\x1b\\")
    assert past.removeprefix("\x1bPtmux;").removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b") == PLAIN


def test_screen_is_given_no_more_at_once_than_it_passes_on() -> None:
    words = clipboard_words(LINE, {"TERM": "screen", "STY": "1234.pts-0"})
    chunks = re.findall(r"\x1bP(.*?)\x1b\\", words, re.DOTALL)

    assert "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks) == words
    assert "".join(chunks) == PLAIN
    assert max(map(len, chunks)) <= 240


@pytest.mark.parametrize("term", ["linux", "vt100", "vt220", "dumb", "ansi", "LINUX"])
def test_a_terminal_that_has_no_clipboard_is_sent_nothing(term: str) -> None:
    assert clipboard_words(LINE, {"TERM": term}) == ""
