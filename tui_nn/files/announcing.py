"""Processes that can be found while they run: a file of facts each, locked as long as its process lives."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tui_nn.files.errors import FileError
from tui_nn.files.locking import is_held
from tui_nn.files.paths import make_folder

SUFFIX = ".json"
MOST_BYTES = 100_000


@contextmanager
def announced(folder: Path, facts: Mapping[str, Any]) -> Iterator[None]:
    """Let this process be found in a folder; one that cannot be written is no reason not to run."""
    path = folder / f"{os.getpid()}{SUFFIX}"
    descriptor = -1
    with suppress(OSError, FileError):
        make_folder(folder)
        part = path.with_suffix(".part")
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.write(descriptor, json.dumps(facts).encode())
        os.replace(part, path)
    try:
        yield
    finally:
        if descriptor >= 0:
            with suppress(OSError):
                os.unlink(path)
            os.close(descriptor)


def found(folder: Path) -> list[dict[str, Any]]:
    """Return the facts of all that run, the oldest file name first; what the dead have left is removed."""
    facts: list[dict[str, Any]] = []
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []
    for path in paths:
        with suppress(OSError, ValueError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if is_held(descriptor):
                    read = json.loads(os.read(descriptor, MOST_BYTES))
                    facts += [read] if isinstance(read, dict) else []
                else:
                    os.unlink(path)
            finally:
                os.close(descriptor)
    return facts
