"""A file of lines that another process writes: what it has added since the last look is read, and no more."""

from __future__ import annotations

from pathlib import Path

from tui_nn.files.errors import FileError
from tui_nn.files.locking import is_held
from tui_nn.files.reading import opened, state_of

MOST_AT_ONCE = 2**22
"""Bytes that are read in one look; what is behind them is read in the next."""


class FollowedLines:
    """A place in a file that grows. Its methods block: call them in a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, ...] = ()
        self._end = 0
        """Where the last line ends that is whole; a writer may put another in the place of what follows."""
        self._has_more = False
        self.is_new = True
        """Whether the last look began at the first line: the file was opened, replaced or cut."""

    def read_on(self) -> list[bytes]:
        """Return the lines that were finished since the last look, without their ends. Raises FileError.

        A line that is still being written is one when it is whole. A file that has not changed is not
        opened.
        """
        self.is_new = False
        state = state_of(self._path)
        if state and state == self._seen and not self._has_more:
            return []
        with opened(self._path) as file:
            if not self._seen or state[:2] != self._seen[:2] or state[2] < self._end:
                self._end, self.is_new = 0, True
            file.seek(self._end)
            block = file.read(MOST_AT_ONCE) or b""
        self._seen, self._has_more = state, len(block) == MOST_AT_ONCE
        *lines, rest = block.split(b"\n")
        if self._has_more and not lines:  # no line of a program; its end is not waited for
            lines, rest = [rest], b""
        self._end += len(block) - len(rest)
        return lines

    def is_held(self) -> bool:
        """Return whether a process has the file open to write lines, as `line_log` does."""
        try:
            with opened(self._path) as file:
                return is_held(file.fileno())
        except FileError:
            return False
