"""Unix sockets that only their owner can open: bound with mode 600, and gone with who bound them."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui_nn.files.errors import FileError, reason
from tui_nn.files.paths import shown

MOST_BYTES = 103
"""What Linux (107) and macOS (103) take as the name of a socket."""


@contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """Listen at a path; the socket is removed at the end.

    One that nobody listens at any more is replaced. Raises FileError, also where something else lies there.
    """
    _check(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    except OSError as error:
        listener.close()
        raise FileError(f"{shown(path)} cannot be listened at: {reason(error)}", reason(error)) from None
    finally:
        os.umask(before)
    made = os.lstat(path)
    try:
        listener.listen()
        listener.setblocking(False)
        yield listener
    finally:
        listener.close()
        with suppress(OSError):
            found = os.lstat(path)
            if (found.st_dev, found.st_ino) == (made.st_dev, made.st_ino):
                os.unlink(path)


def connected(path: Path, timeout_s: float | None = None) -> socket.socket:
    """Return a connection to who listens at a path. Raises FileError."""
    caller = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    caller.settimeout(timeout_s)
    try:
        caller.connect(str(path))
    except OSError as error:
        caller.close()
        raise FileError(f"nobody answers at {shown(path)}: {reason(error)}", reason(error)) from None
    return caller


def _check(path: Path) -> None:
    """Let nothing but a socket that was left lie there. Raises FileError."""
    if len(os.fsencode(path)) > MOST_BYTES:
        raise FileError(f"{shown(path)} is too long for the name of a socket: at most {MOST_BYTES} bytes")
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise FileError(f"{shown(path)} cannot be listened at: {reason(error)}", reason(error)) from None
    if not stat.S_ISSOCK(found.st_mode):
        raise FileError(f"{shown(path)} cannot be listened at: something else lies there")
    try:
        connected(path).close()
    except FileError:
        with suppress(FileNotFoundError):
            os.unlink(path)
        return
    raise FileError(f"{shown(path)} cannot be listened at: another session does")
