"""A sweep from its space to its results, for whoever has workers to give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui_nn.data import DatasetSpec
from tui_nn.settings.flags import UsageError
from tui_nn.sweeps.processes import Processes
from tui_nn.sweeps.search import Search
from tui_nn.sweeps.workers import Workers


@contextmanager
def working(
    scheduler: str | None, n_workers: int, own: DatasetSpec | None, tell: Callable[[str], None]
) -> Iterator[Workers]:
    """Start processes, or connect to a cluster; let go of them at the end. Raises SweepError, FileError."""
    workers: Workers
    if scheduler is None:
        workers = Processes(n_workers, own)
    else:
        from tui_nn.sweeps.cluster import connect  # Dask takes half a second

        workers = connect(scheduler, own, tell)
    try:
        yield workers
    finally:
        workers.stop()


def check_some(search: Search) -> None:
    """Raise UsageError where no run can be made, with the reason of the first, or a setting does nothing."""
    planned = search.planned
    configs = [run.config for run in planned if run.config is not None]
    if planned and not configs:
        raise UsageError(planned[0].trouble)
    for name in dict.fromkeys(name for run in planned for name, _ in run.choice):
        if not any(config.is_relevant(name) for config in configs):
            raise UsageError(
                f"--over: {name} cannot vary here: with the other settings as they are it does nothing"
            )
