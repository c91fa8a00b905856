"""How a sweep is followed on stderr: what is planned, then a bar with the best so far, or plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol

from tui_nn.commands.bars import takes_bars
from tui_nn.commands.wording import number
from tui_nn.files.visible import say
from tui_nn.sweeps.duration import duration
from tui_nn.sweeps.results import Results
from tui_nn.sweeps.runs import Run
from tui_nn.sweeps.sweeping import Standing

LINES = 10
"""Plain lines of a whole sweep."""


def plan_in_words(planned: Sequence[Run], todo: Sequence[Run], standing: Standing) -> str:
    """Return how many runs there are and about how long they take."""
    what = f"{len(planned):,} runs"
    refused = sum(run.config is None for run in planned)
    known = len(planned) - len(todo) - refused
    others = [f"{known:,} in the journal"] if known else []
    others += [f"{refused:,} refused"] if refused else []
    if others:
        what += f" ({', '.join(others)})"
    workers = f"{standing.n_workers} worker{'s' if standing.n_workers > 1 else ''}"
    return f"{what}, {workers}: about {duration(standing.left_s)}"


def best_in_words(results: Results) -> str:
    """Return the best run so far, with what makes it differ."""
    place = results.best()
    if place is None:
        return ""
    run, _ = results.ended[place]
    what = " ".join(f"{name}={text}" for name, text in run.choice) or f"seed {run.seed}"
    return f"{best_briefly(results)} with {what}"


def best_briefly(results: Results) -> str:
    """Return how good the best run so far is, or nothing where there is none."""
    place, measure = results.best(), results.measure
    return "" if place is None else f"best {measure.label} {number(results.ended[place][1][measure.name])}"


class Progress(Protocol):
    """Shows how far a sweep is."""

    def __enter__(self) -> Progress: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, standing: Standing) -> None:
        """Show how far it is."""
        ...


def make_progress() -> Progress:
    """Return a bar where stderr is a terminal, else lines."""
    return Bar() if takes_bars(sys.stderr, os.environ) else Lines()


class Lines:
    """A plain line for each tenth of the runs."""

    def __init__(self) -> None:
        self._said = 0

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def show(self, standing: Standing) -> None:
        """Print a line when another part is done."""
        tenths = LINES * standing.n_done // max(1, standing.n_runs)
        if tenths > self._said:
            self._said = tenths
            left = f"about {duration(standing.left_s)} left" if standing.n_done < standing.n_runs else "done"
            best = best_in_words(standing.results)
            say(f"run {standing.n_done:,}/{standing.n_runs:,}  {left}  {best}".rstrip(), to=sys.stderr)


class Bar:
    """A progress bar that erases itself."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self._progress = RichProgress(
            TextColumn("run"),
            MofNCompleteColumn(),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[left]}", markup=False),
            TextColumn("{task.fields[best]}", markup=False),
            console=Console(stderr=True),
            expand=True,
            transient=True,
        )
        self._task = self._progress.add_task("run", total=None, left="", best="")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, standing: Standing) -> None:
        """Draw the bar anew in its line."""
        self._progress.update(
            self._task,
            completed=standing.n_done,
            total=standing.n_runs,
            left=f"{duration(standing.left_s)} left" if standing.is_measured else "",
            best=best_briefly(standing.results),
        )
