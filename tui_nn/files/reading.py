"""Files are read here: regular ones alone, no larger than a limit, and never waiting for another program."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tui_nn.files.errors import FileError, reason
from tui_nn.files.paths import shown

MOST_BYTES = 2**30
"""A file larger than this is refused where nothing smaller is asked for."""
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def kind_of_file(mode: int) -> str:
    """Return what the mode of a file says it is: "" for a regular one, else "a folder", "a device" ..."""
    if stat.S_ISREG(mode):
        return ""
    return next((words for is_kind, words in _KINDS if is_kind(mode)), "no regular file")


@contextmanager
def opened(path: Path, most_bytes: int = MOST_BYTES) -> Iterator[BinaryIO]:
    """Open a regular file to read its bytes; what fails while it is open is a FileError too."""
    try:
        _check(path, os.stat(path), most_bytes)  # before a device is opened, which can already do something
        with open(path, "rb", opener=_without_waiting) as file:
            _check(path, os.fstat(file.fileno()), most_bytes)
            yield file
    except OSError as error:
        raise _unreadable(path, reason(error)) from None


def read_bytes(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Return all that is in a regular file. Raises FileError."""
    with opened(path, most_bytes) as file:
        content = file.read(most_bytes + 1) or b""  # None: a file of the system that has nothing to say yet
    if len(content) > most_bytes:
        raise _too_large(path, most_bytes)
    return content


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a regular file, UTF-8 with or without a mark in front. Raises FileError."""
    try:
        return read_bytes(path, most_bytes).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(path, "it is no text") from None


def read_standard_input(most_bytes: int) -> bytes:
    """Return all that comes on standard input. Raises FileError."""
    try:
        content = sys.stdin.buffer.read(most_bytes + 1) if sys.stdin is not None else b""
    except OSError as error:
        raise FileError(f"standard input cannot be read: {reason(error)}", reason(error)) from None
    if len(content) > most_bytes:
        why = _over(most_bytes)
        raise FileError(f"standard input cannot be read: {why}", why)
    return content


def state_of(path: str | Path) -> tuple[int, ...]:
    """Return what another one is when the file has changed; nothing where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def list_folder(path: Path) -> list[Path]:
    """Return what lies in a folder, by name. Raises FileError."""
    try:
        return sorted(path.iterdir())
    except OSError as error:
        raise _unreadable(path, reason(error)) from None


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)


def _check(path: Path, found: os.stat_result, most_bytes: int) -> None:
    kind = kind_of_file(found.st_mode)
    if kind:
        raise _unreadable(path, f"it is {kind}, and not a file")
    if found.st_size > most_bytes:
        raise _too_large(path, most_bytes)


def _too_large(path: Path, most_bytes: int) -> FileError:
    return _unreadable(path, _over(most_bytes))


def _over(most_bytes: int) -> str:
    return f"it is too large, over {most_bytes / 1e6:,.0f} MB"


def _unreadable(path: Path, why: str) -> FileError:
    return FileError(f"{shown(path)} cannot be read: {why}", why)
