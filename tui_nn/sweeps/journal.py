"""The journal of a sweep: a line of JSON for each run that has ended, so that a killed sweep goes on.

A run is found again by the hash of its settings: a sweep of more seeds or values over the same journal
trains what is new alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui_nn.files.errors import FileError
from tui_nn.files.line_log import LineLog, line_log
from tui_nn.files.paths import shown
from tui_nn.sweeps.journal_lines import DAMAGED, FIRST_LINE, Progress, is_first_line, read_line, write_line
from tui_nn.sweeps.runs import FAILED, REFUSED, Run


class Journal:
    """Knows the records that are in a file, and adds to them."""

    def __init__(self, log: LineLog | None) -> None:
        self._log = log
        self._records: dict[str, dict[str, Any]] = {}
        self._failed: dict[str, dict[str, Any]] = {}
        """What is there of runs that are tried again: the same failure is written once."""
        self._unwritten: list[str] = []
        self.n_unreadable = 0
        """Lines that are damaged; what they held is trained again."""
        self.trouble: FileError | None = None
        """Why the last records could not be written; they are tried again with the next ones."""
        if log is not None:
            self._read(log)

    def record(self, run: Run) -> dict[str, Any] | None:
        """Return the record of a run that has ended before."""
        return self._records.get(run.key)

    def add(self, ended: Sequence[tuple[Run, dict[str, Any]]], progress: Progress | None = None) -> None:
        """Write runs that have ended, and how far the sweep is with them.

        Those that failed or were refused are written for whoever watches, and tried again another time.
        """
        if self._log is None:
            return
        for run, record in ended:
            line = write_line(run, record, progress)
            if self._failed.get(run.key) != record:
                self._unwritten.append(line)
        if self._unwritten:
            self._write(self._log)

    def _write(self, log: LineLog) -> None:
        try:
            log.append(self._unwritten)
        except FileError as error:
            self.trouble = error
        else:
            self._unwritten, self.trouble = [], None

    def _read(self, log: LineLog) -> None:
        if not log.lines:
            self._unwritten.append(json.dumps(FIRST_LINE))
            self._write(log)
            return
        for text in log.lines[1:]:
            try:
                line = read_line(text)
            except DAMAGED:
                self.n_unreadable += 1
                continue
            known = self._failed if line.record.get("status") in (FAILED, REFUSED) else self._records
            known[line.key] = dict(line.record)


@contextmanager
def open_journal(path: Path | None) -> Iterator[Journal]:
    """Open a journal, a new one where there is none; without a path nothing is kept. Raises FileError."""
    if path is None:
        yield Journal(None)
        return
    with line_log(path) as log:
        if not _is_journal(log):
            why = "it is no journal of a sweep"
            raise FileError(f"{shown(path)} cannot be used: {why}", why)
        yield Journal(log)


def _is_journal(log: LineLog) -> bool:
    """Return whether a file is one of ours, or empty, or was left with its first line half written."""
    if not log.lines:
        return json.dumps(FIRST_LINE).encode().startswith(log.unfinished)
    return is_first_line(log.lines[0])
