"""The tour in a real terminal: offered at the first start, played to its end by the keys that it names."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_nn.files.assets import asset_path
from tui_nn.lessons.reading import read_lesson
from tui_nn.widgets.lesson_panel import SIDE_FROM

Open = Callable[..., Any]
Terminal = Any
OFFER = "enter: a tour in six steps."
LOST = "The last run was not saved"
BYTES = {"space": " ", "enter": "\r", "tab": "\t", "right": "\x1b[C"}
SEEN = {
    ("train", "space"): "running",
    ("back", "0"): "rewound",
    ("back", ";"): "rewound",
    ("back", "9"): "Back at the latest step",
    ("neuron", "tab"): "Network: activations",
    ("neuron", "enter"): "Output of hidden 1, neuron 1",
    ("neuron", "right"): "Output of hidden 2, neuron 1",
    ("neuron", "escape"): "ap: ",  # Decision map: ..., or Map: t shows ...
    ("change", "space"): "running",
    ("change", "U"): "Hidden layers 8,8 -> ",
    ("change", "u"): " -> 8,8",
    ("walk", "f"): "Walk: train 1",
    ("draw", "enter"): "DRAW",
    ("draw", "space"): "DRAW",
    ("draw", "escape"): "enter draws",
}
"""What is on the screen when a key of the tour has been pressed."""
each_size = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def first_start(open_terminal: Open, tmp_path: Path, *words: str, **options: Any) -> Terminal:
    """Open the app as a newcomer does: no setting is given, nothing is kept of a start before."""
    return open_terminal(*words, TUI_NN_DTYPE=None, TUI_NN_STATE=str(tmp_path / "state"), **options)


def settle(terminal: Terminal) -> None:
    """Wait as a person does who looks before the next key."""
    for _ in range(3):
        terminal.read(0.1)


def press(terminal: Terminal, key: str) -> None:
    terminal.type("\x1b" if key == "escape" else BYTES.get(key, key))
    settle(terminal)


@each_size
def test_the_tour_is_played_by_the_keys_that_it_names(
    open_terminal: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal = first_start(open_terminal, tmp_path, size=size)
    terminal.until(OFFER)
    press(terminal, "enter")
    steps = read_lesson(asset_path("tour.md")).steps
    for number, step in enumerate(steps, 1):
        assert step.task is not None
        place = f"{number}/{len(steps)}"
        terminal.until(lambda place=place: place in terminal.screen.display[0])
        terminal.until(lambda title=step.title: title in terminal.screen.display[0])
        settle(terminal)
        for key in step.task.press:
            press(terminal, key)
            terminal.until(SEEN[step.task.name, key])
            if (step.task.name, key) == ("draw", "space"):
                terminal.type("\x1b[B" * 9)
                terminal.until(lambda: "Nothing is drawn yet." not in terminal.text)
        terminal.until(lambda place=place: f"{place} solved" in terminal.screen.display[0])
        if number < len(steps):
            unfolds = size[0] < SIDE_FROM and bool(step.after)
            terminal.type("88" if unfolds else "8")
    press(terminal, "5")
    terminal.until("Leave the lesson")
    press(terminal, "\x1b[H")
    press(terminal, "enter")
    terminal.until("running")
    terminal.until(lambda: "6/6" not in terminal.text)


def test_a_second_start_offers_nothing_whatever_key_was_pressed(open_terminal: Open, tmp_path: Path) -> None:
    terminal = first_start(open_terminal, tmp_path, "--paused")
    terminal.until(OFFER)
    terminal.type("s")
    terminal.until("One step.")
    terminal.until(lambda: (tmp_path / "state" / "tour.txt").exists())
    terminal.type("\x11")
    terminal.wait()
    again = first_start(open_terminal, tmp_path, "--paused")
    again.until("Paused. Press space")
    again.type("s")
    again.until("One step.")

    assert OFFER.encode() not in again.written


def test_a_lost_run_is_offered_alone(open_terminal: Open, tmp_path: Path) -> None:
    terminal = open_terminal("--speed", "full", TUI_NN_STATE=str(tmp_path / "state"))
    terminal.until(lambda: list((tmp_path / "state" / "runs").glob("*.npz")))
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.wait()
    again = first_start(open_terminal, tmp_path, "--paused")
    again.until(LOST)
    again.type("s")
    again.until("One step.")

    assert OFFER.encode() not in again.written


def test_settings_on_the_command_line_are_answered_without_an_offer(
    open_terminal: Open, tmp_path: Path
) -> None:
    terminal = first_start(open_terminal, tmp_path, "--paused", "--dataset", "moons")
    terminal.until("Paused. Press space")
    terminal.type("s")
    terminal.until("One step.")

    assert OFFER.encode() not in terminal.written
