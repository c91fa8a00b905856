"""What a hang-up, a crash or a kill interrupts is there the next time, on one key."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Open = Any
OFFER = "The last run was not saved"
FAST = ("--speed", "full", "--fps", "60")


def runs(folder: Path) -> list[Path]:
    return sorted((folder / "state" / "runs").glob("*.npz"))


def lose(open_terminal: Open, tmp_path: Path, end: Callable[[Any], object]) -> None:
    """Train until the run is kept, then let the program end."""
    terminal = open_terminal(*FAST, TUI_NN_STATE=str(tmp_path / "state"))
    terminal.until("running")
    terminal.until(lambda: runs(tmp_path))
    end(terminal)
    if terminal.is_open:
        terminal.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_run_that_was_cut_short_is_offered_and_opened_on_one_key(
    open_terminal: Open, tmp_path: Path, number: int
) -> None:
    lose(open_terminal, tmp_path, lambda terminal: os.kill(terminal.process.pid, number))
    terminal = open_terminal("--paused", size=(120, 36), TUI_NN_STATE=str(tmp_path / "state"))
    terminal.until(OFFER)
    (step,) = re.findall(r"step ([\d,]*\d)", terminal.text.partition(OFFER)[2])
    terminal.type("y")
    terminal.until(lambda: re.search(rf"Opened the last run \(moons, step {step},", terminal.text))

    assert int(step.replace(",", "")) > 0


def test_any_other_key_does_its_own_work_and_the_offer_goes(open_terminal: Open, tmp_path: Path) -> None:
    lose(open_terminal, tmp_path, lambda terminal: os.kill(terminal.process.pid, signal.SIGKILL))
    terminal = open_terminal("--paused", TUI_NN_STATE=str(tmp_path / "state"))
    terminal.until(OFFER)
    terminal.type("s")
    terminal.until("One step.")
    terminal.type("\x11")
    terminal.wait()
    again = open_terminal("--paused", TUI_NN_STATE=str(tmp_path / "state"))
    again.until("Paused. Press space")
    again.type("s")
    again.until("One step.")

    assert OFFER.encode() not in again.written


def test_a_run_that_goes_on_elsewhere_is_not_offered(open_terminal: Open, tmp_path: Path) -> None:
    one = open_terminal(*FAST, TUI_NN_STATE=str(tmp_path / "state"))
    one.until("running")
    one.until(lambda: runs(tmp_path))
    other = open_terminal("--paused", TUI_NN_STATE=str(tmp_path / "state"))
    other.until("Paused. Press space")
    other.type("s")
    other.until("One step.")

    assert OFFER.encode() not in other.written


def test_what_a_person_left_without_a_question_is_forgotten(open_terminal: Open, tmp_path: Path) -> None:
    terminal = open_terminal("--paused", TUI_NN_STATE=str(tmp_path / "state"))
    terminal.until("paused")
    terminal.type("s")
    terminal.until(lambda: runs(tmp_path))
    terminal.type("q")
    terminal.wait()

    assert runs(tmp_path) == []
