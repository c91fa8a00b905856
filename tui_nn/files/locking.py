"""One process at a time in a folder, for what is read, changed and written back."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_nn.files.errors import FileError, reason
from tui_nn.files.paths import shown

WAIT_S = 2.0
"""A folder that another process holds for longer is given up."""
_AGAIN_S = 0.01


@contextmanager
def locked(folder: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold a folder while the body runs; it is let go of with the process at the latest. Raises FileError."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise FileError(f"{shown(folder)} cannot be used: {reason(error)}") from None
    try:
        _wait(descriptor, folder, time.monotonic() + wait_s)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                return  # some network file systems lock no folders
        if time.monotonic() >= until:
            raise FileError(f"another process is writing in {shown(folder)}")
        time.sleep(_AGAIN_S)
