"""How a long training is followed on stderr: a bar with rate and remaining time, or plain lines."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Protocol

from tui_nn.commands.bars import takes_bars
from tui_nn.commands.wording import describe, describe_briefly
from tui_nn.files.visible import say
from tui_nn.training.snapshot import Snapshot


class Progress(Protocol):
    """Shows how far a run is."""

    part_epochs: int | None
    """Show every so many epochs; None: as often as the eye can follow."""

    def __enter__(self) -> Progress: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        ...


def make_progress(epochs: int, log_every: int | None) -> Progress:
    """Return a bar where stderr takes one and no lines are asked for, else lines."""
    if log_every is None and takes_bars(sys.stderr, os.environ):
        return Bar(epochs)
    return Lines(epochs, log_every or max(1, epochs // 10))


class Lines:
    """A plain line every so many epochs."""

    def __init__(self, epochs: int, every: int) -> None:
        self._epochs = epochs
        self.part_epochs: int | None = every

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def show(self, snapshot: Snapshot) -> None:
        """Print a line when another part is done."""
        say(f"epoch {snapshot.epoch}/{self._epochs}  {describe(snapshot.metrics)}", to=sys.stderr)


class Bar:
    """A progress bar that erases itself."""

    part_epochs: int | None = None

    def __init__(self, epochs: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("epoch"),
            MofNCompleteColumn(),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[state]}"),
            console=Console(stderr=True),
            expand=True,
            transient=True,
        )
        self._task = self._progress.add_task("epoch", total=epochs, rate="", state="")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, snapshot: Snapshot) -> None:
        """Draw the bar anew in its line."""
        speed = snapshot.steps_per_second or snapshot.step / max(snapshot.training_seconds, 1e-9)
        self._progress.update(
            self._task,
            completed=snapshot.epoch,
            rate=f"{speed:,.0f} steps/s",
            state=describe_briefly(snapshot.metrics),
        )
