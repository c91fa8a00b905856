"""Two ways to run the program from a test: inside this process, which is quick, and as a real command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from tui_nn import cli

PATIENCE_S = 60
"""A command that takes longer hangs."""


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
def command_environment(clean_environment: None) -> Mapping[str, str]:
    """Return the environment that a command is given: this one, where warnings end the command."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**kept, "PYTHONWARNINGS": "error"}


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
