"""The program in a real pseudo-terminal: started, typed to, looked at, and watched until it has ended."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyte
import pytest

PATIENCE_S = 15
"""What has not happened by then never will."""
QUERY = b"\x1b[6n"
IN_TERMINAL = """
import fcntl, os, sys, termios
number, is_own = int(sys.argv[1]), sys.argv[2] == "own"
if is_own:
    fcntl.ioctl(number, termios.TIOCSCTTY, 0)
for standard in range(3):
    os.dup2(number, standard)
os.closerange(3, 256)
os.execv(sys.executable, [sys.executable, *sys.argv[3:]])
"""
"""Makes a pseudo-terminal the standard streams (and the controlling terminal), then becomes the program."""


class Terminal:
    """One window with tui-nn in it; it answers questions for the cursor like any terminal."""

    def __init__(
        self,
        words: tuple[str, ...],
        environment: Mapping[str, str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
        is_controlling: bool = True,
        drawn: tuple[int, int] | None = None,
    ) -> None:
        self.screen = pyte.Screen(*(drawn or size))
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        self.resize_line(*size)
        self.modes_before = self.modes()
        self.written = b""
        launcher = [sys.executable, "-S", "-c", IN_TERMINAL]
        self.process = subprocess.Popen(
            [*launcher, str(slave), "own" if is_controlling else "lent", "-m", "tui_nn", *words],
            env=environment,
            cwd=folder,
            pass_fds=[slave],
            start_new_session=True,
        )
        os.close(slave)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the program gets SIGWINCH."""
        self.resize_line(columns, rows)
        self.screen.resize(rows, columns)

    def resize_line(self, columns: int, rows: int) -> None:
        """Tell the program of another size, of which the picture here shows only its own part."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def modes(self) -> list[object]:
        """Return how the line is set: echo, signals, line by line."""
        return termios.tcgetattr(self._master)

    def type(self, text: str | bytes) -> None:
        """Press keys."""
        os.write(self._master, text.encode() if isinstance(text, str) else text)

    def escape(self, until: str) -> None:
        """Press escape alone: a key that follows at once would be taken for one with alt."""
        self.type("\x1b")
        self.until(until)

    def read(self, wait_s: float) -> bool:
        """Take what is written within so many seconds; return whether there was anything."""
        if not select.select([self._master], [], [], wait_s)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the last one to hold the other end is gone
            return False
        self.written += data
        self._stream.feed(data)
        for _ in range((self.written[-len(data) - len(QUERY) + 1 :]).count(QUERY)):
            self.type("\x1b[1;1R")
        return bool(data)

    def until(self, is_reached: str | Callable[[], object]) -> None:
        """Read until words are on the screen, or something else is so."""
        end = time.monotonic() + PATIENCE_S
        reached = (lambda: is_reached in self.text) if isinstance(is_reached, str) else is_reached
        while not reached():
            assert time.monotonic() < end, f"{is_reached} never came; the screen:\n{self.text}"
            assert self.read(0.05) or self.process.poll() is None, f"it ended; the screen:\n{self.text}"

    def wait(self) -> int:
        """Read to the end; return the exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE_S
        while self.read(0.02) or self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end; the screen:\n{self.text}"
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """End what is left."""
        self.process.kill()
        self.process.wait()
        if self._master >= 0:
            self.hang_up()

    @property
    def is_open(self) -> bool:
        """Whether the window is there."""
        return self._master >= 0

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    def children(self) -> list[int]:
        """Return the process ids of the program's children."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
        return [pid for pid, parent in pairs if parent == self.process.pid]

    @property
    def trainer(self) -> int:
        """Process id of the trainer."""
        (pid,) = self.children()
        return pid


def is_alive(pid: int) -> bool:
    """Return whether there is such a process."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


@pytest.fixture
def open_terminal(
    command_environment: Mapping[str, str], tmp_path: Path
) -> Iterator[Callable[..., Terminal]]:
    """Return an opener of terminals: open_terminal("--paused", size=(120, 36), LANG="C")."""
    kept = {
        name: value
        for name, value in command_environment.items()
        if name not in ("NO_COLOR", "COLORTERM", "PYTHONWARNINGS", "LANGUAGE")
        and not name.startswith(("LC_", "TEXTUAL"))
    }
    usual = {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "TUI_NN_DTYPE": "float32"}
    # Any setting given, if only the usual one: the app opens with the documented defaults, and no tour.
    with contextlib.ExitStack() as stack:

        def make(
            *words: str,
            size: tuple[int, int] = (80, 24),
            is_controlling: bool = True,
            drawn: tuple[int, int] | None = None,
            **variables: str | None,
        ) -> Terminal:
            environment = {name: v for name, v in {**usual, **variables}.items() if v is not None}
            terminal = Terminal(words, environment, tmp_path, size, is_controlling, drawn)
            stack.callback(terminal.close)
            return terminal

        yield make


@pytest.fixture
def until_gone() -> Callable[[int], None]:
    """Return a function that waits until a process is gone."""

    def wait(pid: int) -> None:
        end = time.monotonic() + PATIENCE_S
        while is_alive(pid):
            assert time.monotonic() < end, f"process {pid} is left"
            time.sleep(0.01)

    return wait
