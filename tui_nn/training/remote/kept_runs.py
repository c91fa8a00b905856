"""Runs that nobody has written, kept all the same: what a hang-up or a crash would lose.

Each run of a session has one file, in the format of any saved run, beside a lock that the session holds while
it lives. The last few stay, of whatever session.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.files.errors import FileError
from tui_nn.files.locking import hold, is_held, locked
from tui_nn.files.paths import make_folder
from tui_nn.files.reading import list_folder

if TYPE_CHECKING:
    from tui_nn.training.checkpoint import Checkpoint

MOST_RUNS = 5
MOST_BYTES = 50_000_000
"""A run that is larger is not kept: writing it every few seconds would wear on the machine."""
_RUN, _LOCK, _SEEN = ".npz", ".lock", ".seen"


class KeptRuns:
    """The folder of kept runs, as one session uses it. Its methods block: call them in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._session = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{os.urandom(2).hex()}"
        self._lock: int | None = None

    def keep(self, checkpoint: Checkpoint, name: str) -> None:
        """Write a run of this session in the place of what was kept of it before; raise FileError.

        name: which of its runs, such as "digits".
        """
        from tui_nn.training.saving import save_checkpoint

        size = checkpoint.parameters.nbytes + checkpoint.optimizer_state.nbytes
        size += checkpoint.batches_state["order"].nbytes
        if size > MOST_BYTES:
            why = f"it is too large to be written every few seconds ({size / 1e6:,.0f} MB)"
            raise FileError(why)
        self._begin()
        save_checkpoint(self._file(name), checkpoint)
        self._leave_the_last()

    def drop(self, name: str) -> None:
        """Forget a run of this session: nothing of it would be missed."""
        with contextlib.suppress(OSError):
            self._file(name).unlink()

    def lost(self) -> tuple[Path, float] | None:
        """Return the newest run of a session that has ended, and its age in seconds; None: there is none."""
        for path in self._runs():
            if path.suffixes[-2:-1] != [_SEEN] and not self._lives(path):
                with contextlib.suppress(OSError):
                    return path, max(0.0, time.time() - path.stat().st_mtime)
        return None

    def put_away(self, path: Path) -> None:
        """Let a run not be offered again; it stays among the last ones."""
        with contextlib.suppress(OSError):
            path.rename(path.with_suffix(_SEEN + _RUN))

    def adopt(self, path: Path, name: str) -> Path:
        """Let a run of a session that has ended be this session's; return where it lies now."""
        self._begin()
        try:
            os.replace(path, self._file(name))
        except OSError as error:
            raise FileError(f"{path} is gone: {error.strerror}") from None
        return self._file(name)

    def close(self) -> None:
        """End the session: what it has kept can be offered from now on."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                self._lock_of(self._session).unlink()
            os.close(self._lock)
            self._lock = None

    def _begin(self) -> None:
        """Show other sessions that this one lives; the system takes that back whenever the process ends."""
        if self._lock is not None:
            return
        make_folder(self._folder)
        with locked(self._folder):
            try:
                self._lock = os.open(
                    self._lock_of(self._session), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600
                )
            except OSError as error:
                raise FileError(f"nothing can be written in {self._folder}: {error.strerror}") from None
            hold(self._lock, 0.0)

    def _lives(self, path: Path) -> bool:
        """Return whether the session of a file still runs."""
        session = path.name.rsplit("_", 1)[0]
        try:
            descriptor = os.open(self._lock_of(session), os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return is_held(descriptor)
        except OSError:
            return False
        finally:
            os.close(descriptor)

    def _leave_the_last(self) -> None:
        """Remove all but the last runs, and locks that belong to nothing."""
        with locked(self._folder):
            for path in list(self._runs())[MOST_RUNS:]:
                if not self._lives(path):
                    with contextlib.suppress(OSError):
                        path.unlink()
            sessions = {path.name.rsplit("_", 1)[0] for path in self._runs()}
            for lock in self._folder.glob(f"*{_LOCK}"):
                if lock.stem not in sessions and not self._lives(lock.with_name(f"{lock.stem}_{_RUN}")):
                    with contextlib.suppress(OSError):
                        lock.unlink()

    def _runs(self) -> Iterator[Path]:
        """Yield the files of all runs, the newest first."""
        try:
            found = [path for path in list_folder(self._folder) if path.name.endswith(_RUN)]
        except FileError:
            return
        dated = []
        for path in found:
            with contextlib.suppress(OSError):
                dated.append((path.stat().st_mtime_ns, path))
        yield from (path for _, path in sorted(dated, reverse=True) if not path.name.startswith("."))

    def _file(self, name: str) -> Path:
        return self._folder / f"{self._session}_{name}{_RUN}"

    def _lock_of(self, session: str) -> Path:
        return self._folder / f"{session}{_LOCK}"
