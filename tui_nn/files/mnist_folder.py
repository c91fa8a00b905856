"""MNIST's folder, filled whole or not at all: from the first source that gives each file.

Files gather beside it, in a folder that ends in ".part", where the next attempt finds what came so far. It
takes the place of the folder when all of them are there and right.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from tui_nn.files.errors import FileError, reason
from tui_nn.files.mnist_files import PublishedFile, checksum, is_genuine
from tui_nn.files.sources import BrokenOffError, Report, SourceError, source_name, take


class Progress(Protocol):
    """Shows how much has come."""

    def show(self, done: int) -> None:
        """Show how many bytes of all files are there."""
        ...

    def note(self, text: str) -> None:
        """Tell something that is worth a line."""
        ...


def is_filled(folder: Path, files: Sequence[PublishedFile]) -> bool:
    """Return whether all files are in the folder and genuine. Raises FileError if one cannot be read."""
    try:
        return all(is_genuine(folder / file.name, file) for file in files)
    except OSError as error:
        raise FileError(f"{folder} cannot be read: {reason(error)}") from None


def fill_folder(
    folder: Path, files: Sequence[PublishedFile], sources: Sequence[str], progress: Progress
) -> None:
    """Bring the files that a folder lacks into it; each from the first source that gives it.

    Raises FileError, one sentence, with the folder as it was.
    """
    part = folder.with_name(f"{folder.name}.part")
    try:
        with _claimed(part):
            done = 0
            for file in files:
                if is_genuine(folder / file.name, file):
                    (part / file.name).unlink(missing_ok=True)
                else:
                    _obtain(file, sources, part / file.name, done, progress)
                done += file.size
                progress.show(done)
            _put_in_place(part, folder)
    except OSError as error:
        raise FileError(f"{folder} cannot be written: {reason(error)}") from None
    finally:
        with contextlib.suppress(OSError):
            part.rmdir()


@contextlib.contextmanager
def _claimed(part: Path) -> Iterator[None]:
    """Make the folder where files gather, for this process alone; one that ends, however, lets it go."""
    part.mkdir(parents=True, exist_ok=True)
    opened = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        raise FileError(f"another download into {part} is under way") from None
    except OSError:  # some network file systems lock no folders
        pass
    try:
        yield
    finally:
        os.close(opened)


def _obtain(
    file: PublishedFile, sources: Sequence[str], target: Path, before: int, progress: Progress
) -> None:
    """Bring one file to the target, from each source in turn; those that broke off are asked once more.

    `before` are the bytes of the files that are there already.
    """
    errors: dict[str, SourceError] = {}
    for source in (*sources, *sources):
        if not isinstance(errors.get(source, BrokenOffError()), BrokenOffError):
            continue
        try:
            _take_genuine(file, source, target, lambda done: progress.show(before + done))
        except SourceError as error:
            errors[source] = error
            continue
        others = [name for name in errors if name != source]
        if others:
            progress.note(f"{file.name} comes from {source_name(source)}, not {_reasons(errors, others)}")
        return
    raise FileError(f"{file.name} could not be had from {_reasons(errors, list(errors))}")


def _reasons(errors: dict[str, SourceError], sources: Sequence[str]) -> str:
    return ", nor from ".join(f"{source_name(source)} ({errors[source]})" for source in sources)


def _take_genuine(file: PublishedFile, source: str, target: Path, report: Report) -> None:
    """Bring one file to the target, and keep it only if it is what was published."""
    is_continued = target.exists()
    take(file, source, target, report)
    found = checksum(target)
    if found != file.sha256:
        target.unlink()
        if is_continued:  # the beginning may have been wrong, and not what this source sent
            _take_genuine(file, source, target, report)
            return
        wanted = file.sha256[:8]
        raise SourceError(f"its file has the SHA-256 {found[:8]}..., where {wanted}... is the genuine one")


def _put_in_place(part: Path, folder: Path) -> None:
    """Let the gathered files take the folder's place, or join those of it that were right before."""
    if not folder.exists():
        part.rename(folder)
        return
    for path in part.iterdir():
        path.replace(folder / path.name)
