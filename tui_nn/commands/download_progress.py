"""How a download is followed on stderr: a bar with speed and remaining time, or plain lines."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Protocol

from tui_nn.commands.bars import takes_bars
from tui_nn.files.visible import say, visible

LINES = 10
"""So many lines at most for a whole download."""


class DownloadProgress(Protocol):
    """Shows how much of a download has come."""

    def __enter__(self) -> DownloadProgress: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, done: int) -> None:
        """Show how many bytes are there."""
        ...

    def note(self, text: str) -> None:
        """Tell something that is worth a line."""
        ...


def make_download_progress(what: str, total: int) -> DownloadProgress:
    """Return a bar where stderr is a terminal, else lines; `total` is in bytes."""
    return Bar(what, total) if takes_bars(sys.stderr, os.environ) else Lines(what, total)


def megabytes(count: int) -> str:
    """Return 1650000 as "1.6 MB"."""
    return f"{count / 1e6:.1f} MB"


class Lines:
    """A plain line for each tenth."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._told = 0

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def show(self, done: int) -> None:
        """Print a line when another part is done."""
        tenth = LINES * done // self._total
        if tenth > self._told:
            self._told = tenth
            self.note(
                f"{self._what} {100 * done // self._total} %, {megabytes(done)} of {megabytes(self._total)}"
            )

    def note(self, text: str) -> None:
        """Print a sentence on a line of its own."""
        say(text, to=sys.stderr)


class Bar:
    """A progress bar that erases itself."""

    def __init__(self, what: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            expand=True,
            transient=True,
        )
        self._task = self._progress.add_task(what, total=total)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, done: int) -> None:
        """Draw the bar anew in its line."""
        self._progress.update(self._task, completed=done)

    def note(self, text: str) -> None:
        """Print a sentence above the bar."""
        self._progress.console.print(visible(text), markup=False, highlight=False, soft_wrap=True)
