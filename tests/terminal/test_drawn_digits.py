"""The ten digits, drawn with keys in a real terminal: the shipped network reads each of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tui_nn.data.kept_drawings import load_drawings

Open = Any
Place = tuple[int, int]

MIDDLE = (14, 14)
"""Where the pen is at first: row and column."""
SMALL_STEPS = {
    (-1, 0): "k",
    (1, 0): "j",
    (0, -1): "h",
    (0, 1): "l",
    (-1, -1): "y",
    (-1, 1): "u",
    (1, -1): "b",
    (1, 1): "n",
}
"""(down, right) -> the key; as a capital it goes five cells."""
DIGITS: dict[str, str] = {
    "0": "5,12 5,16 8,19 19,19 22,16 22,12 19,9 8,9 5,12",
    "1": "8,11 5,14 22,14",
    "2": "8,9 5,12 5,16 8,19 10,19 21,8 21,20",
    "3": "5,9 5,16 7,18 11,18 13,16 13,12 13,16 15,18 20,18 22,16 22,9",
    "4": "5,12 15,9 15,20 10,17 22,17",
    "5": "5,18 5,9 12,9 12,16 14,18 20,18 22,16 22,9",
    "6": "5,16 9,12 14,10 20,10 22,12 22,16 20,18 16,18 14,16 14,10",
    "7": "5,8 5,19 22,11",
    "8": "5,12 5,16 7,18 11,18 13,16 13,12 11,10 7,10 5,12 13,12 15,10 20,10 22,12 22,16 20,18 15,18 13,16",
    "9": "12,18 14,16 14,12 12,10 7,10 5,12 5,16 7,18 22,18",
}
"""Corners of each digit in the order of drawing, as row,column: one stroke, by keys in eight directions."""


def corners(digit: str) -> list[Place]:
    """Return the (row, column) of the corners of a digit."""
    pairs = (corner.split(",") for corner in DIGITS[digit].split())
    return [(int(row), int(column)) for row, column in pairs]


def moves(start: Place, end: Place) -> Iterator[str]:
    """Yield the keys from one place to another: aslant as far as that goes, then straight."""
    down, right = end[0] - start[0], end[1] - start[1]
    while down or right:
        step = (down > 0) - (down < 0), (right > 0) - (right < 0)
        is_long = all(abs(way) >= 5 for way, part in zip((down, right), step, strict=True) if part)
        length = 5 if is_long else 1
        yield SMALL_STEPS[step].upper() if is_long else SMALL_STEPS[step]
        down, right = down - length * step[0], right - length * step[1]


def keys(digit: str, pen: Place) -> str:
    """Return the keys that draw a digit from where the pen is: move, pen down, lines, pen up."""
    first, *_ = places = corners(digit)
    lines = (key for start, end in itertools.pairwise(places) for key in moves(start, end))
    return "".join([*moves(pen, first), " ", *lines, " "])


def guesses(text: str) -> list[str]:
    """Return the digit that the screen calls the best guess, and the digits whose bars are longest."""
    best = re.search(r"best guess +.*\n.* (\d): \d+ %", text)
    bars = {match[1]: int(match[2]) for match in re.finditer(r" (\d) [^\d\n]*[ ](\d+) %", text)}
    if not best or sorted(bars) != list("0123456789"):
        return []
    return [best[1], *(digit for digit, percent in bars.items() if percent == max(bars.values()))]


def test_ten_digits_drawn_with_keys_are_read(open_terminal: Open, tmp_path: Path) -> None:
    terminal = open_terminal("--screen", "digits", size=(120, 36), TUI_NN_DATA=str(tmp_path / "data"))
    terminal.until("Nothing is drawn yet.")
    terminal.type("\r")
    terminal.until("DRAW")
    pen = MIDDLE
    for digit in DIGITS:
        terminal.type(keys(digit, pen))
        terminal.until("Pen up.")
        terminal.until(lambda digit=digit: guesses(terminal.text) == [digit, digit])
        while terminal.read(0.15):
            pass
        assert guesses(terminal.text) == [digit, digit], "it stays so when all has been drawn"
        pen = corners(digit)[-1]
        terminal.type("c")
        terminal.until("Nothing is drawn yet.")
    terminal.type("\x1b")
    terminal.until(lambda: "DRAW" not in terminal.text)
    terminal.type("q")

    assert terminal.wait() == 0
    assert b"Traceback" not in terminal.written


def test_a_labeled_drawing_is_kept_and_trained_on(open_terminal: Open, tmp_path: Path) -> None:
    file = tmp_path / "data" / "drawings.npz"
    terminal = open_terminal("--screen", "digits", size=(120, 36), TUI_NN_DATA=str(file.parent))
    terminal.until("Nothing is drawn yet.")
    terminal.type("i")
    terminal.until("Draw a digit first.")
    terminal.type("I")
    terminal.until("No drawings yet")
    terminal.type("\rb LLL \x1b")  # a bar across, which is no digit
    terminal.until("Pen up.")
    terminal.until(lambda: "DRAW" not in terminal.text and guesses(terminal.text))
    wrong = next(digit for digit in "350" if digit not in guesses(terminal.text))
    terminal.type("i")
    terminal.until("This was a")
    terminal.type("x\r")
    terminal.until("x is not a digit")
    terminal.type("\x7f")
    terminal.until(lambda: "x is not a digit" not in terminal.text)
    terminal.type(f"{wrong}\r")
    terminal.until(f"Saved as a {wrong}")
    assert load_drawings(file).digits.tolist() == [int(wrong)]
    assert len(np.argwhere(load_drawings(file).drawings[0])) > 15

    terminal.type("I")
    terminal.until("Trained for a moment on your drawings (1).")
    assert guesses(terminal.text) == [wrong, wrong], "no old answer stands beside it"
    terminal.type("q")
    assert terminal.wait() == 0


def test_a_broken_file_of_drawings_costs_nothing(open_terminal: Open, tmp_path: Path) -> None:
    (tmp_path / "drawings.npz").write_bytes(b"PK\x03\x04 no longer whole")
    terminal = open_terminal("--screen", "digits", size=(80, 24), TUI_NN_DATA=str(tmp_path))
    terminal.until("Nothing is drawn yet.")
    terminal.type("\r K J")
    terminal.until("guess")
    terminal.type("\x1b")
    terminal.until(lambda: "DRAW" not in terminal.text)
    terminal.type("i")
    terminal.until("This was a")
    terminal.type("1\r")
    terminal.until("Saved as a 1")
    terminal.type("q")

    assert terminal.wait() == 0
    assert load_drawings(tmp_path / "drawings.npz").digits.tolist() == [1]
    assert b"Traceback" not in terminal.written
