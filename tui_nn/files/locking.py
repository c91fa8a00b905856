"""One process at a time in a folder or a file, and whether another one is at work there."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        if not hold(descriptor, wait_s):
            raise FileError(f"another process is writing in {shown(folder)}")
        yield
    finally:
        os.close(descriptor)


def hold(descriptor: int, wait_s: float) -> bool:
    """Hold what is open; return whether it could be, within so many seconds, beside other processes."""
    until = time.monotonic() + wait_s
    with suppress(OSError):  # some network file systems lock nothing
        while not _try_lock(descriptor, fcntl.LOCK_EX):
            if time.monotonic() >= until:
                return False
            time.sleep(_AGAIN_S)
    return True


def is_held(descriptor: int) -> bool:
    """Return whether another process holds what is open. Raises OSError where nothing can be locked."""
    return not _try_lock(descriptor, fcntl.LOCK_SH)


def _try_lock(descriptor: int, kind: int) -> bool:
    """Return whether the lock was free and is this process's now."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        return False
    return True
