"""A sweep as somebody watches it: what its journal holds, read on while the sweep writes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui_nn.files.errors import FileError
from tui_nn.files.following import FollowedLines
from tui_nn.files.paths import full_path, shown
from tui_nn.files.reading import opened
from tui_nn.sweeps.journal_lines import DAMAGED, Line, Progress, is_first_line, read_line

LONGEST_FIRST_LINE = 1000


@dataclass(frozen=True, eq=False)
class Followed:
    """A moment of a sweep."""

    lines: tuple[Line, ...] = ()
    """A run each, in the order in which they were written first; the last line of a run counts."""
    progress: Progress | None = None
    """How far the sweep was at its last line."""
    is_under_way: bool = False
    """Whether a process writes in the journal."""
    n_read: int = 0
    """Lines that were read in all."""
    n_damaged: int = 0
    """Lines that cannot be read."""
    trouble: str = ""
    """Why the journal cannot be read any further, in a sentence; what was read stays."""

    @property
    def state(self) -> tuple[object, ...]:
        """Another one where there is anything new to be seen."""
        return self.n_read, self.lines[:1], self.is_under_way, self.trouble


class JournalFollower:
    """Reads a journal from its beginning and then what is added. Its methods block: call them in a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = FollowedLines(path)
        self._runs: dict[str, Line] = {}
        self._progress: Progress | None = None
        self._n_read = self._n_damaged = 0
        self._is_ours = self._is_at_start = True

    def look(self) -> Followed:
        """Return the sweep as it is now; what is wrong with its journal is said in it."""
        trouble = ""
        try:
            lines = self._file.read_on()
            if self._file.is_new:
                self._begin()
            self._take(lines)
        except FileError as error:
            trouble = f"{error}."
        if not self._is_ours:
            trouble = f"{shown(self.path)} is no journal of a sweep any more."
        is_under_way = not trouble and self._file.is_held()
        runs = tuple(self._runs.values())
        return Followed(runs, self._progress, is_under_way, self._n_read, self._n_damaged, trouble)

    def _begin(self) -> None:
        self._runs, self._progress, self._is_ours = {}, None, True
        self._n_read = self._n_damaged = 0
        self._is_at_start = True

    def _take(self, lines: list[bytes]) -> None:
        if lines and self._is_at_start:
            self._is_at_start = False
            self._is_ours = is_first_line(lines.pop(0))
        for text in lines if self._is_ours else ():
            self._n_read += 1
            try:
                line = read_line(text)
            except DAMAGED:
                self._n_damaged += 1
                continue
            self._runs[line.key] = line
            self._progress = line.progress or self._progress


def holds_sweep(path: str) -> bool:
    """Return whether what a person calls a file is a journal; False too where it cannot be read."""
    try:
        return not why_no_journal(full_path(path), may_be_empty=False)
    except FileError:
        return False


def journal_path(text: str) -> Path:
    """Return where the journal is that a person names; raise FileError where it is none."""
    path = full_path(text)
    if why := why_no_journal(path):
        raise FileError(why)
    return path


def why_no_journal(path: Path, *, may_be_empty: bool = True) -> str:
    """Return in words why a file is no journal; nothing where it is one.

    may_be_empty: a sweep that has just begun leaves its file empty for a moment.
    """
    try:
        with opened(path) as file:
            beginning = file.read(LONGEST_FIRST_LINE) or b""
    except FileError as error:
        return str(error)
    if is_first_line(beginning.partition(b"\n")[0]) or (may_be_empty and not beginning):
        return ""
    return f"{shown(path)} is no journal of a sweep"
