"""A file that grows by lines: each is there whole or not at all, and one process at a time writes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui_nn.files.errors import FileError, reason
from tui_nn.files.locking import hold
from tui_nn.files.paths import shown
from tui_nn.files.reading import read_bytes
from tui_nn.files.writing import check_writable

WAIT_S = 0.08
"""A file that is held for longer is given up; who only looks whether it is holds it for a moment."""


class LineLog:
    """An open file of lines; see `line_log`."""

    def __init__(self, path: Path, descriptor: int, content: bytes) -> None:
        self._path, self._descriptor, self._end = path, descriptor, content.rfind(b"\n") + 1
        *self.lines, self.unfinished = content.split(b"\n")
        """What was in the file when it was opened; a last line without an end is not yet one of its lines."""

    def append(self, lines: Sequence[str]) -> None:
        """Write lines and wait until they are on the disk; raise FileError with the file as it was."""
        block = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
        try:
            _write(self._descriptor, block, self._end)
            os.fsync(self._descriptor)
        except OSError as error:
            os.ftruncate(self._descriptor, self._end)
            raise FileError(f"{shown(self._path)} was not written: {reason(error)}", reason(error)) from None
        self._end += len(block)


@contextmanager
def line_log(path: Path) -> Iterator[LineLog]:
    """Open a file to read its lines and append to them; a new one where there is none.

    An unfinished last line, which a writer that was killed leaves, is overwritten by the next. Raises
    FileError, also where another process has it open.
    """
    target = check_writable(path)
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(target, flags, 0o666)
    except OSError as error:
        raise FileError(f"{shown(path)} was not written: {reason(error)}", reason(error)) from None
    try:
        if not hold(descriptor, WAIT_S):
            why = "another process is writing in it"
            raise FileError(f"{shown(path)} cannot be used: {why}", why)
        yield LineLog(path, descriptor, read_bytes(target))
    finally:
        os.close(descriptor)


def _write(descriptor: int, block: bytes, start: int) -> None:
    """Write all of a block over what is behind `start`, with nothing left behind it."""
    os.ftruncate(descriptor, start)
    done = 0
    while done < len(block):
        done += os.pwrite(descriptor, block[done:], start + done)
