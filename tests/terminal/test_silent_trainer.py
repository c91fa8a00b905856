"""A trainer that is stopped from outside: the screen says that it does not answer, and leaving works."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

Open = Any
UntilGone = Callable[[int], None]


def test_a_stopped_trainer_is_said_and_taken_back_when_it_goes_on(open_terminal: Open) -> None:
    terminal = open_terminal()
    terminal.until("running")
    trainer = terminal.trainer
    os.kill(trainer, signal.SIGSTOP)
    try:
        terminal.until("The trainer does not answer; ctrl+q leaves.")
    finally:
        os.kill(trainer, signal.SIGCONT)
    terminal.until("The trainer answers again.")


def test_ctrl_q_leaves_a_stopped_trainer(open_terminal: Open, until_gone: UntilGone) -> None:
    terminal = open_terminal()
    terminal.until("running")
    trainer = terminal.trainer
    os.kill(trainer, signal.SIGSTOP)
    terminal.until("The trainer does not answer")
    terminal.type("\x11")

    assert terminal.wait() == 0
    until_gone(trainer)
