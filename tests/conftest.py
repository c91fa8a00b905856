"""Ways to run the program from a test: in this process, as a command, or a session with a script."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tui_nn import cli

os.environ.update(dict.fromkeys(cli.THREAD_VARIABLES, "1"))  # as the program does, before NumPy is imported

from tui_nn.data import DATASETS
from tui_nn.data.registry import OWN_DATASETS
from tui_nn.settings.config import Config
from tui_nn.training.commands import Command
from tui_nn.training.session import Message, Session
from tui_nn.views.looks import new_looks

PATIENCE_S = 60
"""A command that takes longer hangs."""
MOST_NEW_OBJECTS = 20_000
"""So many are made between two looks of the garbage collector, instead of 700."""
LOOKS_AT_ALL = 3
"""One look in about forty is at everything: a closed app is thousands of objects in circles."""


def pytest_collection_finish() -> None:
    """Keep the collector off what has been imported, and let it look less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MOST_NEW_OBJECTS, 10, LOOKS_AT_ALL)


@pytest.fixture(autouse=True)
def _same_data_sets() -> Iterator[None]:
    """Leave the data sets as a test found them, in their order: choosers list them by number and letter."""
    kept = [(registry, dict(registry)) for registry in (DATASETS, OWN_DATASETS)]
    yield
    for registry, before in kept:
        if list(registry.items()) != list(before.items()):
            registry.clear()
            registry.update(before)


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture
def clean_environment() -> Iterator[None]:
    """Hide the settings of whoever runs the tests, and undo what a command does to the environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUI_NN_")}
    with mock.patch.dict(os.environ, kept, clear=True):
        yield


@pytest.fixture
def call(clean_environment: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., Finished]:
    """Return a function that runs tui-nn in this process: call("train", TUI_NN_EPOCHS="3")."""

    def run(*words: str, **variables: str) -> Finished:
        with mock.patch.dict(os.environ, variables):
            status = cli.main(words)
        return Finished(status, *capsys.readouterr())

    return run


@pytest.fixture
def command_environment(
    clean_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, str]:
    """Return the environment that a command is given: this one, where warnings end the command."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**kept, "PYTHONWARNINGS": "error", "TUI_NN_STATE": str(tmp_path_factory.mktemp("state"))}


@pytest.fixture
def command(command_environment: Mapping[str, str], tmp_path: Path) -> Callable[..., Finished]:
    """Return a function that runs tui-nn as a process in an empty folder."""

    def run(*words: str, **variables: str) -> Finished:
        process = subprocess.run(
            [sys.executable, "-m", "tui_nn", *words],
            cwd=tmp_path,
            env={**command_environment, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        return Finished(process.returncode, process.stdout, process.stderr)

    return run


class FakeClock:
    """Shows `now`, which grows by `tick_s` at every look."""

    def __init__(self, tick_s: float = 0.0) -> None:
        self.now, self.tick_s = 0.0, tick_s

    def __call__(self) -> float:
        self.now += self.tick_s
        return self.now


class Script:
    """Receives for a session what is written down, and keeps what it publishes.

    A command is sent at once, a number lets the session go so many rounds, "pause" waits for its standstill.
    """

    def __init__(self, *lines: Command | int | str) -> None:
        self._lines = list(lines)
        self.messages: list[Message] = []

    def receive(self, wait_s: float | None) -> Sequence[Command] | None:
        if not self._lines:
            return None
        line = self._lines[0]
        if line == "pause":
            if wait_s is None:
                del self._lines[0]
            return ()
        if isinstance(line, int):
            self._lines[0] = line - 1
            if line <= 1:
                del self._lines[0]
            return ()
        return [self._lines.pop(0)]

    def publish(self, message: Message) -> None:
        self.messages.append(message)


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still until a test moves it."""
    return FakeClock()


@pytest.fixture
def ticking() -> Callable[[float], FakeClock]:
    """Return a maker of clocks that go on by so many seconds at every look."""
    return FakeClock


@pytest.fixture
def make_session(ticking: Callable[[float], FakeClock]) -> Callable[..., Session]:
    """Return a maker of paused sessions with all looks: make_session(config, checkpoint_every_s=1.0).

    A clock goes on by a millisecond at every look, unless another one is given.
    """

    def make(config: Config, **options: Any) -> Session:
        return Session(config, **{"looks": new_looks(), "clock": ticking(0.001), **options})

    return make


@pytest.fixture
def play() -> Callable[..., list[Message]]:
    """Return a function that runs a session through a script and returns what it published."""

    def run(session: Session, *lines: Command | int | str) -> list[Message]:
        script = Script(*lines)
        session.run(script.receive, script.publish)
        return script.messages

    return run
