"""A terminal window for the benchmarks: a program in a pseudo-terminal, its output counted and timed.

It answers questions for the cursor once the bytes before them have been read, as terminals do; with
`bytes_per_s` it reads no faster than that, as a slow line does. What is written is searched as text without
its escape sequences, and not drawn: an emulator would take time from the program that is measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUERY, ANSWER = b"\x1b[6n", b"\x1b[1;1R"
ALTERNATE_SCREEN = b"\x1b[?1049h"
PATIENCE_S = 30.0
MOST_CREDIT_S = 0.25
"""A slow line that was silent may send so many seconds' worth at once."""
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)", re.DOTALL)

FORGOTTEN = ("TUI_NN_", "TEXTUAL", "PYTHONDONTWRITEBYTECODE")
"""Variables that a measured program does not see: it would be set up by them, or compiled at each start."""


class Window:
    """A running program; close it with `close`."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (120, 36),
        *,
        variables: dict[str, str] | None = None,
        bytes_per_s: float | None = None,
    ) -> None:
        columns, rows = size
        self.began = self._now = time.perf_counter()
        self.log: list[tuple[float, int]] = []
        """When something was read, and how many bytes."""
        self.queries: list[float] = []
        """When the cursor was asked for: once for each picture."""
        self.written = b""
        self._rate, self._credit = bytes_per_s, 0.0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FORGOTTEN)}
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**kept, **usual, **(variables or {})},
            start_new_session=True,
        )
        os.close(slave)

    def type(self, keys: str) -> float:
        """Press keys; return when."""
        pressed = time.perf_counter()
        os.write(self._master, keys.encode())
        return pressed

    def read(self, wait_s: float) -> bytes:
        """Return what is written within so many seconds."""
        if self._rate is not None and self._earn() < 64:
            time.sleep(min(wait_s, 0.005))
            return b""
        if not select.select([self._master], [], [], wait_s)[0]:
            return b""
        most = 1 << 16 if self._rate is None else int(self._credit)
        data = os.read(self._master, min(1 << 16, most))
        now = time.perf_counter()
        self._credit -= len(data)
        self.log.append((now, len(data)))
        carried = self.written[1 - len(QUERY) :]
        for _ in range((carried + data).count(QUERY)):
            self.queries.append(now)
            os.write(self._master, ANSWER)
        self.written += data
        return data

    def watch(self, seconds: float) -> None:
        """Read for so many seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def until(self, pattern: bytes, since: int = 0, patience_s: float = PATIENCE_S) -> float | None:
        """Read until what was written after `since` bytes holds the pattern; return when, None for never."""
        wanted, end = re.compile(pattern), time.perf_counter() + patience_s
        while not wanted.search(plain(self.written[since:])):
            if time.perf_counter() > end or (not self.read(0.02) and self.process.poll() is not None):
                return None
        return self.log[-1][0]

    def until_text(self) -> float:
        """Return the seconds from the start of the process to the first word on the alternate screen."""
        words = re.compile(rb"[A-Za-z]{3}")
        while not words.search(plain(self.written.partition(ALTERNATE_SCREEN)[2])):
            self.read(0.02)
            if time.perf_counter() - self.began > PATIENCE_S:
                raise TimeoutError(f"nothing on the screen: {self.written[-500:]!r}")
        return self.log[-1][0] - self.began

    def bytes_since(self, moment: float) -> int:
        """Return the bytes read after a moment."""
        return sum(n for at, n in self.log if at > moment)

    def close(self) -> None:
        """End the program."""
        self.process.terminate()
        end = time.perf_counter() + PATIENCE_S
        while self.process.poll() is None:
            if time.perf_counter() > end:
                self.process.kill()
            if select.select([self._master], [], [], 0.01)[0]:
                try:
                    os.read(self._master, 1 << 16)
                except OSError:
                    break
        self.process.wait()
        os.close(self._master)

    def _earn(self) -> float:
        """Add what the line could have sent since the last look; return how many bytes it may send now."""
        assert self._rate is not None
        now = time.perf_counter()
        self._credit = min(self._rate * MOST_CREDIT_S, self._credit + (now - self._now) * self._rate)
        self._now = now
        return self._credit


def tui_nn(*words: str) -> list[str]:
    """Return the command line of tui-nn in this checkout."""
    return [sys.executable, "-m", "tui_nn", *words]


def plain(data: bytes) -> bytes:
    """Return what was written without escape sequences."""
    return ESCAPES.sub(b"", data)


def processor_seconds(pid: int) -> float | None:
    """Return the processor time of a process and its children so far; None where /proc does not tell."""
    try:
        total, waiting = 0, [pid]
        while waiting:
            process = waiting.pop()
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
            waiting += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    except OSError:
        return None
    return total / os.sysconf("SC_CLK_TCK")
