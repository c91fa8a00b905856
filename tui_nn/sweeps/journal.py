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
from tui_nn.sweeps.runs import FAILED, REFUSED, Run

FIRST_LINE = {"journal": "tui-nn sweep", "version": 1}


class Journal:
    """Knows the records that are in a file, and adds to them."""

    def __init__(self, log: LineLog | None) -> None:
        self._log = log
        self._records: dict[str, dict[str, Any]] = {}
        self._unwritten: list[str] = []
        self.n_unreadable = 0
        """Lines that are damaged; what they held is trained again."""
        self.trouble: FileError | None = None
        """Why the last records could not be written; they are tried again with the next ones."""
        if log is not None:
            self._read(log.lines)

    def record(self, run: Run) -> dict[str, Any] | None:
        """Return the record of a run that has ended before."""
        return self._records.get(run.key)

    def add(self, ended: Sequence[tuple[Run, dict[str, Any]]]) -> None:
        """Write runs that have ended; those that failed are tried again another time."""
        if self._log is None:
            return
        for run, record in ended:
            if record["status"] not in (FAILED, REFUSED):
                line = {"key": run.key, "settings": run.settings, "seed": run.seed, "record": record}
                self._unwritten.append(json.dumps(line))
        if self._unwritten:
            self._write(self._log)

    def _write(self, log: LineLog) -> None:
        try:
            log.append(self._unwritten)
        except FileError as error:
            self.trouble = error
        else:
            self._unwritten, self.trouble = [], None

    def _read(self, lines: Sequence[bytes]) -> None:
        if not lines:
            self._unwritten.append(json.dumps(FIRST_LINE))
            return
        for line in lines[1:]:
            try:
                entry = json.loads(line)
                self._records[entry["key"]] = dict(entry["record"])
            except (ValueError, KeyError, TypeError, RecursionError):
                self.n_unreadable += 1


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
    try:
        return bool(json.loads(log.lines[0]) == FIRST_LINE)
    except (ValueError, RecursionError):
        return False
