from __future__ import annotations

import json
import os
import pty
import termios
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tui_nn.commands.checkup.asking import SAMPLE, ask_terminal, understand
from tui_nn.commands.checkup.finding import NOTE, OK, TROUBLE, Finding
from tui_nn.commands.checkup.terminal import look_at_terminal, told
from tui_nn.commands.doctor import described

UTF8 = {"LANG": "C.UTF-8", "TERM": "xterm-256color"}


def by_name(findings: Any) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def test_every_finding_that_is_not_well_says_what_to_change(call: Any) -> None:
    finished = call("doctor", "--json")
    found = json.loads(finished.stdout)

    assert found["ok"] == (finished.status == 0)
    assert {finding["topic"] for finding in found["findings"]} == {
        "terminal",
        "program",
        "NumPy",
        "folders",
        "kept",
    }
    assert [f["name"] for f in found["findings"] if f["state"] != OK and not f["change"]] == []


def test_a_folder_that_cannot_be_is_trouble_and_the_status_says_so(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    finished = call("doctor", TUI_NN_CACHE=str(file / "below"))

    assert finished.status == 1
    assert "TUI_NN_CACHE" in finished.stdout
    assert "! 1 does not work" in finished.stdout


def test_in_a_plain_locale_the_words_are_plain(call: Any) -> None:
    assert call("doctor", LC_ALL="C", LANG="C").stdout.isascii()


@pytest.mark.parametrize(
    ("environment", "colors", "state"),
    [
        ({**UTF8, "COLORTERM": "truecolor"}, "16 million", OK),
        (UTF8, "256", NOTE),
        ({**UTF8, "NO_COLOR": "1"}, "none", NOTE),
        ({**UTF8, "TERM": "vt100"}, "none", NOTE),
    ],
)
def test_colors_are_those_that_the_program_would_use(
    environment: Mapping[str, str], colors: str, state: str
) -> None:
    found = by_name(look_at_terminal(environment))["colors"]

    assert (found.value, found.state) == (colors, state)


def test_a_locale_without_utf_8_and_a_console_have_ascii() -> None:
    assert by_name(look_at_terminal({"LC_ALL": "C", "TERM": "xterm"}))["locale"].state == NOTE
    assert by_name(look_at_terminal({**UTF8, "TERM": "linux"}))["glyphs"].value == "ASCII"


def test_tmux_and_ssh_are_named_with_what_helps_there() -> None:
    found = by_name(look_at_terminal({**UTF8, "TMUX": "/tmp/tmux", "SSH_CONNECTION": "a b c d"}))

    assert "terminal-features" in found["tmux"].change
    assert "ssh -C" in found["SSH"].change
    assert "set-clipboard" in found["clipboard"].change


GOOD = b"\x1b[7;5R\x1b[?1u\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c"


def test_answers_are_understood() -> None:
    replies = understand(GOOD, 12.0)
    found = by_name(told(replies, is_utf8=True))

    assert replies.sample_cells == len(SAMPLE)
    assert found["answers"].value == "cursor after 12 ms"
    assert found["width of glyphs"].state == OK
    assert found["background"].value == "light"
    assert found["keyboard"].value == "tells all keys apart"


def test_glyphs_that_take_two_cells_are_trouble() -> None:
    found = by_name(told(understand(b"\x1b[7;8R\x1b[?62c", 1.0), is_utf8=True))["width of glyphs"]

    assert (found.state, "took 7 cells, not 4" in found.value) == (TROUBLE, True)


def test_a_slow_line_and_a_dark_background_are_seen() -> None:
    found = by_name(told(understand(GOOD.replace(b"ffff", b"1010"), 400.0), is_utf8=True))

    assert "ssh -C" in found["answers"].change
    assert found["background"].value == "dark"


def test_a_terminal_is_asked_and_its_line_left_as_it_was() -> None:
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)

    def answer() -> None:
        heard = b""
        while b"\x1b[c" not in heard:
            heard += os.read(master, 1024)
        os.write(master, GOOD)

    terminal = threading.Thread(target=answer)
    terminal.start()
    replies = ask_terminal(slave, slave)
    terminal.join()
    after = termios.tcgetattr(slave)
    os.close(master)
    os.close(slave)

    assert replies.answers_name
    assert replies.sample_cells == len(SAMPLE)
    assert after == before


def test_a_terminal_that_answers_nothing_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_nn.commands.checkup.asking.PATIENCE_S", 0.01)
    master, slave = pty.openpty()
    replies = ask_terminal(slave, slave)
    os.close(master)
    os.close(slave)

    assert not replies.answers_cursor
    assert by_name(told(replies, is_utf8=True))["answers"].state == NOTE


def test_lines_name_topics_once_and_count_the_troubles() -> None:
    lines = described(
        [Finding("a", "x", "1"), Finding("a", "y", "2", TROUBLE, "Mend it."), Finding("b", "z", "3")]
    )

    assert lines == [
        "a",
        "  x  1",
        "! y  2",
        "    Mend it.",
        "",
        "b",
        "  z  3",
        "",
        "! 1 does not work; see above.",
    ]
