from __future__ import annotations

import io
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from fcntl import ioctl
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.commands.plot import choose_palette, draw, width_of
from tui_nn.render.palette import ASCII, COLORS_256, MONO, TRUECOLOR
from tui_nn.settings.config import Config
from tui_nn.training.commands import RunEpochs
from tui_nn.training.session import Session

SHORT = ("train", "--samples", "60", "--batch-size", "10", "--epochs", "3", "--plot")
UTF8 = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}
SGR = re.compile(r"\x1b\[[0-9;]*m")


class FakeTerminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        return True


def trained(**settings: Any) -> Session:
    session = Session(Config(**settings))
    lines: list[Any] = [[RunEpochs(2)]]

    def receive(wait_s: float | None) -> Any:
        if lines:
            return lines.pop()
        return None if wait_s is None else ()

    session.run(receive, lambda message: None)
    return session


def test_map_curves_and_network_follow_the_result(call: Any) -> None:
    words = call(*SHORT).stdout

    places = [words.index(part) for part in ("finished", "class 0", "Loss", "Accuracy", "input", "hidden 2")]
    assert places == sorted(places)


def test_without_a_terminal_it_is_plain_and_80_columns_wide(call: Any) -> None:
    picture = call(*SHORT, COLUMNS="200").stdout.partition("class 0")[2]

    assert "\x1b" not in picture
    assert 60 < max(map(len, picture.splitlines())) <= 80


def test_ascii_is_plain_ascii(call: Any) -> None:
    picture = call(*SHORT, "--ascii").stdout

    assert picture.isascii()
    assert "class 0" in picture


def test_json_stays_alone_on_standard_output(call: Any) -> None:
    finished = call(*SHORT, "--json")

    assert json.loads(finished.stdout)["epochs"] == 3
    assert "class 0" in finished.stderr
    assert "hidden 2" in finished.stderr


def test_a_color_that_is_asked_for_holds_without_a_terminal(call: Any) -> None:
    assert "\x1b[" in call(*SHORT, "--color", "256").stdout
    assert "38;2;" in call(*SHORT, "--color", "truecolor").stdout


@pytest.mark.parametrize(
    ("config", "environment", "palette"),
    [
        ({}, UTF8, COLORS_256),
        ({}, {**UTF8, "COLORTERM": "truecolor"}, TRUECOLOR),
        ({}, {**UTF8, "NO_COLOR": "1"}, MONO),
        ({}, {**UTF8, "TERM": "dumb"}, MONO),
        ({}, {**UTF8, "TERM": "dumb", "LANG": "C"}, ASCII),
        ({"color": "256"}, {**UTF8, "NO_COLOR": "1"}, COLORS_256),
        ({"color": "mono", "ascii": True}, UTF8, ASCII),
    ],
    ids=str,
)
def test_colors_are_those_of_the_terminal(
    config: dict[str, Any], environment: dict[str, str], palette: Any
) -> None:
    assert choose_palette(Config(**config), FakeTerminal(), environment) is palette


def test_a_stream_that_cannot_write_blocks_gets_ascii() -> None:
    assert choose_palette(Config(), io.TextIOWrapper(io.BytesIO(), encoding="latin-1"), UTF8) is ASCII


def test_a_stream_without_a_terminal_is_80_columns_wide(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file:
        assert width_of(file) == 80
    assert width_of(io.StringIO()) == 80


def on_terminal(words: tuple[str, ...], environment: Mapping[str, str], columns: int) -> str:
    """Run tui-nn with its standard output on a terminal of this width; return what it wrote there."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_nn", *words], env=environment, stdout=slave, stderr=subprocess.DEVNULL
    )
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
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(("columns", "variables"), [(70, {}), (130, {"NO_COLOR": "1"})])
def test_a_terminal_is_filled_and_colored(
    command_environment: Mapping[str, str], columns: int, variables: dict[str, str]
) -> None:
    environment = {**command_environment, **UTF8, **variables}
    environment.pop("COLORTERM", None)
    picture = on_terminal(SHORT, environment, columns).partition("\n\n")[2]
    lines = SGR.sub("", picture).splitlines()

    assert max(map(len, lines)) == columns
    assert ("\x1b[" in picture) == (not variables)


@pytest.mark.parametrize("width", [20, 41, 80, 109, 110, 160])
@pytest.mark.parametrize("palette", [COLORS_256, ASCII], ids=lambda palette: palette.name)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"dataset": "pinwheel", "classes": 5, "hidden_sizes": (30, 2)},
        {"dataset": "reg-gauss", "features": ("x2",)},
        {"dataset": "clusters", "hidden_sizes": ()},
        {"dataset": "digits", "samples": 40, "hidden_sizes": (5,)},
        {"dataset": "digits", "samples": 40, "hidden_sizes": ("2c3", "p2")},
    ],
    ids=lambda settings: settings.get("dataset", "moons"),
)
def test_any_run_is_drawn_in_the_width_there_is(settings: dict[str, Any], palette: Any, width: int) -> None:
    session = trained(**{"samples": 60, "batch_size": 20, **settings})
    cells = draw(session, palette, width)

    assert 1 <= cells.width <= width
    assert cells.height > 10


def test_drawing_changes_nothing_of_the_run() -> None:
    session = trained(samples=60, dropout=0.2)
    before = session.trainer.checkpoint()
    draw(session, MONO, 80)
    after = session.trainer.checkpoint()

    assert np.array_equal(before.parameters, after.parameters)
    assert (before.dropout_state, before.step) == (after.dropout_state, after.step)


def test_a_map_of_two_of_four_inputs_says_which() -> None:
    text = "\n".join(draw(trained(dataset="clusters", samples=60), MONO, 80).lines())

    assert "map: x1 across, x2 up, the other inputs at their mean" in text


def test_a_run_that_diverged_is_drawn_too(call: Any) -> None:
    words = ["--optimizer", "sgd", "--loss", "mse", "--output-activation", "linear", "--learning-rate", "1e6"]
    finished = call(*SHORT, *words)

    assert finished.status == 1
    assert "hidden 2" in finished.stdout
