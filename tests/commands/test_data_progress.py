from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tui_nn.commands.download_progress import Lines, megabytes

HALF_WAY = """
from tui_nn.commands.download_progress import make_download_progress
with make_download_progress("MNIST", 2_000_000) as progress:
    progress.show(1_000_000)
    progress.note("a file comes from [elsewhere]")
"""


def test_a_terminal_is_shown_a_bar(command_environment: Mapping[str, str]) -> None:
    master, slave = os.openpty()
    environment = {**command_environment, "TERM": "xterm-256color", "COLUMNS": "80"}
    process = subprocess.Popen([sys.executable, "-c", HALF_WAY], env=environment, stderr=slave)
    os.close(slave)
    shown = b""
    while True:
        try:
            data = os.read(master, 1 << 16)
        except OSError:  # Linux says so where the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(master)
    assert process.wait(30) == 0
    lines = re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()))

    assert any(re.match(r"MNIST ━+.* 1\.0/2\.0 MB ", line) for line in lines)
    assert "a file comes from [elsewhere]" in [line.rstrip() for line in lines]
    assert max(map(len, lines)) <= 80


def test_lines_tell_each_tenth_once(capsys: pytest.CaptureFixture[str]) -> None:
    with Lines("MNIST", 1_000_000) as progress:
        for done in (0, 99_999, 100_000, 150_000, 420_000, 420_000, 1_000_000):
            progress.show(done)
    percents = [line.split()[1] for line in capsys.readouterr().err.splitlines()]

    assert percents == ["10", "42", "100"]


def test_megabytes_are_thousands_of_thousands() -> None:
    assert megabytes(11_594_722) == "11.6 MB"
