"""Files are written here: whole or not at all, where a link leads to, with the mode and owner there were.

What is written gathers in a file without a name, which is gone with its process. Where the system has no
such files, it gathers in one that ends in ".part": removed on failure, and after a crash when something is
written in its folder again.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tui_nn.files.errors import FileError, reason
from tui_nn.files.paths import shown
from tui_nn.files.reading import kind_of_file

_PREFIX, _SUFFIX = ".tui-nn-", ".part"
_NAMELESS: int | None = getattr(os, "O_TMPFILE", None)
_DESCRIPTORS = "/proc/self/fd"
_HAS_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL)
"""What file systems and kernels answer that have no files without a name."""


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Open what takes the place of a file when all of it is written and on the disk.

    Raises FileError with the older file as it was; an error of the body leaves it as it was too. A further
    name of the same file (a hard link) keeps the older content.
    """
    try:
        target = check_writable(path)
        _remove_stale(target.parent)
        descriptor, part = _begin(target.parent)
        try:
            with open(descriptor, "wb") as file:
                _keep_attributes(descriptor, target)
                yield file
                file.flush()
                os.fsync(descriptor)
                if part is None:
                    part = _named(descriptor, target.parent)
                os.replace(part, target)
        except BaseException:
            if part is not None:
                with suppress(OSError):
                    os.unlink(part)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise _not_written(path, reason(error)) from None


@contextmanager
def continued(path: Path, start: int) -> Iterator[BinaryIO]:
    """Open a file of the program's own that comes in several attempts, to write behind `start` bytes.

    Raises FileError; what was written by then stays.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        found = os.lstat(path) if os.path.lexists(path) else None
        if kind := kind_of_file(found.st_mode) if found else "":
            raise _not_written(path, f"it is {kind}, and not a file")
        with open(os.open(path, flags, 0o666), "r+b") as file:
            file.truncate(start)
            file.seek(start)
            yield file
    except OSError as error:
        raise _not_written(path, reason(error)) from None


def why_not_written(error: FileError, path: str | Path) -> str:
    """Return the sentence that says why a file is not there, for a person who goes on otherwise."""
    return f"Not written: {error.why} ({shown(path)})."


def check_writable(path: Path) -> Path:
    """Return where a file would really be written, links followed; raise FileError where it cannot be."""
    try:
        found = _stat(path)
        target = Path(os.path.realpath(path))
        found_there = _stat(target)
    except OSError as error:
        raise _not_written(path, reason(error)) from None
    wrong = ""
    for existing in filter(None, (found, found_there)):
        if kind := kind_of_file(existing.st_mode):
            wrong = f"it is {kind}, and not a file"
        elif not (existing.st_mode & 0o222 and os.access(target, os.W_OK)):
            wrong = "it is read-only"
    folder = target.parent
    if wrong:
        pass
    elif not folder.is_dir():
        wrong = f"there is no folder {shown(folder)}"
    elif not os.access(folder, os.W_OK | os.X_OK):
        wrong = f"nothing can be written in {shown(folder)}"
    if wrong:
        raise _not_written(path, wrong)
    return target


def _not_written(path: Path, why: str) -> FileError:
    return FileError(f"{shown(path)} was not written: {why}", why)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _begin(folder: Path) -> tuple[int, str | None]:
    """Return a new file that this process alone holds, and its name if it has one."""
    if _NAMELESS is not None and os.path.isdir(_DESCRIPTORS):
        try:
            descriptor = os.open(folder, _NAMELESS | os.O_WRONLY | os.O_CLOEXEC, 0o666)
            _hold(descriptor)
            return descriptor, None
        except OSError as error:
            if error.errno not in _HAS_NO_NAMELESS:
                raise
    while True:
        part = _part_name(folder)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        _hold(descriptor)
        if os.fstat(descriptor).st_nlink:
            return descriptor, part
        os.close(descriptor)  # another one took it for stale before it was held


def _named(descriptor: int, folder: Path) -> str:
    """Give a file without a name one; return it."""
    part = _part_name(folder)
    # Python follows the link that stands for the descriptor only if a folder is given, which is not used.
    os.link(f"{_DESCRIPTORS}/{descriptor}", part, src_dir_fd=descriptor, follow_symlinks=True)
    return part


def _part_name(folder: Path) -> str:
    return os.path.join(folder, f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}")


def _hold(descriptor: int) -> None:
    """Show others that somebody writes this file; it is let go of with the process at the latest."""
    with suppress(OSError):  # some network file systems have no locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _remove_stale(folder: Path) -> None:
    """Remove what writers left that were killed: nobody holds it any more."""
    with os.scandir(folder) as entries:
        names = [e.path for e in entries if e.name.startswith(_PREFIX) and e.name.endswith(_SUFFIX)]
    for name in names:
        with suppress(OSError):
            descriptor = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(name)
            finally:
                os.close(descriptor)


def _keep_attributes(descriptor: int, target: Path) -> None:
    """Give the new file the owner, mode and further attributes of the one whose place it takes."""
    found = _stat(target)
    if found is None:
        return
    mine = os.fstat(descriptor)
    if (found.st_uid, found.st_gid) != (mine.st_uid, mine.st_gid):
        for owner in (found.st_uid, -1):  # who may not give a file away may still keep its group
            with suppress(PermissionError):
                os.fchown(descriptor, owner, found.st_gid)
                break
    os.fchmod(descriptor, stat.S_IMODE(found.st_mode))
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(descriptor, name, os.getxattr(target, name))


def _sync_folder(folder: Path) -> None:
    """Make the new name last; a system that cannot do that has written the file all the same."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
